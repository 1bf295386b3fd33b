/** What never changes once written, so it is read once and kept: policy versions and published flow versions. */
import type { FlowDefinition } from '../../domain/flow/schema.ts';
import { flowDefinition } from '../../domain/flow/schema.ts';
import { type RequestPolicy, requestPolicy } from '../../domain/policy.ts';
import type { Database } from '../client.ts';

export interface Frozen {
  policy(accountId: number, requestId: number, version: number): Promise<RequestPolicy>;
  definition(accountId: number, flowId: number, version: number): Promise<FlowDefinition>;
}

/** Entries kept of each kind; the oldest goes first. Far more than the requests that run at once. */
const KEPT = 1_000;

function remember<T>(load: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const kept = new Map<string, Promise<T>>();
  return (key) => {
    const found = kept.get(key);
    if (found) return found;
    const loading = load(key);
    kept.set(key, loading);
    // A failure is not remembered: the next asker tries again.
    loading.catch(() => kept.delete(key));
    const oldest = kept.keys().next().value;
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return loading;
  };
}

/** @throws Error when a version does not exist, or was not written by a checked path */
export function createFrozen(db: Database): Frozen {
  const policies = remember(async (key) => {
    const [accountId, requestId, version] = key.split('/').map(Number);
    const [found] = await db.sql`
      select policy from request_policies
      where account_id = ${accountId ?? 0} and request_id = ${requestId ?? 0} and version = ${version ?? 0}`;
    if (!found) throw new Error(`request ${requestId} has no policy version ${version}`);
    return requestPolicy.parse(found.policy);
  });
  const definitions = remember(async (key) => {
    const [accountId, flowId, version] = key.split('/').map(Number);
    const [found] = await db.sql`
      select definition from flow_versions
      where account_id = ${accountId ?? 0} and flow_id = ${flowId ?? 0} and version = ${version ?? 0}`;
    if (!found) throw new Error(`flow ${flowId} has no version ${version}`);
    return flowDefinition.parse(found.definition);
  });
  return {
    policy: (accountId, requestId, version) => policies(`${accountId}/${requestId}/${version}`),
    definition: (accountId, flowId, version) => definitions(`${accountId}/${flowId}/${version}`),
  };
}
