/**
 * Forecasts of campaigns that then really run. How late a machine is to do what is due is none of a test's business:
 * whether the end lies within the foretold range is measured by `npm run bench forecast`.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { testEngine } from '../support/engine.ts';
import {
  anyTime,
  byHours,
  type Campaign,
  closingAfter,
  type Foretold,
  foretell,
  HISTORY,
  readReality,
} from '../support/foretold.ts';

/** A call takes a second or two here, so that what the machine adds to it matters little. */
const engine = await testEngine({ speed: 10 });
const { database, accountId } = engine;
const { sql } = database;

async function begin(campaign: Campaign): Promise<Foretold> {
  const foretold = await foretell(database, accountId, campaign, engine.now());
  await sql`
    insert into outbox (account_id, request_id, kind) values (${accountId}, ${foretold.requestId}, 'start')`;
  await engine.notify(foretold.requestId);
  return foretold;
}

async function expectForetold({ requestId, foretold }: Foretold): Promise<void> {
  expect(await engine.finished(requestId)).toMatchObject({ status: 'COMPLETED' });
  const real = await readReality(database, requestId);
  expect(real.endedAt.getTime(), 'no earlier than foretold').toBeGreaterThanOrEqual(
    foretold.finishAt?.p5 ?? Infinity,
  );
  const { median } = foretold.attempts;
  expect(Math.abs(real.attempts - median) / real.attempts).toBeLessThanOrEqual(0.05);
}

beforeAll(async () => {
  await engine.finished(await engine.launch(HISTORY.list, HISTORY.policy));
});

describe('a real run', () => {
  it('ends no earlier than was forecast, with attempts within 5 %: by pace, by lines, by retries', async () => {
    const runs = await Promise.all(anyTime().map(begin));
    for (const run of runs) await expectForetold(run);
  });

  it('does so over hours that close in mid-run, and for people of several zones', async () => {
    const closing = closingAfter(engine.now().getTime(), 12_000);
    await engine.advance(closing - 12_000 - engine.now().getTime());
    const campaigns = byHours(closing);
    const [hours, zones] = [await begin(campaigns.hours), await begin(campaigns.zones)];
    await expectForetold(zones);
    expect(await engine.status(hours.requestId)).toBe('IN_PROCESS');
    // Nothing happens until the hours open again: the clock is put to just before.
    await engine.advance(closing + 57_000 - engine.now().getTime(), hours.requestId);
    await expectForetold(hours);
    const early = await sql`
      select 1 from attempts where request_id = ${hours.requestId} and reserved_at < ${new Date(closing)}`;
    expect(early.length).toBeGreaterThan(0);
  });
});
