/** Calls as a worker carries them: a ledger, a simulated trunk and a carrier, without Temporal. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { CallCarrier, type CarryCallDeps } from '../../activities/carry-call.ts';
import type { Database } from '../../db/client.ts';
import { createAccountValues } from '../../db/queries/call-context.ts';
import { createFrozen } from '../../db/queries/frozen.ts';
import { reserveCalls } from '../../db/queries/reserve-calls.ts';
import { type Settlement, settleAttempts } from '../../db/queries/settle-attempts.ts';
import { attemptId } from '../../domain/attempt-id.ts';
import { type FlowDefinitionInput, flowDefinition } from '../../domain/flow/schema.ts';
import { createLogger } from '../../log.ts';
import { createSimulatedTrunk } from '../../providers/voice/simulated/index.ts';
import type { CallOrder, VoiceTrunk } from '../../providers/voice/trunk.ts';
import { readJournal } from '../../providers/witness/journal.ts';
import { insertPeople, insertRequest, testFlow, testPolicy } from '../support/campaign.ts';
import { testAccount } from '../support/database.ts';
import { scratchDir } from '../support/scratch-dir.ts';

export interface Carried {
  accountId: number;
  flowId: number;
  requestId: number;
  attemptId: string;
  /** Id of the nth thing done from inside the call. */
  step(n: number): string;
  order: CallOrder;
  deps: CarryCallDeps;
  carrier: CallCarrier;
  /** Places the call and carries it to its settlement. */
  run(): Promise<void>;
  journey(): Promise<{ event: string; data?: Record<string, unknown> }[]>;
}

const unexpected = async (): Promise<never> => {
  throw new Error('not expected in this test');
};

export function callsOn(db: Database) {
  const root = scratchDir();
  const frozen = createFrozen(db);
  const trunks: VoiceTrunk[] = [];
  afterAll(async () => {
    await Promise.all(trunks.map((trunk) => trunk.close()));
  });

  /** A simulated network of its own. */
  const network = (over: { speed?: number } = {}) => {
    const witnessDir = mkdtempSync(join(root, 'network-'));
    const trunk = createSimulatedTrunk({ speed: over.speed ?? 0, witnessDir });
    trunks.push(trunk);
    /** What the carrier's own record says of an attempt. */
    const events = (id: string): string[] =>
      [...readJournal(witnessDir, 'voice')].flatMap(({ line }) =>
        line.attemptId === id ? [line.event] : [],
      );
    return { trunk, events, witnessDir };
  };

  /** A reserved attempt to call somebody by a flow. */
  const reserved = async (
    given: FlowDefinitionInput,
    input: { to: string; trunk: VoiceTrunk; policy?: Parameters<typeof testPolicy>[0]; now?: () => Date },
  ): Promise<Carried> => {
    const { to, trunk, now = () => new Date() } = input;
    const accountId = await testAccount(db);
    const definition = flowDefinition.parse(given);
    const flowId = await testFlow(db, accountId, definition);
    const policy = testPolicy({ callerIds: ['+911140001000'], ...input.policy });
    const requestId = await insertRequest(db, { accountId, flowId, policy });
    await insertPeople(db, accountId, requestId, [to]);
    const items = [{ requestId, row: 1, attemptNo: 1 }];
    const [reservation] = await reserveCalls(db, frozen, {
      accountId,
      flowId,
      provider: trunk.name,
      items,
      lineState: () => ({ up: true }),
      now: () => new Date(),
    });
    expect(reservation?.kind).toBe('RESERVED');
    const step = (n: number) => attemptId({ requestId, row: 1, attemptNo: 1, step: n });
    const id = step(0);
    const deps: CarryCallDeps = {
      db,
      frozen,
      accountValues: createAccountValues(db),
      promptSounds: async () => new Map(),
      trunk,
      sms: { name: 'none', send: unexpected, close: async () => {} },
      email: { name: 'none', send: unexpected, close: async () => {} },
      mailFrom: 'clarion@localhost',
      settle: (settlement: Settlement) => settleAttempts(db, frozen, [settlement]),
      webhook: unexpected,
      checkpoints: 'each',
      now,
      log: createLogger('test', 'silent'),
    };
    const carrier = new CallCarrier(deps, { accountId, attemptId: id }, new AbortController().signal);
    const order: CallOrder = {
      attemptId: id,
      to,
      callerId: '+911140001000',
      ringTimeoutMs: 30_000,
      maxCallMs: 600_000,
      detectMachine: true,
      awaitGreetingEnd: false,
      priorAttempts: 0,
    };
    return {
      accountId,
      flowId,
      requestId,
      attemptId: id,
      step,
      order,
      deps,
      carrier,
      run: async () => {
        const call = await trunk.place(order);
        await carrier.follow(call, { definition, number: to, variables: {}, state: null });
      },
      journey: async () => {
        const [row] = await db.sql<{ entries: { event: string; data?: Record<string, unknown> }[] }[]>`
          select entries from journeys where attempt_id = ${id}`;
        return row?.entries ?? [];
      },
    };
  };
  return { network, reserved };
}
