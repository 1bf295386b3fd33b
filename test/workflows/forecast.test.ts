import { DateTime } from 'luxon';
import { beforeAll, describe, expect, it } from 'vitest';
import { readHistory, readLineFacts, readPeopleLeft } from '../../db/queries/forecast.ts';
import { expectBehaviour } from '../../domain/forecast/behaviour.ts';
import { seeded, shuffle } from '../../domain/forecast/chance.ts';
import { type ForecastAnswer, forecast } from '../../domain/forecast/forecast.ts';
import { NO_LIMITS } from '../../domain/frequency.ts';
import type { RequestPolicy } from '../../domain/policy.ts';
import { insertPeople, insertRequest, people, SURVEY, testFlow, testPolicy } from '../support/campaign.ts';
import { testEngine } from '../support/engine.ts';

/**
 * A call takes a second or two here, and the paces are slow: what a machine that is late adds to each call matters
 * little, and a tenth of a second of it the pace makes up for (`BURST_MS`).
 */
const engine = await testEngine({ speed: 10 });
const { database, accountId } = engine;
const { sql } = database;

const never = { times: 0, intervalMs: 0 };
const again = (times: number, seconds: number) => ({ times, intervalMs: seconds * 1000 });
const RING = { ringTimeoutMs: 10_000 };

let lists = 0;

/** As many of each kind of simulated person, in an order of chance. */
function mixed(each: number, country = '+91'): string[] {
  lists += 1;
  const list = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((digit) => people(digit, each, lists * 1_000));
  const order = Array.from(list.keys());
  shuffle(order, seeded(lists));
  return order.map((at) => (list[at] ?? '').replace('+91', country));
}

interface Campaign {
  requestId: number;
  foretold: ForecastAnswer;
}

/** Stores a campaign, forecasts it as the API would, and only then lets it run. */
async function campaign(name: string, list: string[], over: Partial<RequestPolicy>): Promise<Campaign> {
  const flowId = await testFlow(database, accountId, SURVEY, name);
  const policy = testPolicy({ ...RING, ...over });
  const requestId = await insertRequest(database, { accountId, flowId, policy });
  await insertPeople(database, accountId, requestId, list);
  await sql`update records set region = 'GB' where request_id = ${requestId} and number like '+44%'`;
  const now = engine.now();
  const facts = {
    people: await readPeopleLeft(database, { accountId, requestId, rates: [], now }),
    accountLimit: { maxInProgress: 1000, perSecond: 1000 },
    ...(await readLineFacts(database, { accountId })),
    frequency: NO_LIMITS,
    behaviour: expectBehaviour(await readHistory(database, { accountId, flowId }), {}, policy),
    rates: [],
    layOut: false,
    startAt: null,
    endAt: null,
  };
  const foretold = forecast({ facts, policy, seed: 7, now: engine.now().getTime() });
  await sql`insert into outbox (account_id, request_id, kind) values (${accountId}, ${requestId}, 'start')`;
  await engine.notify(requestId);
  return { requestId, foretold };
}

/** What really happened, by the workers' clock. */
async function reality({ requestId }: Campaign) {
  expect(await engine.finished(requestId)).toMatchObject({ status: 'COMPLETED' });
  const [row] = await sql<{ endedAt: Date; attempts: number }[]>`
    select ended_at as "endedAt", (select count(*)::int from attempts where request_id = ${requestId}) as attempts
    from requests where id = ${requestId}`;
  if (!row) throw new Error('no request');
  return row;
}

async function expectForetold(run: Campaign): Promise<void> {
  const { foretold } = run;
  const real = await reality(run);
  const finish = foretold.finishAt;
  const seconds = (at: number | undefined) => Math.round(((at ?? 0) - real.endedAt.getTime()) / 100) / 10;
  // Seen when it fails: how far the ends of the range are from what happened.
  const range = { p5: seconds(finish?.p5), median: seconds(finish?.median), p95: seconds(finish?.p95) };
  expect({ ...range, inside: range.p5 <= 0 && range.p95 >= 0 }).toMatchObject({ inside: true });
  const { median } = foretold.attempts;
  expect(Math.abs(real.attempts - median) / real.attempts).toBeLessThanOrEqual(0.05);
}

beforeAll(async () => {
  const id = await engine.launch(mixed(10), {
    ...RING,
    concurrency: 60,
    retries: { BUSY: again(2, 1), NO_ANSWER: again(2, 1), FAILED: again(2, 1), MACHINE: never },
  });
  await engine.finished(id);
}, 120_000);

describe('a real run', () => {
  it('finishes within the range that was forecast, with attempts within 5 %: by pace, by lines, by retries', async () => {
    const runs = await Promise.all([
      campaign('pace', mixed(3), {
        callsPerSecond: 0.5,
        retries: { BUSY: again(1, 4), NO_ANSWER: never, FAILED: again(1, 4), MACHINE: never },
      }),
      campaign('lines', mixed(5), {
        concurrency: 3,
        retries: { BUSY: never, NO_ANSWER: again(1, 2), FAILED: again(1, 2), MACHINE: never },
      }),
      campaign('retries', mixed(4), {
        retries: { BUSY: again(2, 9), NO_ANSWER: again(2, 6), FAILED: again(2, 9), MACHINE: again(1, 9) },
      }),
    ]);
    for (const run of runs) await expectForetold(run);
  }, 180_000);

  it('does so over hours that close in mid-run, and for people of several zones', async () => {
    await toSecondsBeforeAMinute(12);
    const closing = engine.now().getTime() + 12_000;
    const minute = (zone: string, ms: number) => DateTime.fromMillis(ms, { zone }).toFormat('HH:mm');
    const days = [1, 2, 3, 4, 5, 6, 7];
    const window = (zone: string, from: number, to: number) => ({
      days,
      from: minute(zone, from),
      to: minute(zone, to),
    });
    const [home, away] = ['Asia/Kolkata', 'Europe/London'];
    const hours = await campaign('hours', mixed(3), {
      callsPerSecond: 1,
      retries: { BUSY: again(1, 3), NO_ANSWER: never, FAILED: again(1, 3), MACHINE: never },
      callingHours: [
        window(home, closing - 60_000, closing),
        window(home, closing + 60_000, closing + 600_000),
      ],
    });
    const zones = await campaign('zones', [...mixed(1), ...mixed(1, '+44')], {
      callsPerSecond: 1,
      retries: { BUSY: again(1, 3), NO_ANSWER: never, FAILED: again(1, 3), MACHINE: never },
      callingHours: [
        window(home, closing - 60_000, closing + 600_000),
        window(away, closing, closing + 600_000),
      ],
    });
    await expectForetold(zones);
    expect(await engine.status(hours.requestId)).toBe('IN_PROCESS');
    // Nothing happens until the hours open again: the clock is put to just before.
    await engine.advance(closing + 57_000 - engine.now().getTime(), hours.requestId);
    await expectForetold(hours);
    const early = await sql`
      select 1 from attempts where request_id = ${hours.requestId} and reserved_at < ${new Date(closing)}`;
    expect(early.length).toBeGreaterThan(5);
  }, 180_000);
});

/** Puts the workers' clock to so many seconds before a full minute, and not close to any midnight of these tests. */
async function toSecondsBeforeAMinute(seconds: number): Promise<void> {
  const clear = (ms: number): boolean =>
    ['Asia/Kolkata', 'Europe/London'].every((zone) => {
      const { hour, minute } = DateTime.fromMillis(ms, { zone });
      return hour * 60 + minute > 5 && hour * 60 + minute < 23 * 60 + 40;
    });
  let closing = Math.ceil((engine.now().getTime() + seconds * 1000) / 60_000) * 60_000;
  while (!clear(closing)) closing += 30 * 60_000;
  await engine.advance(closing - seconds * 1000 - engine.now().getTime());
}
