/** Second calls keep to the limits of the account and the trunk, as campaign calls do. */
import { describe, expect, it } from 'vitest';
import type { FlowDefinitionInput } from '../../domain/flow/schema.ts';
import { testDatabase } from '../support/database.ts';
import { testTrunk } from '../support/trunks.ts';
import { callsOn } from './carried-call.ts';

const db = await testDatabase();
const calls = callsOn(db);

const FLOW: FlowDefinitionInput = {
  schemaVersion: 1,
  start: 'start',
  widgets: {
    start: { type: 'start', next: 'connect' },
    connect: { type: 'transfer', to: '+919811000017', next: 'bye', busy: 'busy', failed: 'failed' },
    bye: { type: 'text-to-speech', text: 'They have left.' },
    busy: { type: 'text-to-speech', text: 'They are busy.' },
    failed: { type: 'text-to-speech', text: 'Nobody there.' },
  },
};

describe('a transfer without room', () => {
  /** The call is up by a trunk of the account, whose transfer is then tried under `limits`. */
  const tried = async (limits: {
    trunk?: { calls?: number; perSecond?: number; enabled?: boolean };
    account?: number;
    aheadMs?: number;
  }) => {
    const { trunk, events } = calls.network();
    const call = await calls.reserved(FLOW, { to: '+919800001040', trunk });
    const { accountId } = call;
    const name = 'carrier';
    const trunkId = await testTrunk(db, accountId, name);
    await db.sql`update attempts set trunk_id = ${trunkId} where id = ${call.attemptId}`;
    await db.sql`update open_attempts set trunk_id = ${trunkId} where attempt_id = ${call.attemptId}`;
    const { calls: most = 30, perSecond = 10, enabled = true } = limits.trunk ?? {};
    await db.sql`
      update trunks set max_concurrent_calls = ${most}, max_calls_per_second = ${perSecond}, enabled = ${enabled}
      where id = ${trunkId}`;
    await db.sql`update accounts set max_concurrent_calls = ${limits.account ?? 100} where id = ${accountId}`;
    const nextAt = Date.now() + (limits.aheadMs ?? 0);
    await db.sql`
      insert into pace_gates (key, account_id, next_at_ms) values (${`trunk:${trunkId}`}, ${accountId}, ${nextAt})`;
    const placedAt: number[] = [];
    const up = await trunk.place(call.order);
    const transfer = up.transfer.bind(up);
    up.transfer = (order) => {
      placedAt.push(Date.now());
      return transfer(order);
    };
    await call.carrier.follow(up, await call.carrier.script());
    const [gate] = await db.sql<{ next_at_ms: number }[]>`
      select next_at_ms from pace_gates where key = ${`trunk:${trunkId}`}`;
    const said = (await call.journey()).flatMap(({ event, data }) => (event === 'SAID' ? [data?.text] : []));
    const [leg] = await db.sql`
      select a.outcome, a.cause, a.trunk_id, o.attempt_id is not null as open
      from attempts a left join open_attempts o on o.attempt_id = a.id where a.id = ${call.step(1)}`;
    return { call, said, leg, events, trunkId, placedAt, nextAt, clock: gate?.next_at_ms ?? 0 };
  };

  it.each([
    [
      'the account has as many calls as it may',
      { account: 1 },
      'no room: the account has 1 calls in progress',
    ],
    [
      'the trunk has as many calls as it may',
      { trunk: { calls: 1 } },
      'no room: the trunk "carrier" is full',
    ],
    ['the trunk begins no more calls soon', { aheadMs: 60_000 }, 'no room: the trunk "carrier" is full'],
    ['the trunk is disabled', { trunk: { enabled: false } }, 'no room: no trunk named "carrier" is enabled'],
  ])('because %s goes the way of the busy, rings nobody, and is in the ledger', async (_, limits, cause) => {
    const { call, said, leg, events } = await tried(limits);
    expect(said).toEqual(['They are busy.']);
    expect(leg).toMatchObject({ outcome: 'BUSY', cause, open: false });
    expect(events(call.step(1))).toEqual([]);
    const [tally] = await db.sql<{ count: number }[]>`
      select sum(count)::int as count from request_tallies
      where request_id = ${call.requestId} and kind = 'attempt' and value = 'BUSY'`;
    expect(tally?.count).toBe(1);
  });

  it('yet, because of the pace, waits for its turn, which nobody else gets', async () => {
    const { said, leg, placedAt, nextAt, clock, trunkId } = await tried({ aheadMs: 700 });
    expect(said).toEqual(['They have left.']);
    expect(placedAt[0]).toBeGreaterThanOrEqual(nextAt);
    expect(clock).toBeCloseTo(nextAt + 100, 0);
    expect(leg?.trunk_id).toBe(trunkId);
  });
});
