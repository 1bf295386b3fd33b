/**
 * Real calls in tests: the demo flows from their files, requests with people of every kind, what the ledger
 * says of them, and what the telephones saw. Nothing here knows how calls are made.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import type { Database } from '../../db/client.ts';
import type { JourneyEntry } from '../../domain/flow/journey.ts';
import { flowDefinition } from '../../domain/flow/schema.ts';
import type { RequestPolicy } from '../../domain/policy.ts';
import type { TelephonyKit } from '../../telephony/kit.ts';
import type { Invite, RunningPhones } from '../../telephony/phones.ts';
import { loudnessAt } from '../support/audio.ts';
import { insertPeople, insertRequest, testPolicy } from '../support/campaign.ts';

const run = promisify(execFile);

/** A flow as the demo account has it. */
export function demoFlow(name: 'demo-survey' | 'demo-notice' | 'demo-offer'): Record<string, unknown> {
  const file = fileURLToPath(new URL(`../../local/demo/flows/${name}.json`, import.meta.url));
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Once more for those who may be tried again, soon. */
const ONCE_MORE = { times: 1, intervalMs: 300 };

/** The policy a flow gives its requests, with patience that suits a test. */
export function quickPolicy(definition: object, over: Partial<RequestPolicy> = {}): RequestPolicy {
  const { settings } = flowDefinition.parse(definition);
  return testPolicy({
    ...settings,
    ringTimeoutMs: 5_000,
    retries: {
      BUSY: ONCE_MORE,
      NO_ANSWER: ONCE_MORE,
      FAILED: ONCE_MORE,
      MACHINE: { times: 0, intervalMs: 0 },
    },
    ...over,
  });
}

export interface Person {
  number: string;
  variables?: Record<string, string>;
}

/** Stores a request and a word for its workflow in the outbox. Returns its id. */
export async function storeRequest(
  database: Database,
  input: { accountId: number; flowId: number; policy: RequestPolicy; people: Person[] },
): Promise<number> {
  const { accountId, flowId, policy, people } = input;
  const requestId = await insertRequest(database, { accountId, flowId, policy });
  await insertPeople(
    database,
    accountId,
    requestId,
    people.map(({ number }) => number),
  );
  for (const { number, variables = {} } of people) {
    await database.sql`
      update records set variables = ${database.sql.json(variables)}
      where request_id = ${requestId} and number = ${number}`;
  }
  await database.sql`
    insert into outbox (account_id, request_id, kind) values (${accountId}, ${requestId}, 'start')`;
  return requestId;
}

export interface LedgerCall {
  id: string;
  requestId: number | null;
  address: string;
  attemptNo: number;
  step: number;
  outcome: string | null;
  cause: string | null;
  keys: string | null;
  answeredAt: Date | null;
  entries: JourneyEntry[];
}

/** Calls of a request, or of everybody, in the order of people and attempts. */
export async function ledgerCalls(database: Database, requestId?: number): Promise<LedgerCall[]> {
  const { sql } = database;
  return sql<LedgerCall[]>`
    select a.id, a.request_id as "requestId", a.address, a.attempt_no as "attemptNo", a.step, a.outcome, a.cause,
           a.keys, a.answered_at as "answeredAt", coalesce(j.entries, '[]') as entries
    from attempts a left join journeys j on j.attempt_id = a.id
    where a.medium = 'voice' and a.direction = 'out' and a.outcome is distinct from 'BLOCKED'
      ${requestId === undefined ? sql`` : sql`and a.request_id = ${requestId}`}
    order by a.row, a.attempt_no, a.step`;
}

/** Widgets a call came through, in order. */
export const widgetsOf = (call: Pick<LedgerCall, 'entries'>): string[] =>
  call.entries.filter(({ event }) => event === 'ENTERED').map(({ widget }) => widget);

/** Every call in the ledger reached one telephone once, and no telephone rang for any other reason. */
export async function expectOneInviteEach(database: Database, phones: RunningPhones[]): Promise<void> {
  const rang = (await Promise.all(phones.map((one) => one.invites()))).flat();
  const rangAs = (invite: Invite) => `${invite.attemptId} ${invite.called} ${invite.attemptNumber}`;
  const calls = await ledgerCalls(database);
  // The second call of a transfer is a person's first, whichever attempt the transfer was made from.
  const wanted = calls.map((call) => `${call.id} ${call.address} ${call.step > 0 ? 1 : call.attemptNo}`);
  expect(rang.map(rangAs).sort()).toEqual(wanted.sort());
}

/** A recording as sound, decoded by sox: 8 kHz, -1 to 1. */
export async function decodeGsm(kit: TelephonyKit, file: string): Promise<Float64Array> {
  const to = ['-t', 'raw', '-e', 'signed-integer', '-b', '16', '-r', '8000', '-'];
  const { stdout } = await run(kit.sox, ['-t', 'gsm', file, ...to], {
    encoding: 'buffer',
    maxBuffer: 1 << 26,
  });
  const samples = new Int16Array(stdout.buffer, stdout.byteOffset, Math.floor(stdout.length / 2));
  return Float64Array.from(samples, (sample) => sample / 32_768);
}

const WINDOW = 2000;
const PITCHES = Array.from({ length: 320 }, (_, n) => 100 + 10 * n);
/** Quieter than this is silence: telephone noise. */
const AUDIBLE = 0.02;

/** The loudest pitch, to 10 Hz, of each quarter of a second; 0 where it is silent. */
export function pitches(samples: Float64Array): number[] {
  return Array.from({ length: Math.floor(samples.length / WINDOW) }, (_, n) => {
    const window = samples.subarray(n * WINDOW, (n + 1) * WINDOW);
    let loudest = 0;
    let level = AUDIBLE;
    for (const pitch of PITCHES) {
      const loudness = loudnessAt(window, pitch);
      if (loudness > level) [loudest, level] = [pitch, loudness];
    }
    return loudest;
  });
}

/** For how many quarters of a second a pitch was the loudest. */
export const quartersOf = (samples: Float64Array, hertz: number): number =>
  pitches(samples).filter((pitch) => Math.abs(pitch - hertz) <= 10).length;
