/** The details of one request. */

export const request = {
  title: (id: number) => `Request ${id}`,
  back: 'All requests',
} as const;
