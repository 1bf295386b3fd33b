import { describe, expect, it } from 'vitest';
import { people } from '../support/campaign.ts';
import { testEngine } from '../support/engine.ts';

const engine = await testEngine({ speed: 30 });
const HOUR_MS = 3_600_000;

/**
 * A request that ends in an hour, of which one person has been called when everything stops for two hours: its calls
 * are fifty seconds apart, until an edit in the outage lets them begin at once.
 */
async function outage(onLate: 'SKIP' | 'SEND'): Promise<number> {
  const endAt = new Date(engine.now().getTime() + HOUR_MS);
  const id = await engine.launch(people(0, 20), { callsPerSecond: 0.02, endAt, onLate });
  await engine.until(async () => (await engine.outcomes(id)).ANSWERED === 1);
  await engine.whileAway(async () => {
    const { sql } = engine.database;
    await sql`
      insert into request_policies (request_id, version, account_id, policy, created_by)
      select request_id, 2, account_id, policy || ${sql.json({ callsPerSecond: 10_000 })}, 'test'
      from request_policies where request_id = ${id}`;
    await sql`update requests set policy_version = 2 where id = ${id}`;
    await engine.advance(2 * HOUR_MS);
  });
  return id;
}

describe('an outage that lasts over the end time', () => {
  it('expires the people who were not reached, where the flow skips what is late', async () => {
    const id = await outage('SKIP');
    expect(await engine.finished(id)).toMatchObject({ status: 'EXPIRED' });
    expect(await engine.outcomes(id)).toEqual({ ANSWERED: 1, EXPIRED: 19 });
  });

  it('still calls them, where the flow sends what is late, and says so among the events', async () => {
    const id = await outage('SEND');
    expect(await engine.finished(id)).toMatchObject({ status: 'COMPLETED' });
    expect(await engine.outcomes(id)).toEqual({ ANSWERED: 20 });
    const events = await engine.database.sql`
      select 1 from request_events where request_id = ${id} and type = 'SENDING_LATE'`;
    expect(events.length).toBe(1);
  });
});

describe('a worker that is stopped in good order', () => {
  it('lets its calls end, and the next one calls the rest: nobody twice, nothing unknown', async () => {
    const id = await engine.launch(people(0, 20), { concurrency: 4 });
    await engine.until(async () => ((await engine.outcomes(id)).ANSWERED ?? 0) >= 2);
    await engine.whileAway(async () => undefined);
    expect(await engine.finished(id)).toMatchObject({ status: 'COMPLETED' });
    expect(await engine.outcomes(id)).toEqual({ ANSWERED: 20 });
    const [attempts] = await engine.database.sql`
      select count(*)::int as all from attempts where request_id = ${id}`;
    expect(attempts?.all).toBe(20);
  });
});
