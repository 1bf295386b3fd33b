/** What a caller may do. A closed list: a key or a role with a scope we do not know cannot be made. */

export const SCOPES = [
  '*',
  'account:read',
  'requests:read',
  'requests:write',
  'flows:read',
  'flows:write',
  'prompts:read',
  'prompts:write',
  'lists:read',
  'lists:write',
  'reports:read',
  'trunks:read',
  'trunks:write',
  'dids:read',
  'dids:write',
  'keys:read',
  'keys:write',
  'users:read',
  'users:write',
] as const;
export type Scope = (typeof SCOPES)[number];

/** `*` is every scope. */
export function allows(held: readonly string[], scope: Scope): boolean {
  return held.includes('*') || held.includes(scope);
}
