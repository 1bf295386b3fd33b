/**
 * Five campaigns to compare a forecast with: bound by pace, by lines, by the waits of retries, by hours that close in
 * mid-run, and by the hours of several zones. Used by the tests of forecasts and by their benchmark.
 */
import { DateTime } from 'luxon';
import type { Database } from '../../db/client.ts';
import { readHistory, readLineFacts, readPeopleLeft } from '../../db/queries/forecast.ts';
import { expectBehaviour } from '../../domain/forecast/behaviour.ts';
import { seeded, shuffle } from '../../domain/forecast/chance.ts';
import { type ForecastAnswer, forecast } from '../../domain/forecast/forecast.ts';
import { NO_LIMITS } from '../../domain/frequency.ts';
import type { RequestPolicy } from '../../domain/policy.ts';
import { insertPeople, insertRequest, people, SURVEY, testFlow, testPolicy } from './campaign.ts';

export const NEVER = { times: 0, intervalMs: 0 };
export const again = (times: number, seconds: number) => ({ times, intervalMs: seconds * 1000 });
export const RING = { ringTimeoutMs: 10_000 };

export interface Campaign {
  name: string;
  list: string[];
  policy: Partial<RequestPolicy>;
}

let lists = 0;

/** As many of each kind of simulated person, in an order of chance. */
export function mixed(each: number, country = '+91'): string[] {
  lists += 1;
  const list = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((digit) => people(digit, each, lists * 1_000));
  const order = Array.from(list.keys());
  shuffle(order, seeded(lists));
  return order.map((at) => (list[at] ?? '').replace('+91', country));
}

/** What the account's own calls are known from. */
export const HISTORY: Campaign = {
  name: 'history',
  list: mixed(10),
  policy: {
    ...RING,
    concurrency: 60,
    retries: { BUSY: again(2, 1), NO_ANSWER: again(2, 1), FAILED: again(2, 1), MACHINE: NEVER },
  },
};

export const anyTime = (): Campaign[] => [
  {
    name: 'pace',
    list: mixed(3),
    policy: {
      callsPerSecond: 0.5,
      retries: { BUSY: again(1, 4), NO_ANSWER: NEVER, FAILED: again(1, 4), MACHINE: NEVER },
    },
  },
  {
    name: 'lines',
    list: mixed(5),
    policy: {
      concurrency: 3,
      retries: { BUSY: NEVER, NO_ANSWER: again(1, 2), FAILED: again(1, 2), MACHINE: NEVER },
    },
  },
  {
    name: 'retries',
    list: mixed(4),
    policy: {
      retries: { BUSY: again(2, 9), NO_ANSWER: again(2, 6), FAILED: again(2, 9), MACHINE: again(1, 9) },
    },
  },
];

/**
 * Two that meet a change of hours.
 * @param closing a full minute, Unix ms: when the hours of the one close for a minute, and those of the other's people
 *   abroad open
 */
export function byHours(closing: number): { hours: Campaign; zones: Campaign } {
  const minute = (zone: string, ms: number) => DateTime.fromMillis(ms, { zone }).toFormat('HH:mm');
  const days = [1, 2, 3, 4, 5, 6, 7];
  const window = (zone: string, from: number, to: number) => ({
    days,
    from: minute(zone, from),
    to: minute(zone, to),
  });
  const [home, away] = ['Asia/Kolkata', 'Europe/London'];
  const slowly = {
    callsPerSecond: 1,
    retries: { BUSY: again(1, 3), NO_ANSWER: NEVER, FAILED: again(1, 3), MACHINE: NEVER },
  };
  return {
    hours: {
      name: 'hours',
      list: mixed(3),
      policy: {
        ...slowly,
        callingHours: [
          window(home, closing - 60_000, closing),
          window(home, closing + 60_000, closing + 600_000),
        ],
      },
    },
    zones: {
      name: 'zones',
      list: [...mixed(1), ...mixed(1, '+44')],
      policy: {
        ...slowly,
        callingHours: [
          window(home, closing - 60_000, closing + 600_000),
          window(away, closing, closing + 600_000),
        ],
      },
    },
  };
}

/** A full minute at least so far ahead, and not close to any midnight of those zones. Unix ms. */
export function closingAfter(now: number, aheadMs: number): number {
  const clear = (ms: number): boolean =>
    ['Asia/Kolkata', 'Europe/London'].every((zone) => {
      const { hour, minute } = DateTime.fromMillis(ms, { zone });
      return hour * 60 + minute > 5 && hour * 60 + minute < 23 * 60 + 40;
    });
  let closing = Math.ceil((now + aheadMs) / 60_000) * 60_000;
  while (!clear(closing)) closing += 30 * 60_000;
  return closing;
}

export interface Foretold {
  requestId: number;
  foretold: ForecastAnswer;
}

/** Stores a campaign and forecasts it as the API would; it does not run yet. */
export async function foretell(
  db: Database,
  accountId: number,
  { name, list, policy: over }: Campaign,
  now: Date,
): Promise<Foretold> {
  const flowId = await testFlow(db, accountId, SURVEY, name);
  const policy = testPolicy({ ...RING, ...over });
  const requestId = await insertRequest(db, { accountId, flowId, policy });
  await insertPeople(db, accountId, requestId, list);
  await db.sql`update records set region = 'GB' where request_id = ${requestId} and number like '+44%'`;
  const facts = {
    people: await readPeopleLeft(db, { accountId, requestId, rates: [], now }),
    accountLimit: { maxInProgress: 1000, perSecond: 1000 },
    ...(await readLineFacts(db, { accountId })),
    frequency: NO_LIMITS,
    behaviour: expectBehaviour(await readHistory(db, { accountId, flowId }), {}, policy),
    rates: [],
    layOut: false,
    startAt: null,
    endAt: null,
  };
  return { requestId, foretold: forecast({ facts, policy, seed: 7, now: now.getTime() }) };
}

/** What really happened, by the workers' clock. */
export async function readReality(
  db: Database,
  requestId: number,
): Promise<{ endedAt: Date; attempts: number }> {
  const [row] = await db.sql<{ endedAt: Date; attempts: number }[]>`
    select ended_at as "endedAt", (select count(*)::int from attempts where request_id = ${requestId}) as attempts
    from requests where id = ${requestId}`;
  if (!row) throw new Error('no such request');
  return row;
}
