import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AttemptFilter, type AttemptRow, listAttempts } from '../../db/queries/attempts.ts';
import { listRequests, type RequestFilter } from '../../db/queries/request-pages.ts';
import type { RequestRow } from '../../db/queries/requests.ts';
import { attemptId } from '../../domain/attempt-id.ts';
import { DIRECTIONS, MEDIA, type Medium, type Outcome } from '../../domain/outcome.ts';
import { insertRequest, testFlow, testPolicy } from '../support/campaign.ts';
import { testAccount, testDatabase } from '../support/database.ts';

const database = await testDatabase();
const { sql } = database;

const OUTCOMES: (Outcome | null)[] = ['ANSWERED', 'BUSY', 'DELIVERED', 'UNKNOWN', null];
const BEGIN = Date.parse('2026-03-01T00:00:00Z');

interface Attempt {
  direction: 'out' | 'in';
  medium: Medium;
  outcome: Outcome | null;
  flow: number;
  /** 0 and 1 are requests of flows 0 and 1; 2 is none. */
  request: number;
  address: number;
  /** Seconds from the beginning: many begin at once. */
  second: number;
}

const attempts = fc.array(
  fc.record<Attempt>({
    direction: fc.constantFrom(...DIRECTIONS),
    medium: fc.constantFrom(...MEDIA),
    outcome: fc.constantFrom(...OUTCOMES),
    flow: fc.nat(2),
    request: fc.nat(2),
    address: fc.nat(2),
    second: fc.nat(5),
  }),
  { maxLength: 40 },
);
/** Seldom: a question of many filters finds nothing, which proves little. */
const maybe = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: one });
const question = fc.record({
  from: maybe(fc.nat(5)),
  to: maybe(fc.nat(6)),
  flows: maybe(fc.subarray([0, 1, 2])),
  request: maybe(fc.nat(1)),
  address: maybe(fc.nat(2)),
  outcome: maybe(fc.constantFrom(...OUTCOMES)),
  ended: maybe(fc.constant(true)),
  direction: maybe(fc.constantFrom(...DIRECTIONS)),
  media: maybe(fc.subarray([...MEDIA])),
  oldestFirst: fc.boolean(),
  limit: fc.integer({ min: 1, max: 7 }),
});
type Question = typeof question extends fc.Arbitrary<infer Q> ? Q : never;

async function world() {
  const accountId = await testAccount(database);
  const flowIds: number[] = [];
  for (const name of ['a', 'b', 'c']) {
    flowIds.push(await testFlow(database, accountId, undefined, name));
  }
  const requestIds: number[] = [];
  for (const flowId of flowIds.slice(0, 2)) {
    requestIds.push(await insertRequest(database, { accountId, flowId, policy: testPolicy() }));
  }
  return { accountId, flowIds, requestIds };
}
type World = Awaited<ReturnType<typeof world>>;

const at = (second: number): Date => new Date(BEGIN + second * 1000);

/** As the ledger would have them: what belongs to a request is of its flow and went out. */
const asLedger = (one: Attempt): Attempt =>
  one.request < 2 ? { ...one, flow: one.request, direction: 'out' } : one;

let lastRow = 0;
async function insert({ accountId, flowIds, requestIds }: World, one: Attempt): Promise<string> {
  lastRow += 1;
  const requestId = requestIds[one.request];
  const id = attemptId({ requestId: requestId ?? 1_000_000, row: lastRow, attemptNo: 1, step: 0 });
  await sql`
    insert into attempts (id, account_id, direction, request_id, row, attempt_no, medium, flow_id, flow_version, address,
                          provider, reserved_at, outcome, settled_at)
    values (${id}, ${accountId}, ${one.direction}::direction, ${requestId ?? null}, ${requestId ? lastRow : null}, 1,
            ${one.medium}::medium, ${flowIds[one.flow] ?? 0}, 1, ${`person ${one.address}`}, 'test', ${at(one.second)},
            ${one.outcome}::outcome, ${one.outcome && at(one.second)})`;
  return id;
}

function filterOf({ accountId, flowIds, requestIds }: World, asked: Question): AttemptFilter {
  const { flows, from, to, request, address, ...same } = asked;
  return {
    ...same,
    accountId,
    from: from === undefined ? undefined : at(from),
    to: to === undefined ? undefined : at(to),
    flowIds: flows?.map((flow) => flowIds[flow] ?? 0),
    requestId: request === undefined ? undefined : requestIds[request],
    address: address === undefined ? undefined : `person ${address}`,
  };
}

function matches(one: Attempt, asked: Question): boolean {
  const is = <T>(wanted: T | undefined, has: T): boolean => wanted === undefined || wanted === has;
  return (
    one.second >= (asked.from ?? 0) &&
    one.second < (asked.to ?? 100) &&
    (asked.flows === undefined || asked.flows.includes(one.flow)) &&
    is(asked.request, one.request) &&
    is(asked.address, one.address) &&
    is(asked.outcome, one.outcome) &&
    is(asked.direction, one.direction) &&
    (asked.media === undefined || asked.media.includes(one.medium)) &&
    (!asked.ended || one.outcome !== null)
  );
}

/** Goes through all pages; between two of them `between` happens. */
async function readAll(filter: AttemptFilter, between: () => Promise<void>): Promise<AttemptRow[]> {
  const all: AttemptRow[] = [];
  for (;;) {
    const page = await listAttempts(database, { ...filter, after: all.at(-1) });
    all.push(...page);
    if (page.length < filter.limit) return all;
    await between();
  }
}

describe('pages of attempts', () => {
  it('give each attempt that a filter means once, in its order, though others begin meanwhile', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        attempts,
        fc.array(question, { minLength: 1, maxLength: 4 }),
        async (given, questions) => {
          const here = await world();
          const stranger = await world();
          const made = new Map<string, Attempt>();
          for (const one of given.map(asLedger)) made.set(await insert(here, one), one);
          for (const one of given.slice(0, 5)) await insert(stranger, asLedger(one));
          for (const asked of questions) {
            const expected = [...made]
              .filter(([, one]) => matches(one, asked))
              .sort(([a, one], [b, other]) => one.second - other.second || (a < b ? -1 : 1))
              .map(([id]) => id);
            if (!asked.oldestFirst) expected.reverse();
            const later: string[] = [];
            const found = await readAll(filterOf(here, asked), async () => {
              // What begins now is newer than all that was there: the oldest first, it may be met at the end.
              if (later.length === 3) return;
              const one = asLedger({
                direction: 'out',
                medium: 'voice',
                outcome: null,
                flow: 0,
                request: 0,
                address: 0,
                second: 6 + later.length,
              });
              later.push(await insert(here, one));
              made.set(later.at(-1) ?? '', one);
            });
            const before = found.map(({ id }) => id).filter((id) => !later.includes(id));
            expect(before).toEqual(expected);
            expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('pages of requests', () => {
  const STATUSES = ['RECEIVED', 'COMPLETED', 'EXPIRED'] as const;
  const SOURCES = ['upload', 'records', 'call'] as const;
  const FILES = ['Spring_100%.csv', 'ÄPFEL.csv', null] as const;
  const request = fc.record({
    flow: fc.nat(2),
    status: fc.constantFrom(...STATUSES),
    source: fc.constantFrom(...SOURCES),
    file: fc.constantFrom(...FILES),
    second: fc.nat(5),
  });
  const asked = fc.record({
    from: maybe(fc.nat(5)),
    to: maybe(fc.nat(6)),
    flows: maybe(fc.subarray([0, 1, 2])),
    status: maybe(fc.constantFrom(...STATUSES)),
    source: maybe(fc.constantFrom(...SOURCES)),
    text: maybe(fc.constantFrom('spring', '.CSV', 'äpfel', '_100%', '%', 'x', 'survey-b', 'SURVEY')),
    oldestFirst: fc.boolean(),
    limit: fc.integer({ min: 1, max: 5 }),
  });

  it('give each request that a filter means once, in its order', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(request, { maxLength: 25 }),
        fc.array(asked, { minLength: 1, maxLength: 4 }),
        async (given, questions) => {
          const accountId = await testAccount(database);
          const names = ['survey-a', 'survey-b', 'notice'];
          const flowIds: number[] = [];
          for (const name of names) flowIds.push(await testFlow(database, accountId, undefined, name));
          const made: ((typeof given)[number] & { id: number })[] = [];
          for (const one of given) {
            const flowId = flowIds[one.flow] ?? 0;
            const id = await insertRequest(database, { accountId, flowId, policy: testPolicy() });
            await sql`
            update requests set status = ${one.status}, source = ${one.source}, file_name = ${one.file}, created_at = ${at(one.second)}
            where id = ${id}`;
            made.push({ ...one, id });
          }
          for (const { flows, from, to, ...same } of questions) {
            const filter: RequestFilter = {
              ...same,
              accountId,
              from: from === undefined ? undefined : at(from),
              to: to === undefined ? undefined : at(to),
              flowIds: flows?.map((flow) => flowIds[flow] ?? 0),
            };
            const text = same.text?.toLowerCase();
            const expected = made
              .filter(
                (one) =>
                  one.second >= (from ?? 0) &&
                  one.second < (to ?? 100) &&
                  (flows === undefined || flows.includes(one.flow)) &&
                  (same.status === undefined || same.status === one.status) &&
                  (same.source === undefined || same.source === one.source) &&
                  (text === undefined ||
                    one.file?.toLowerCase().includes(text) ||
                    names[one.flow]?.includes(text)),
              )
              .sort((a, b) => a.second - b.second || a.id - b.id)
              .map(({ id }) => id);
            if (!same.oldestFirst) expected.reverse();
            const found: RequestRow[] = [];
            for (;;) {
              const page = await listRequests(database, { ...filter, after: found.at(-1) });
              found.push(...page);
              if (page.length < filter.limit) break;
            }
            expect(found.map(({ id }) => id)).toEqual(expected);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
