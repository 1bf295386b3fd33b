/** What is guaranteed about a request that is spread, on a real run: never ahead of its schedule, and nobody is lost. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import { describe, expect, it } from 'vitest';
import { people } from '../support/campaign.ts';
import { testEngine } from '../support/engine.ts';

/** Calls of these rows last until the test lets them end. */
const held = new Set<number>();
const engine = await testEngine({
  around: (activities) => ({
    ...activities,
    placeCall: async (input) => {
      const answer = await activities.placeCall(input);
      while (held.has(input.row)) {
        Context.current().heartbeat();
        await sleep(200);
      }
      return answer;
    },
  }),
});
const { sql } = engine.database;
const HOUR = 3_600_000;

/** First attempts begun, with when each was planned: kept before the workers take the plan off the record. */
async function begun(requestId: number): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from attempts where request_id = ${requestId} and attempt_no = 1`;
  return row?.count ?? 0;
}
const reached = (requestId: number, count: number) =>
  engine.until(async () => (await begun(requestId)) >= count);

/** Waits until the request's workflow has looked at the time as it is now, and rests. */
async function rests(requestId: number): Promise<void> {
  await engine.until(async () => {
    const [row] = await sql<{ at: Date | null; open: number }[]>`
      select next_due_at as at, (select count(*)::int from open_attempts where request_id = r.id) as open
      from requests r where id = ${requestId}`;
    return row?.open === 0 && row.at !== null && row.at > engine.now();
  });
}

describe('a request that is spread over hours', () => {
  it('calls each person in their turn, none before it, and completes', async () => {
    // One every ten minutes; the test's own minutes are too few to matter.
    const id = await engine.launch(people(0, 6), { spreadOver: { hours: 1 } });
    for (let turn = 1; turn <= 6; turn += 1) {
      await reached(id, turn);
      if (turn === 6) break;
      await rests(id);
      // An early look brings nobody forward.
      await engine.advance(5 * 60_000, id);
      await rests(id);
      expect(await begun(id)).toBe(turn);
      await engine.advance(5 * 60_000, id);
    }
    expect(await engine.finished(id)).toEqual({ status: 'COMPLETED', loaded: 6, added: 6 });
    const [plan] = await sql`select spread_plan as plan from requests where id = ${id}`;
    expect(plan?.plan).toMatchObject({ version: 1, people: 6 });
  });

  it('calls again at the time of the retry, whatever the schedule of the others', async () => {
    const retries = { BUSY: { times: 1, intervalMs: 60_000 } } as never;
    const id = await engine.launch([...people(1, 1), ...people(0, 1)], { spreadOver: { hours: 2 }, retries });
    await reached(id, 1);
    await rests(id);
    await engine.advance(61_000, id);
    await engine.until(async () => (await engine.outcomes(id)).BUSY === 1);
    expect(await begun(id)).toBe(1);
    await engine.advance(HOUR, id);
    expect(await engine.finished(id)).toMatchObject({ status: 'COMPLETED' });
  });

  it('after a pause goes on where it was, and nobody who fell due meanwhile is called in a burst', async () => {
    const id = await engine.launch(people(0, 4, 50), { spreadOver: { hours: 4 } });
    await reached(id, 1);
    await rests(id);
    const pausedAt = engine.now();
    await engine.change(id, { paused_at: pausedAt, status: 'PAUSED' });
    await engine.advance(10 * HOUR, id);
    await engine.change(id, {
      paused_at: null,
      status: 'IN_PROCESS',
      spread_plan: sql`spread_plan || ${sql.json({ stoppedAt: pausedAt.getTime() })}` as never,
    });
    // The second one's turn is an hour after the first one's, less what had passed before the pause.
    await rests(id);
    expect(await begun(id)).toBe(1);
    for (let turn = 2; turn <= 4; turn += 1) {
      await engine.advance(HOUR, id);
      await reached(id, turn);
      if (turn < 4) await rests(id);
      expect(await begun(id)).toBe(turn);
    }
    expect(await engine.finished(id)).toMatchObject({ status: 'COMPLETED' });
  });

  it('calls whoever falls due while another is being talked to, without waiting for that call to end', async () => {
    held.add(1);
    const id = await engine.launch(people(0, 3, 110), { spreadOver: { hours: 3 } });
    await reached(id, 1);
    await engine.advance(HOUR, id);
    await reached(id, 2);
    await engine.advance(HOUR, id);
    await reached(id, 3);
    held.clear();
    expect(await engine.finished(id)).toMatchObject({ status: 'COMPLETED' });
    const pages = (await engine.histories(id)).length - 1;
    // All three in one pass, and the look at those who were not due at first.
    expect(pages).toBeLessThanOrEqual(2);
  });

  it('by an edit calls those who are left at once', async () => {
    const id = await engine.launch(people(0, 8, 70), { spreadOver: { hours: 8 } });
    await reached(id, 1);
    await rests(id);
    await sql`
      insert into request_policies (request_id, version, account_id, policy, created_by)
      select request_id, 2, account_id, policy || '{"spreadOver": null}'::jsonb, 'test'
      from request_policies where request_id = ${id} and version = 1`;
    await engine.change(id, { policy_version: 2 });
    expect(await engine.finished(id)).toEqual({ status: 'COMPLETED', loaded: 8, added: 8 });
    expect(await begun(id)).toBe(8);
  });

  it('that is cancelled ends those who were not called yet', async () => {
    const id = await engine.launch(people(0, 5, 90), { spreadOver: { hours: 8 } });
    await reached(id, 1);
    await rests(id);
    await engine.change(id, { cancelled_at: new Date() });
    expect(await engine.finished(id)).toMatchObject({ status: 'CANCELLED' });
    expect(await engine.outcomes(id)).toEqual({ ANSWERED: 1, CANCELLED: 4 });
  });
});
