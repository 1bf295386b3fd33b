/** People, a flow and records to try an engine with, put straight into the database. Used by tests and benchmarks. */
import type { Database } from '../../db/client.ts';
import type { FlowType } from '../../domain/outcome.ts';
import { contactPolicy, type RequestPolicy, requestPolicy } from '../../domain/policy.ts';

/** A flow that greets, asks for a key and thanks. */
export const SURVEY = {
  schemaVersion: 1,
  start: 'start',
  widgets: {
    start: { type: 'start', next: 'ask' },
    ask: {
      type: 'gather',
      speech: [{ text: 'Hello $flow.key.name. Press a key.' }],
      variable: 'answer',
      maxDigits: 1,
      next: 'thanks',
      noInput: 'thanks',
      invalid: 'thanks',
    },
    thanks: { type: 'text-to-speech', text: 'Thank you.', next: 'bye' },
    bye: { type: 'hang-up' },
  },
  variables: [{ name: 'name' }],
};

/** A published flow of the account. Returns its id. */
export async function testFlow(
  database: Database,
  accountId: number,
  definition: object = SURVEY,
  name = 'survey',
  type: FlowType = 'outbound',
): Promise<number> {
  const [flow] = await database.sql<{ id: number }[]>`
    insert into flows (account_id, name, type, draft, published_version, transactional, approved_version)
    values (${accountId}, ${name}, ${type}, ${database.sql.json(definition as never)}, 1, true, 1) returning id`;
  if (!flow) throw new Error('no flow');
  await database.sql`
    insert into flow_versions (flow_id, version, account_id, definition, published_by)
    values (${flow.id}, 1, ${accountId}, ${database.sql.json(definition as never)}, 'test')`;
  return flow.id;
}

/** Accepted records for these numbers, after those the request has, with its counters. */
export async function insertPeople(
  database: Database,
  accountId: number,
  requestId: number,
  people: string[],
): Promise<void> {
  await database.sql.begin(async (sql) => {
    const [request] = await sql<{ loaded: number }[]>`
      update requests set loaded = loaded + ${people.length}, added = added + ${people.length}
      where id = ${requestId} returning loaded`;
    const first = (request?.loaded ?? 0) - people.length;
    await sql`
      insert into records (request_id, row, account_id, result, given, number, region)
      select ${requestId}, ${first} + w.place, ${accountId}, 'ACCEPTED', w.number, w.number, 'IN'
      from unnest(${people}::text[]) with ordinality as w (number, place)`;
    await sql`
      insert into request_tallies (request_id, kind, value, shard, account_id, count)
      values (${requestId}, 'result', 'ACCEPTED', 0, ${accountId}, ${people.length})
      on conflict (request_id, kind, value, shard) do update set count = request_tallies.count + excluded.count`;
  });
}

/** `count` different Indian mobile numbers whose last digit, and so whose person, is `digit`. */
export function people(digit: number, count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, index) => `+9198${String(from + index).padStart(7, '0')}${digit}`);
}

/** A policy for numbers of India, open at all hours. */
export function testPolicy(over: Partial<RequestPolicy> = {}): RequestPolicy {
  return requestPolicy.parse({
    ...contactPolicy.parse({}),
    timeZone: 'Asia/Kolkata',
    homeRegion: 'IN',
    promotional: false,
    ...over,
  });
}

/** A request without its people, and the first version of its policy. Returns its id. */
export async function insertRequest(
  database: Database,
  input: {
    accountId: number;
    flowId: number;
    policy: RequestPolicy;
    startAt?: Date;
    endAt?: Date;
    open?: boolean;
  },
): Promise<number> {
  const { accountId, flowId, policy, startAt, endAt, open } = input;
  const [made] = await database.sql<{ id: number }[]>`
    insert into requests (account_id, flow_id, flow_version, flow_type, source, start_at, end_at, open, ingested_at, created_by)
    values (${accountId}, ${flowId}, 1, 'outbound', 'records', ${startAt ?? null}, ${endAt ?? null}, ${open ?? false}, now(), 'test')
    returning id`;
  if (!made) throw new Error('no request');
  await database.sql`
    insert into request_policies (request_id, version, account_id, policy, created_by)
    values (${made.id}, 1, ${accountId}, ${database.sql.json(policy as never)}, 'test')`;
  return made.id;
}
