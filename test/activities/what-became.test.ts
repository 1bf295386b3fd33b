/** Whoever finds a call that another process carried leaves its settlement to that process, as long as it may live. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createLines } from '../../activities/lines.ts';
import { createPlaceCall } from '../../activities/place-call.ts';
import { whatBecame } from '../../activities/what-became.ts';
import { reserveStep } from '../../db/queries/reserve-step.ts';
import type { FlowDefinitionInput } from '../../domain/flow/schema.ts';
import type { Reconciliation, VoiceTrunk } from '../../providers/voice/trunk.ts';
import { testDatabase } from '../support/database.ts';
import { callsOn } from './carried-call.ts';

const db = await testDatabase();
const calls = callsOn(db);
const never = new AbortController().signal;

const FLOW: FlowDefinitionInput = { schemaVersion: 1, start: 's', widgets: { s: { type: 'start' } } };
const at = new Date();
const ending = { outcome: 'ANSWERED', cause: 'by the record', answeredAt: at, endedAt: at } as const;
const ENDED: Reconciliation = { kind: 'ENDED', ending, carriedElsewhere: true };
const UNKNOWN: Reconciliation = { kind: 'UNKNOWN', why: 'it is still carried', carriedElsewhere: true };

/** A call that another process carries, and a worker that has been handed it. */
async function elsewhere(found: Reconciliation) {
  const { trunk } = calls.network();
  const call = await calls.reserved(FLOW, { to: '+919800001040', trunk });
  const { accountId, attemptId, requestId, flowId } = call;
  const reconciling: VoiceTrunk = new Proxy(trunk, {
    get: (target, key) => (key === 'reconcile' ? async () => found : Reflect.get(target, key)),
  });
  const deps = { ...call.deps, trunk: reconciling };
  const message = await reserveStep(db, {
    accountId,
    callAttemptId: attemptId,
    step: 1,
    medium: 'sms',
    address: '+919811000011',
    sender: undefined,
    provider: 'test',
    now: () => at,
  });
  if (message.kind !== 'RESERVED') throw new Error('no message');
  const settle = (id: string, outcome: 'MACHINE' | 'SENT', over = {}) =>
    call.deps.settle({ accountId, attemptId: id, outcome, cause: 'by its carrier', settledAt: at, ...over });
  const { adopt } = createPlaceCall({
    ...deps,
    lines: createLines(trunk),
    turnstile: { reserve: () => Promise.reject(new Error('not expected')), freed: () => {} },
  });
  const input = { accountId, requestId, flowId, row: 1, attemptNo: 1 };
  return {
    ...call,
    deps,
    /** What the carrier still has to do when its call has ended. */
    finish: async () => {
      await settle(message.id, 'SENT');
      await settle(attemptId, 'MACHINE', { keys: '42', entries: [{ event: 'LAST' }] });
    },
    adopt: () => adopt(input, { id: attemptId, reservedAt: at }, never),
    outcomes: async () =>
      (await db.sql`select outcome, keys from attempts where account_id = ${accountId} order by step`).map(
        ({ outcome, keys }) => [outcome, keys],
      ),
  };
}

describe('a call that another process carried', () => {
  it.each([
    ['ended', ENDED],
    ['goes on for long', UNKNOWN],
  ] as const)('and that %s keeps what its carrier knows of it', async (_, found) => {
    const { adopt, finish, outcomes, journey } = await elsewhere(found);
    const adopted = adopt();
    await sleep(300);
    expect(await outcomes()).toEqual([
      [null, null],
      [null, null],
    ]);
    await finish();
    await adopted;
    expect(await outcomes()).toEqual([
      ['MACHINE', '42'],
      ['SENT', null],
    ]);
    expect(await journey()).toEqual([{ event: 'LAST' }]);
  });

  it('and whose carrier never settles it is told by the trunk in the end', async () => {
    const { deps, accountId, attemptId } = await elsewhere(ENDED);
    expect(await whatBecame(deps, { accountId, attemptId }, never, 50)).toEqual(ENDED);
  });

  it('is left by a worker that is asked to stop, to be asked about when the carrier has had its time', async () => {
    const { deps, accountId, attemptId, outcomes } = await elsewhere(ENDED);
    const stop = new AbortController();
    const asked = whatBecame(deps, { accountId, attemptId }, stop.signal);
    stop.abort(new Error('WORKER_SHUTDOWN'));
    const failure = await asked.then(
      () => undefined,
      (error) => error,
    );
    expect(failure).toMatchObject({ type: 'SettledElsewhere' });
    expect(failure.nextRetryDelay).toBeGreaterThan(80_000);
    expect((await outcomes())[0]).toEqual([null, null]);
  });
});
