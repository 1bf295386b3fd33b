import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { findDialledDid } from '../../db/queries/dids.ts';
import { reserveInbound } from '../../db/queries/inbound.ts';
import type { JourneyEntry } from '../../domain/flow/journey.ts';
import { createLogger } from '../../log.ts';
import type { InboundOffer } from '../../providers/voice/trunk.ts';
import { startInbound } from '../../worker/inbound.ts';
import { INBOUND_WORKFLOW, inboundWorkflowId } from '../../workflows/contract.ts';
import { testFlow } from '../support/campaign.ts';
import { testAccount } from '../support/database.ts';
import { testEngine } from '../support/engine.ts';
import { ringable } from '../support/ringable.ts';

const engine = await testEngine();
const { database, temporal } = engine;
const { sql } = database;
const trunk = ringable(engine.providers.voice);

/** Says the caller's own number, asks for a key, repeats it. */
const INBOUND = {
  schemaVersion: 1,
  start: 'start',
  widgets: {
    start: { type: 'start', next: 'ask' },
    ask: {
      type: 'gather',
      speech: [{ text: 'You call from {$flow.key.number|a number we cannot see}. Press a key.' }],
      variable: 'answer',
      maxDigits: 1,
      next: 'mine',
      noInput: 'bye',
      invalid: 'bye',
    },
    mine: { type: 'set-variable', variable: 'caller', value: '$flow.key.number', next: 'thanks' },
    thanks: { type: 'text-to-speech', text: 'You pressed $flow.key.answer.', next: 'bye' },
    bye: { type: 'hang-up' },
  },
};

/** An account with a number of ours that a flow answers. */
async function reachable(
  over: { definition?: object; enabled?: boolean; maxConcurrentCalls?: number; transactional?: boolean } = {},
) {
  const accountId = await testAccount(database, {
    ...(over.maxConcurrentCalls !== undefined && { maxConcurrentCalls: over.maxConcurrentCalls }),
  });
  const flowId = await testFlow(database, accountId, over.definition ?? INBOUND, 'reception', 'inbound');
  await sql`update flows set transactional = ${over.transactional ?? false} where id = ${flowId}`;
  const did = `+9122690${String(randomInt(0, 100_000)).padStart(5, '0')}`;
  await sql`insert into dids (account_id, number, flow_id, enabled)
    values (${accountId}, ${did}, ${flowId}, ${over.enabled ?? true})`;
  return { accountId, flowId, did };
}

const caller = (lastTwo: string): string => `+9198${randomInt(100_000, 1_000_000)}${lastTwo}`;

interface LedgerRow {
  id: string;
  direction: string;
  request_id: number | null;
  row: number | null;
  policy_version: number | null;
  address: string;
  sender: string;
  provider: string;
  provider_ref: string;
  outcome: string | null;
  cause: string | null;
  keys: string | null;
  answered_at: Date | null;
}
const attemptsOf = (accountId: number) => sql<LedgerRow[]>`
  select * from attempts where account_id = ${accountId} and step = 0 order by reserved_at`;
/** The only attempt of the account, once it is settled. */
const settled = (accountId: number) =>
  engine.until(async () => {
    const [row] = await attemptsOf(accountId);
    return row?.outcome ? row : undefined;
  });
const openOf = (accountId: number) => sql`select 1 from open_attempts where account_id = ${accountId}`;
const journeyOf = async (id: string) => {
  const [journey] = await sql<{ entries: JourneyEntry[] }[]>`
    select entries from journeys where attempt_id = ${id}`;
  return journey?.entries ?? [];
};
const widgetsOf = async (id: string): Promise<string[]> =>
  (await journeyOf(id)).filter((one) => one.event === 'ENTERED').map((one) => one.widget);

describe('a call to one of our numbers', () => {
  it('is answered by its flow, with keys and a journey, and settled without a request', async () => {
    const { accountId, flowId, did } = await reachable();
    const from = caller('45');
    const ringing = await trunk.ring({ did, caller: from });
    expect((await ringing.ended).outcome).toBe('ANSWERED');
    const row = await settled(accountId);
    expect(row).toMatchObject({
      direction: 'in',
      request_id: null,
      row: null,
      policy_version: null,
      address: from,
      sender: did,
      provider: 'simulated',
      provider_ref: ringing.callId,
      outcome: 'ANSWERED',
      keys: '4',
    });
    expect(row.answered_at).toBeInstanceOf(Date);
    expect(await widgetsOf(row.id)).toEqual(['start', 'ask', 'mine', 'thanks', 'bye']);
    expect(await openOf(accountId)).toHaveLength(0);
    const { workflowExecutionInfo } = (
      await temporal.client.workflow.getHandle(inboundWorkflowId(row.id)).describe()
    ).raw;
    expect(workflowExecutionInfo?.type?.name).toBe(INBOUND_WORKFLOW);
    const found: string[] = [];
    const query = `AccountId = "${accountId}" and FlowId = "${flowId}" and FlowType = "inbound"`;
    await engine.until(async () => {
      for await (const one of temporal.client.workflow.list({ query })) found.push(one.workflowId);
      return found.length > 0;
    });
    expect(found).toEqual([inboundWorkflowId(row.id)]);
  });

  it('has a history without a number in it', async () => {
    const { accountId, did } = await reachable();
    const from = caller('40');
    await (await trunk.ring({ did, caller: from })).ended;
    const { id } = await settled(accountId);
    const handle = temporal.client.workflow.getHandle(inboundWorkflowId(id));
    await handle.result();
    const text = JSON.stringify(await handle.fetchHistory(), (_key, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value,
    );
    expect(text).toContain(id);
    for (const number of [did, from]) expect(text).not.toContain(number.slice(1));
  });

  it('gives the flow the caller’s number, in full however the carrier writes it, or nothing when withheld', async () => {
    for (const [given, kept] of [
      ['09812345645', '+919812345645'],
      ['anonymous', ''],
    ] as const) {
      const { accountId, did } = await reachable();
      await (await trunk.ring({ did: did.slice(1), caller: given })).ended;
      const row = await settled(accountId);
      expect(row).toMatchObject({ outcome: 'ANSWERED', address: kept });
      const set = (await journeyOf(row.id)).find((one) => one.event === 'SET');
      // One who withholds the number also presses no key, so the flow asks in vain.
      expect(set?.data).toEqual(kept === '' ? undefined : { variable: 'caller', value: kept });
    }
  });

  it('that is hung up in the middle is settled as answered, with what was heard up to there', async () => {
    const { accountId, did } = await reachable();
    await (await trunk.ring({ did, caller: caller('47') })).ended;
    const row = await settled(accountId);
    expect(row).toMatchObject({ outcome: 'ANSWERED', keys: null });
    expect(await widgetsOf(row.id)).toEqual(['start', 'ask']);
  });

  it('is not let in by a number that is unknown, switched off, or whose flow waits for approval', async () => {
    const off = await reachable({ enabled: false });
    const unapproved = await reachable({ transactional: true });
    await sql`update flows set approved_version = null where id = ${unapproved.flowId}`;
    for (const did of ['+912269999999', 'reception', off.did, unapproved.did]) {
      const { outcome, answeredAt } = await (await trunk.ring({ did, caller: caller('40') })).ended;
      expect([did, outcome, answeredAt]).toEqual([did, 'INVALID', undefined]);
    }
    for (const { accountId } of [off, unapproved]) expect(await attemptsOf(accountId)).toHaveLength(0);
  });
});

describe('a caller', () => {
  it('who is blacklisted is turned away before being answered, and the ledger names the rule', async () => {
    const { accountId, did } = await reachable();
    const from = caller('40');
    await sql`insert into blacklist_phones (account_id, number) values (${accountId}, ${from})`;
    const ending = await (await trunk.ring({ did, caller: from })).ended;
    expect(ending).toMatchObject({ outcome: 'DECLINED', answeredAt: undefined });
    expect(await settled(accountId)).toMatchObject({
      outcome: 'BLOCKED',
      cause: 'BLACKLISTED',
      answered_at: null,
    });
    expect(await openOf(accountId)).toHaveLength(0);
  });

  it('whose entry in the blacklist has expired, or is another account’s, is answered', async () => {
    const { accountId, did } = await reachable();
    const other = await testAccount(database);
    const from = caller('40');
    await sql`insert into blacklist_phones (account_id, number, expires_at) values
      (${accountId}, ${from}, now() - interval '1 minute'), (${other}, ${from}, null)`;
    expect((await (await trunk.ring({ did, caller: from })).ended).outcome).toBe('ANSWERED');
    expect((await settled(accountId)).outcome).toBe('ANSWERED');
  });

  it('hears a busy tone when the account has as many calls in progress as it may', async () => {
    const { accountId, did, flowId } = await reachable({ maxConcurrentCalls: 1 });
    await sql`insert into open_attempts (attempt_id, account_id, request_id, flow_id, medium)
      values (gen_random_uuid(), ${accountId}, 1, ${flowId}, 'voice')`;
    const ending = await (await trunk.ring({ did, caller: caller('40') })).ended;
    expect(ending).toMatchObject({ outcome: 'BUSY', answeredAt: undefined });
    expect(await settled(accountId)).toMatchObject({
      outcome: 'BUSY',
      cause: 'the account has 1 calls in progress',
    });
  });

  it('who gives up before being answered has abandoned the call', async () => {
    const { accountId, did } = await reachable();
    const from = caller('40');
    await engine.whileAway(async () => {
      const ringing = await trunk.ring({ did, caller: from });
      await writeDown(did, from, ringing.callId);
      ringing.giveUp();
      expect(await ringing.ended).toMatchObject({ outcome: 'ABANDONED', answeredAt: undefined });
    });
    expect(await settled(accountId)).toMatchObject({ outcome: 'ABANDONED', answered_at: null, keys: null });
  });
});

/** What a worker does of an offer before it dies: the ledger has it, Temporal does not. */
async function writeDown(number: string, from: string, callId: string) {
  const did = await findDialledDid(database, number);
  if (!did) throw new Error('no such number');
  return reserveInbound(database, { did, trunk: trunk.name, callId, caller: from, now: engine.now() });
}

const workflowsOf = async (accountId: number): Promise<string[]> => {
  const found: string[] = [];
  const query = `AccountId = "${accountId}" and WorkflowType = "${INBOUND_WORKFLOW}"`;
  for await (const one of temporal.client.workflow.list({ query })) found.push(one.workflowId);
  return found;
};

describe('a worker that dies', () => {
  it('before the ledger has the call leaves it ringing, and whoever listens next answers', async () => {
    const { accountId, did } = await reachable();
    let ringing: Awaited<ReturnType<typeof trunk.ring>> | undefined;
    await engine.whileAway(async () => {
      ringing = await trunk.ring({ did, caller: caller('45') });
    });
    expect((await ringing?.ended)?.outcome).toBe('ANSWERED');
    expect(await settled(accountId)).toMatchObject({ outcome: 'ANSWERED', keys: '4' });
  });

  it('before Temporal was told leaves a call that any worker finds in the ledger', async () => {
    const { accountId, did } = await reachable();
    const from = caller('45');
    // Nobody is told of this call: it is found by the sweep alone.
    trunk.onInbound(() => {});
    const ringing = await trunk.ring({ did, caller: from });
    await writeDown(did, from, ringing.callId);
    expect((await ringing.ended).outcome).toBe('ANSWERED');
    expect(await settled(accountId)).toMatchObject({ outcome: 'ANSWERED', keys: '4' });
    await engine.whileAway(async () => {});
  });
});

describe('an offer', () => {
  it('seen by two workers is one attempt with one workflow', async () => {
    const { accountId, did } = await reachable();
    // Two listeners are told of one call, as two workers are.
    const offered: ((offer: InboundOffer) => void)[] = [];
    const second = startInbound({
      db: database,
      client: temporal.client,
      trunk: new Proxy(trunk, {
        get: (target, key) =>
          key === 'onInbound'
            ? (listener: (offer: InboundOffer) => void) => offered.push(listener)
            : Reflect.get(target, key),
      }),
      log: createLogger('test', 'silent'),
      taskQueue: engine.requestsQueue,
    });
    const from = caller('45');
    const ringing = await trunk.ring({ did, caller: from });
    for (const listener of offered) listener({ callId: ringing.callId, did, caller: from });
    expect((await ringing.ended).outcome).toBe('ANSWERED');
    const { id } = await settled(accountId);
    await second();
    expect(await attemptsOf(accountId)).toHaveLength(1);
    expect(
      await engine.until(async () => (await workflowsOf(accountId)).length > 0 && workflowsOf(accountId)),
    ).toEqual([inboundWorkflowId(id)]);
  });
});
