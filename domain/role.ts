/** The people of an account: which roles there are, and what each may do. The one table of it. */
import { allows, SCOPES, type Scope } from './scope.ts';

/** From the one who may most to the one who may least. `operations` is no role of an account but the platform's own. */
export const ROLES = ['owner', 'manager', 'supervisor', 'agent', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

const READING = SCOPES.filter((scope) => scope.endsWith(':read'));
/** Names of keys and people are for those who look after them. */
const SEEN_BY_ALL = READING.filter((scope) => scope !== 'keys:read' && scope !== 'users:read');

/**
 * Scopes by role. An owner may do everything, people and keys included. A manager runs the business: flows, prompts,
 * lists, numbers, requests. A supervisor runs the day: requests, and whom to leave in peace. A viewer looks. An agent
 * takes calls, for which the account's own page suffices.
 */
export const SCOPES_OF_ROLE: Readonly<Record<Role, readonly Scope[]>> = {
  owner: ['*'],
  manager: [
    ...READING,
    'requests:write',
    'flows:write',
    'prompts:write',
    'lists:write',
    'trunks:write',
    'dids:write',
  ],
  supervisor: [...SEEN_BY_ALL, 'requests:write', 'lists:write'],
  agent: ['account:read'],
  viewer: SEEN_BY_ALL,
};

/** Whether somebody with `held` scopes may give this role: nobody gives more than they have. */
export function mayGive(held: readonly string[], role: Role): boolean {
  return SCOPES_OF_ROLE[role].every((scope) => allows(held, scope));
}
