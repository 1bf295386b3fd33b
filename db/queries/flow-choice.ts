/** Which flows a filter of a list means: by type, id, whole name, or part of a name. */
import type { FlowType } from '../../domain/outcome.ts';
import type { Database } from '../client.ts';

export interface FlowChoice {
  flowType?: FlowType | undefined;
  flowId?: number | undefined;
  /** Its whole name. */
  flowName?: string | undefined;
  /** An id, or part of a name in any case. */
  flow?: string | undefined;
}

/** Text as a pattern of `like` that means the text itself, anywhere. */
export const anywhere = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** An id as text, within what an id may be. */
export const asId = (text: string): number | null => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : null);

/** @returns ids of the account's flows that the filter means, perhaps none; undefined when it says nothing of flows */
export async function chosenFlows(
  db: Database,
  input: FlowChoice & { accountId: number },
): Promise<number[] | undefined> {
  const { accountId, flowType, flowId, flowName, flow } = input;
  if ([flowType, flowId, flowName, flow].every((given) => given === undefined)) return undefined;
  const { sql } = db;
  const rows = await sql<{ id: number }[]>`
    select id from flows
    where account_id = ${accountId}
      ${flowType === undefined ? sql`` : sql`and type = ${flowType}`}
      ${flowId === undefined ? sql`` : sql`and id = ${flowId}`}
      ${flowName === undefined ? sql`` : sql`and name = ${flowName}`}
      ${flow === undefined ? sql`` : sql`and (id = ${asId(flow)} or name ilike ${anywhere(flow)})`}
    order by id`;
  return rows.map(({ id }) => id);
}
