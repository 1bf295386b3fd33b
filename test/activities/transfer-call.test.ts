/** The second call of a transfer: a call to a person like any other, in the ledger, once, refused where a list says so. */
import { describe, expect, it } from 'vitest';
import { transferCall } from '../../activities/transfer-call.ts';
import { reserveStep } from '../../db/queries/reserve-step.ts';
import { settleAttempts } from '../../db/queries/settle-attempts.ts';
import type { FlowDefinitionInput } from '../../domain/flow/schema.ts';
import {
  type Reconciliation,
  type TransferOrder,
  TrunkUnavailable,
  type VoiceCall,
  type VoiceTrunk,
} from '../../providers/voice/trunk.ts';
import { testDatabase } from '../support/database.ts';
import { putOnRegister } from '../support/register.ts';
import { type Carried, callsOn } from './carried-call.ts';

const db = await testDatabase();
const calls = callsOn(db);

const LISTENS = '+919800001040';
const LEAVES_SOON = '+919811000017';
const BUSY = '+919811000011';

const flowTo = (to: string, over: Record<string, unknown> = {}): FlowDefinitionInput => ({
  schemaVersion: 1,
  start: 'start',
  widgets: {
    start: { type: 'start', next: 'connect' },
    connect: { type: 'transfer', to, next: 'bye', busy: 'busy', failed: 'failed', ...over },
    bye: { type: 'text-to-speech', text: 'They have left.' },
    busy: { type: 'text-to-speech', text: 'They are busy.' },
    failed: { type: 'text-to-speech', text: 'Nobody there.' },
  },
});

const ledger = async (id: string) => {
  const [row] = await db.sql`
    select a.medium, a.step, a.address, a.sender, a.outcome, a.cause, a.answered_at is not null as answered,
           a.provider, o.attempt_id is not null as open
    from attempts a left join open_attempts o on o.attempt_id = a.id where a.id = ${id}`;
  return row;
};
const visited = async (call: Carried): Promise<string[]> =>
  (await call.journey()).flatMap(({ event, data }) =>
    event === 'SAID' || event === 'TRANSFERRED' ? [String(data?.text ?? data?.outcome)] : [],
  );

/** The same trunk, with some of it replaced. */
const altered = (trunk: VoiceTrunk, over: Partial<VoiceTrunk>): VoiceTrunk =>
  new Proxy(trunk, {
    get(target, property) {
      const own = over[property as keyof VoiceTrunk];
      if (own !== undefined) return own;
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

const alteredCall = (call: VoiceCall, over: Partial<VoiceCall>): VoiceCall =>
  altered(call as unknown as VoiceTrunk, over as Partial<VoiceTrunk>) as unknown as VoiceCall;

describe('a transfer', () => {
  it('has a line of its own in the ledger, and is rung once', async () => {
    const { trunk, events } = calls.network();
    const call = await calls.reserved(flowTo(LEAVES_SOON), { to: LISTENS, trunk });
    await call.run();
    expect(await visited(call)).toEqual(['ANSWERED', 'They have left.']);
    expect(await ledger(call.step(1))).toEqual({
      medium: 'voice',
      step: 1,
      address: LEAVES_SOON,
      // What the first call shows.
      sender: '+911140001000',
      outcome: 'ANSWERED',
      cause: '16 normal call clearing',
      answered: true,
      provider: 'simulated',
      open: false,
    });
    expect(events(call.step(1))).toEqual(['PLACED', 'ENDED']);
    expect(await ledger(call.attemptId)).toMatchObject({ outcome: 'ANSWERED', open: false });
  });

  it('reads a number without a country code as one of the account’s country, and shows its own caller id', async () => {
    const { trunk } = calls.network();
    const over = { callerId: '+91 11 4000 2000' };
    const call = await calls.reserved(flowTo('098110 00011', over), { to: LISTENS, trunk });
    await call.run();
    expect(await ledger(call.step(1))).toMatchObject({
      address: BUSY,
      sender: '+911140002000',
      outcome: 'BUSY',
    });
    expect(await visited(call)).toEqual(['BUSY', 'They are busy.']);
  });

  it('counts as a call in progress while it goes on', async () => {
    const { trunk } = calls.network();
    const call = await calls.reserved(flowTo(LEAVES_SOON), { to: LISTENS, trunk });
    const up = await trunk.place(call.order);
    const inProgress: number[] = [];
    const watched = alteredCall(up, {
      transfer: async (order) => {
        const rows = await db.sql`
          select 1 from open_attempts where account_id = ${call.accountId} and medium = 'voice'`;
        inProgress.push(rows.length);
        return up.transfer(order);
      },
    });
    await call.carrier.follow(watched, await call.carrier.script());
    expect(inProgress).toEqual([2]);
  });

  it('to a blacklisted number is BLOCKED, and nobody is rung', async () => {
    const { trunk, events } = calls.network();
    const call = await calls.reserved(flowTo(LEAVES_SOON), { to: LISTENS, trunk });
    await db.sql`insert into blacklist_phones (account_id, number) values (${call.accountId}, ${LEAVES_SOON})`;
    await call.run();
    expect(await visited(call)).toEqual(['BLOCKED', 'Nobody there.']);
    expect(await ledger(call.step(1))).toMatchObject({
      outcome: 'BLOCKED',
      cause: 'BLACKLISTED',
      open: false,
    });
    expect(events(call.step(1))).toEqual([]);
  });

  it('to a number of the register is BLOCKED for a promotional flow alone', async () => {
    const registered = '+919811000027';
    await putOnRegister(db, 0, [registered]);
    for (const promotional of [true, false]) {
      const { trunk } = calls.network();
      const call = await calls.reserved(flowTo(registered), { to: LISTENS, trunk });
      await db.sql`
        update request_policies set policy = policy || ${db.sql.json({ promotional })}
        where request_id = ${call.requestId}`;
      await call.run();
      expect(await ledger(call.step(1))).toMatchObject({
        outcome: promotional ? 'BLOCKED' : 'ANSWERED',
        cause: promotional ? 'DO_NOT_CALL' : '16 normal call clearing',
      });
    }
  });

  it('to what is no valid number is INVALID, and nobody is rung', async () => {
    const { trunk, events } = calls.network();
    const call = await calls.reserved(flowTo('12 34 (56'), { to: LISTENS, trunk });
    await call.run();
    expect(await ledger(call.step(1))).toMatchObject({ outcome: 'INVALID', cause: 'not a valid number' });
    expect(events(call.step(1))).toEqual([]);
    expect(await visited(call)).toEqual(['INVALID', 'Nobody there.']);
  });

  it('is ordered only until its reservation is five seconds old', async () => {
    const { trunk } = calls.network();
    const call = await calls.reserved(flowTo(LEAVES_SOON), { to: LISTENS, trunk });
    const up = await trunk.place(call.order);
    const orders: TransferOrder[] = [];
    const watched = alteredCall(up, {
      transfer: (order) => {
        orders.push(order);
        return up.transfer(order);
      },
    });
    await call.carrier.follow(watched, await call.carrier.script());
    const [leg] = await db.sql`select reserved_at from attempts where id = ${call.step(1)}`;
    expect(orders.map((order) => order.ringBefore?.getTime())).toEqual([leg?.reserved_at.getTime() + 5_000]);
  });

  it('by a trunk that certainly did not act is FAILED', async () => {
    const { trunk } = calls.network();
    const call = await calls.reserved(flowTo(LEAVES_SOON), { to: LISTENS, trunk });
    const up = await trunk.place(call.order);
    const away = alteredCall(up, { transfer: () => Promise.reject(new TrunkUnavailable('no server is up')) });
    await call.carrier.follow(away, await call.carrier.script());
    expect(await ledger(call.step(1))).toMatchObject({
      outcome: 'FAILED',
      cause: 'trunk unavailable: no server is up',
    });
    expect(await visited(call)).toEqual(['FAILED', 'Nobody there.']);
  });

  it('whose answer was lost is what the trunk says became of it', async () => {
    const { trunk, events } = calls.network();
    const call = await calls.reserved(flowTo(BUSY), { to: LISTENS, trunk });
    const up = await trunk.place(call.order);
    const lossy = alteredCall(up, {
      transfer: async (order) => {
        await up.transfer(order);
        throw new Error('socket hang up');
      },
    });
    await call.carrier.follow(lossy, await call.carrier.script());
    expect(await ledger(call.step(1))).toMatchObject({ outcome: 'BUSY' });
    expect(events(call.step(1))).toEqual(['PLACED', 'ENDED']);
  });
});

describe('after a crash in the middle of a transfer', () => {
  /** A call up whose flow had reserved a transfer to `to` when its worker died. `rung`: it had also asked the trunk. */
  const crashed = async (to: string, rung: boolean, reconcile?: (id: string) => Promise<Reconciliation>) => {
    const network = calls.network();
    const trunk = reconcile ? altered(network.trunk, { reconcile }) : network.trunk;
    const call = await calls.reserved(flowTo(to), { to: LISTENS, trunk });
    const up = await network.trunk.place(call.order);
    await up.answered();
    await reserveStep(db, {
      accountId: call.accountId,
      callAttemptId: call.attemptId,
      step: 1,
      medium: 'voice',
      address: to,
      sender: undefined,
      provider: trunk.name,
      lineState: () => ({ up: true }),
      now: () => new Date(),
    });
    const legId = call.step(1);
    if (rung) await up.transfer({ legId, to, callerId: undefined, ringTimeoutMs: 30_000 });
    const asked: string[] = [];
    const watched = alteredCall(up, {
      transfer: (order) => {
        asked.push(order.legId);
        return up.transfer(order);
      },
    });
    const again = () =>
      transferCall(
        call.deps,
        { ...call, defaultCountry: 'IN', signal: new AbortController().signal },
        { type: 'TRANSFER', step: 1, to, callerId: undefined, ringTimeoutMs: 30_000 },
        watched,
      );
    return { ...network, call, up, legId, asked, again };
  };

  it('one that had ended is settled as the trunk knows it, and nobody is rung again', async () => {
    const { again, asked, legId, events } = await crashed(BUSY, true);
    expect(await again()).toEqual({ outcome: 'BUSY', hungUp: false });
    expect(await again()).toEqual({ outcome: 'BUSY', hungUp: false });
    expect(asked).toEqual([]);
    expect(events(legId)).toEqual(['PLACED', 'ENDED']);
    expect(await ledger(legId)).toMatchObject({ outcome: 'BUSY', open: false });
  });

  it('one that was reserved and never asked for is FAILED, and nobody is rung', async () => {
    const { again, asked, legId, events } = await crashed(LEAVES_SOON, false);
    expect((await again()).outcome).toBe('FAILED');
    expect(asked).toEqual([]);
    expect(events(legId)).toEqual([]);
  });

  it('one nobody knows the end of is UNKNOWN', async () => {
    const why = 'the process that carried the call died in the middle of it';
    const { again, asked, legId } = await crashed(BUSY, true, async () => ({ kind: 'UNKNOWN', why }));
    expect((await again()).outcome).toBe('UNKNOWN');
    expect(asked).toEqual([]);
    expect(await ledger(legId)).toMatchObject({ outcome: 'UNKNOWN', cause: why, open: false });
  });

  it('one that is still up is waited for, and hung up when the person leaves', async () => {
    for (const whoLeaves of ['the other', 'the person'] as const) {
      const { trunk } = calls.network();
      const legCall = await trunk.place({
        ...(await calls.reserved(flowTo(BUSY), { to: LISTENS, trunk })).order,
      });
      await legCall.answered();
      const { again, up } = await crashed(LEAVES_SOON, false, async () => ({ kind: 'LIVE', call: legCall }));
      const result = again();
      await (whoLeaves === 'the other' ? legCall : up).hangUp();
      expect(await result).toEqual({ outcome: 'ANSWERED', hungUp: whoLeaves === 'the person' });
      expect((await legCall.ended()).outcome).toBe('ANSWERED');
    }
  });

  it('one that still rings is connected with the person when it is answered', async () => {
    const { trunk } = calls.network({ speed: 50 });
    const leg = await trunk.place({
      ...(await calls.reserved(flowTo(BUSY), { to: LEAVES_SOON, trunk })).order,
    });
    const { again, up } = await crashed(LEAVES_SOON, false, async () => ({ kind: 'LIVE', call: leg }));
    const joined: string[] = [];
    const { join } = up;
    up.join = async (other) => {
      joined.push(other.attemptId);
      return (await join?.call(up, other)) ?? 'NOT_CONNECTED';
    };
    expect(await again()).toEqual({ outcome: 'ANSWERED', hungUp: false });
    expect(joined).toEqual([leg.attemptId]);
    await up.hangUp();
  });

  it('one that another process carries is settled by that one', async () => {
    const at = new Date();
    const ending = { outcome: 'NO_ANSWER', cause: 'by the record', answeredAt: at, endedAt: at } as const;
    const { again, call, legId, up } = await crashed(BUSY, false, async () => {
      await call.deps.settle({
        accountId: call.accountId,
        attemptId: legId,
        outcome: 'BUSY',
        cause: 'by its carrier',
        settledAt: at,
      });
      return { kind: 'ENDED', ending, carriedElsewhere: true };
    });
    expect((await again()).outcome).toBe('BUSY');
    expect(await ledger(legId)).toMatchObject({ outcome: 'BUSY', cause: 'by its carrier' });
    await up.hangUp();
  });

  it('a call that ended meanwhile has its transfer settled with it, by the trunk’s record', async () => {
    const { call, legId, up } = await crashed(BUSY, true);
    await up.hangUp();
    await call.carrier.settle(await up.ended(), await call.carrier.kept());
    expect(await ledger(legId)).toMatchObject({ outcome: 'BUSY', open: false });
    expect(await ledger(call.attemptId)).toMatchObject({ outcome: 'ANSWERED', open: false });
  });

  it('what is left open when the call is settled is named UNKNOWN', async () => {
    const { call, legId, up } = await crashed(BUSY, false);
    await up.hangUp();
    const ending = await up.ended();
    await settleAttempts(db, call.deps.frozen, [
      { accountId: call.accountId, attemptId: call.attemptId, ...ending, settledAt: ending.endedAt },
    ]);
    expect(await ledger(legId)).toMatchObject({ outcome: 'UNKNOWN', open: false });
    const [tally] = await db.sql<{ count: number }[]>`
      select sum(count)::int as count from request_tallies
      where request_id = ${call.requestId} and kind = 'attempt' and value = 'UNKNOWN'`;
    expect(tally?.count).toBe(1);
  });
});
