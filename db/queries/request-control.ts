/** Small changes of a request that its workflow makes itself. */
import type { Database } from '../client.ts';

interface RequestIds {
  accountId: number;
  requestId: number;
}

/** An operator's cancel in Temporal, noted as the API's own would be. Doing it again changes nothing. */
export async function cancelRequest(db: Database, ids: RequestIds): Promise<void> {
  await db.sql`
    update requests set cancelled_at = now()
    where account_id = ${ids.accountId} and id = ${ids.requestId} and cancelled_at is null and ended_at is null`;
}

export async function countRequest(
  db: Database,
  ids: RequestIds,
): Promise<{ loaded: number; added: number }> {
  const [found] = await db.sql<{ loaded: number; added: number }[]>`
    select loaded, added from requests where account_id = ${ids.accountId} and id = ${ids.requestId}`;
  if (!found) throw new Error(`request ${ids.requestId} does not exist`);
  return { loaded: found.loaded, added: found.added };
}
