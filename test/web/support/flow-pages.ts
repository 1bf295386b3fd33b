/** What tests of the pages of flows share: a flow to begin with, and the API as the signed-in person has it. */
import type { Page } from 'playwright-core';

export const greeting = {
  schemaVersion: 1,
  start: 'begin',
  widgets: {
    begin: { type: 'start', next: 'greet' },
    greet: { type: 'text-to-speech', text: 'Hello $flow.key.name', next: 'bye' },
    bye: { type: 'hang-up' },
  },
  variables: [{ name: 'name' }],
};

/**
 * Calls the API as whoever is signed in on a page.
 * @returns the reply as JSON
 * @throws Error with the reply when it is a refusal
 */
export const askApi =
  (url: string) => async (page: Page, method: 'get' | 'post' | 'put', path: string, data?: unknown) => {
    const reply = await page.request[method](`${url}/api/v1${path}`, {
      headers: { origin: url },
      ...(data !== undefined && { data }),
    });
    const text = await reply.text();
    if (!reply.ok()) throw new Error(`${method} ${path}: ${reply.status()} ${text}`);
    return JSON.parse(text);
  };
