/** Splits: which arms a list was split into, the requests they are, and what people answered in each. */
import { and, asc, desc, eq, inArray, lt } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { flows, requests, splits } from '../schema/index.ts';
import type { RequestRow } from './requests.ts';

export type SplitRow = typeof splits.$inferSelect;

/** Call it in the transaction that makes the arms' requests. */
export async function createSplit(
  tx: Database,
  input: Pick<SplitRow, 'accountId' | 'name' | 'salt' | 'arms' | 'createdBy'>,
): Promise<SplitRow> {
  const [made] = await tx.orm.insert(splits).values(input).returning();
  if (!made) throw new Error('the split was not stored');
  return made;
}

/** Newest first, from below `beforeId`; or the one of an id. */
export async function listSplits(
  db: Database,
  input: { accountId: number; id?: number; limit: number; beforeId?: number | undefined },
): Promise<SplitRow[]> {
  return db.orm
    .select()
    .from(splits)
    .where(
      and(
        eq(splits.accountId, input.accountId),
        input.id === undefined ? undefined : eq(splits.id, input.id),
        input.beforeId === undefined ? undefined : lt(splits.id, input.beforeId),
      ),
    )
    .orderBy(desc(splits.id))
    .limit(input.limit);
}

/** The arms' requests of several splits, by split and arm. */
export async function requestsOfSplits(
  db: Database,
  input: { accountId: number; splitIds: number[] },
): Promise<RequestRow[]> {
  if (input.splitIds.length === 0) return [];
  const found = await db.orm
    .select({ request: requests, flowName: flows.name })
    .from(requests)
    .innerJoin(flows, eq(flows.id, requests.flowId))
    .where(and(eq(requests.accountId, input.accountId), inArray(requests.splitId, input.splitIds)))
    .orderBy(asc(requests.splitId), asc(requests.splitArm));
  return found.map(({ request, flowName }) => ({ ...request, flowName }));
}

/** Whether another arm has still to read the file of this one. Whoever commits last is told no. */
export async function isUploadNeeded(
  db: Database,
  key: { accountId: number; requestId: number },
): Promise<boolean> {
  const found = await db.sql`
    select 1 from requests mine join requests other on other.split_id = mine.split_id and other.id <> mine.id
    where mine.account_id = ${key.accountId} and mine.id = ${key.requestId}
      and other.account_id = mine.account_id and other.upload_key = mine.upload_key
      and other.ingested_at is null and other.rejection is null
    limit 1`;
  return found.length > 0;
}

/** A widget whose keys fill the variable that is asked about, and which of its inputs do. */
export interface AskingWidget {
  widget: string;
  /** Digits it takes. */
  least: number;
  most: number;
  /** The only ones it takes; null for any. */
  keys: string[] | null;
}

/** Values that are told apart; others would be codes or numbers of one person each. */
const MOST_VALUES = 50;

/**
 * How many people of a request ended with each value of a flow variable, by the journey of their last attempt: the
 * last input that a widget took for it, or the last time it was set. Reads each record and its journey once.
 * @returns the commonest values; people whose value is not among them are missing
 */
export async function countValues(
  db: Database,
  input: { accountId: number; requestId: number; variable: string; widgets: AskingWidget[] },
): Promise<{ value: string; count: number }[]> {
  const { widgets } = input;
  return db.sql<{ value: string; count: number }[]>`
    with heard as (
      select r.row, e.place,
             case when e.entry->>'event' = 'SET' then e.entry->'data'->>'value' else e.entry->'data'->>'digits' end as value
      from records r
        join journeys j on j.attempt_id = r.last_attempt_id and j.account_id = r.account_id
        cross join lateral jsonb_array_elements(j.entries) with ordinality as e (entry, place)
        left join unnest(${widgets.map((one) => one.widget)}::text[], ${widgets.map((one) => one.least)}::int[],
                         ${widgets.map((one) => one.most)}::int[],
                         ${widgets.map((one) => one.keys?.join('') ?? null)}::text[]) as w (widget, least, most, keys)
          on w.widget = e.entry->>'widget' and e.entry->>'event' = 'GATHERED'
      where r.account_id = ${input.accountId} and r.request_id = ${input.requestId} and r.ended_at is not null
        and ((e.entry->>'event' = 'SET' and e.entry->'data'->>'variable' = ${input.variable})
          or (w.widget is not null
              and length(e.entry->'data'->>'digits') between greatest(1, w.least) and w.most
              and (w.keys is null or position(e.entry->'data'->>'digits' in w.keys) > 0)))
    ), last as (
      select distinct on (row) row, value from heard order by row, place desc
    )
    select value, count(*)::int as count from last where value is not null
    group by value order by count(*) desc, value limit ${MOST_VALUES}`;
}
