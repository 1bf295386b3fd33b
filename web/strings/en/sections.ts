/** Names of the console's sections, as the navigation and page titles have them. */

export const sections = {
  campaigns: 'Campaigns',
  requests: 'Requests',
  flows: 'Flows',
  account: 'Account',
  users: 'People',
} as const;
