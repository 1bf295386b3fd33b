/**
 * The telephone server is unreachable, killed, or frozen in the middle of calls; one of two is. Nothing hangs,
 * nobody is rung twice, every unknown is named, and operators see why calls wait. Workers are real processes.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { makeKey } from '../../api/auth.ts';
import { createApiKey } from '../../db/queries/api-keys.ts';
import type { RunningAsterisk } from '../../telephony/asterisk.ts';
import type { TelephonyKit } from '../../telephony/kit.ts';
import { type Reply, testApi } from '../api/support.ts';
import { people, testFlow } from '../support/campaign.ts';
import { telephonyKit, testAsterisk, testPhones } from '../support/telephony.ts';
import { recordOf } from './bare-ari.ts';
import { expectOneInviteEach, ledgerCalls, quickPolicy, storeRequest } from './support.ts';
import { testPlatform } from './worker-process.ts';

const { kit } = await telephonyKit();

/** A conversation of about eight seconds: a question that nobody answers. */
const TALK = {
  schemaVersion: 1,
  start: 'start',
  widgets: {
    start: { type: 'start', next: 'ask' },
    ask: {
      ...{ type: 'gather', speech: [{ text: 'Hello. Press a key.' }], variable: 'answer' },
      ...{ attempts: 1, timeoutMs: 6_000, next: 'bye', noInput: 'bye' },
    },
    bye: { type: 'hang-up' },
  },
  settings: { detectMachine: false },
};
const NEVER = { times: 0, intervalMs: 0 };
const ONE_TRY = { BUSY: NEVER, NO_ANSWER: NEVER, FAILED: NEVER, MACHINE: NEVER };
const KILLED = 'the telephone server stopped in the middle of the call';

async function stage(theKit: TelephonyKit, servers: number) {
  const phones = await testPhones(theKit);
  const password = 'the-same-on-every-server';
  const asterisks = await Promise.all(
    Array.from({ length: servers }, (_, n) =>
      testAsterisk(theKit, { phones: phones.sipPort, password, name: `server-${n + 1}` }),
    ),
  );
  const platform = await testPlatform(theKit, asterisks);
  const { database, accountId } = platform;
  const flowId = await testFlow(database, accountId, TALK);
  const api = await testApi({ db: database });
  const { key, prefix, hash } = makeKey();
  await createApiKey(database, { accountId, name: 'test', prefix, hash, scopes: ['*'] });
  const get = async (path: string): Promise<Reply> => {
    const reply = await api.app.request(`/api/v1${path}`, { headers: { Authorization: `Bearer ${key}` } });
    expect(reply.status).toBe(200);
    return reply.json();
  };
  return {
    ...{ phones, asterisks, platform, database },
    get,
    launch: (numbers: string[], over: Parameters<typeof quickPolicy>[1] = {}) =>
      storeRequest(database, {
        ...{ accountId, flowId, policy: quickPolicy(TALK, { retries: ONE_TRY, ...over }) },
        people: numbers.map((number) => ({ number })),
      }),
    /** What the API says a request waits for, once it says so. */
    waitsFor: (requestId: number) =>
      platform.until(async () => (await get(`/requests/${requestId}`)).waitingFor ?? undefined),
    events: async (requestId: number): Promise<string[]> => {
      const rows = await database.sql`
        select type from request_events where request_id = ${requestId} and type like 'TRUNK%' order by id`;
      return rows.map(({ type }) => type);
    },
    defaultLine: (state: string) =>
      platform.until(async () => {
        const line = await get('/trunks/default');
        return line.state === state && line;
      }),
    answered: async (requestId: number) =>
      (await ledgerCalls(database, requestId)).filter(({ entries }) => entries.length > 0),
    outcomes: async (requestId: number): Promise<Record<string, number>> =>
      (await get(`/requests/${requestId}`)).outcomes,
  };
}

const callsOn = (server: RunningAsterisk, calls: { id: string }[]): { id: string }[] =>
  calls.filter(({ id }) => recordOf(server, id).length > 0);

describe.skipIf(!kit)('the only telephone server', async () => {
  if (!kit) return;
  const { phones, asterisks, platform, database, ...here } = await stage(kit, 1);
  const [asterisk] = asterisks;
  if (!asterisk) throw new Error('no server');
  beforeAll(async () => {
    await asterisk.kill();
    await platform.startWorker();
  });

  test('cannot be reached from the start: calls wait, operators see why, and go on once it can be', async () => {
    const requestId = await here.launch(people(1, 3, 1));
    const why = expect.stringMatching(/cannot be reached \(ECONNREFUSED\)/);
    expect(await here.waitsFor(requestId)).toMatchObject({ reason: 'TRUNK_UNAVAILABLE', detail: why });
    const line = await here.defaultLine('DOWN');
    expect(line.workers).toMatchObject([{ up: false, why }]);
    expect(await ledgerCalls(database, requestId)).toEqual([]);
    await asterisk.restart();
    expect(await platform.finished(requestId)).toMatchObject({ status: 'COMPLETED' });
    expect(await here.outcomes(requestId)).toEqual({ BUSY: 3 });
    expect(await here.events(requestId)).toEqual(['TRUNK_UNAVAILABLE', 'TRUNK_AVAILABLE']);
    await here.defaultLine('UP');
    await expectOneInviteEach(database, [phones]);
  }, 60_000);

  test('is killed with calls up: they end as UNKNOWN, named; those that wait are called when it is back', async () => {
    const requestId = await here.launch(people(0, 8, 10), { concurrency: 4 });
    const up = await platform.until(async () => {
      const found = await here.answered(requestId);
      return found.length === 4 && found;
    });
    await asterisk.kill();
    // The places of the first are taken by the calls that were cut; another request waits for the line.
    const waiting = await here.launch(people(1, 2, 18));
    expect(await here.waitsFor(waiting)).toMatchObject({ reason: 'TRUNK_UNAVAILABLE' });
    await asterisk.restart();
    for (const id of [requestId, waiting]) {
      expect(await platform.finished(id)).toMatchObject({ status: 'COMPLETED' });
    }
    expect(await here.outcomes(waiting)).toEqual({ BUSY: 2 });
    const calls = await ledgerCalls(database, requestId);
    const cut = calls.filter(({ outcome }) => outcome === 'UNKNOWN');
    expect(cut.map(({ id }) => id)).toEqual(up.map(({ id }) => id));
    for (const { cause } of cut) expect(cause).toBe(KILLED);
    expect(await here.outcomes(requestId)).toEqual({ UNKNOWN: 4, ANSWERED: 4 });
    await expectOneInviteEach(database, [phones]);
  }, 90_000);

  test('freezes: nothing hangs, calls wait and say why, and everything goes on when it thaws', async () => {
    const requestId = await here.launch(people(0, 8, 20), { concurrency: 4 });
    await platform.until(async () => (await here.answered(requestId)).length === 4);
    asterisk.pause();
    const waiting = await here.launch(people(1, 2, 28));
    try {
      expect(await here.waitsFor(waiting)).toMatchObject({
        reason: 'TRUNK_UNAVAILABLE',
        detail: expect.stringMatching(/has not answered since|does not answer/),
      });
      await here.defaultLine('DOWN');
    } finally {
      asterisk.resume();
    }
    for (const id of [requestId, waiting]) {
      expect(await platform.finished(id)).toMatchObject({ status: 'COMPLETED' });
    }
    expect(await here.outcomes(requestId)).toEqual({ ANSWERED: 8 });
    expect(await here.outcomes(waiting)).toEqual({ BUSY: 2 });
    expect(await here.events(waiting)).toEqual(['TRUNK_UNAVAILABLE', 'TRUNK_AVAILABLE']);
    await here.defaultLine('UP');
    await expectOneInviteEach(database, [phones]);
  }, 90_000);
});

describe.skipIf(!kit)('one of two telephone servers', async () => {
  if (!kit) return;
  const { phones, asterisks, platform, database, ...here } = await stage(kit, 2);
  const [one, two] = asterisks;
  if (!one || !two) throw new Error('no servers');
  beforeAll(async () => {
    await platform.startWorker();
  });

  test('takes half of the calls; is killed, and the other takes all; and takes calls again when it is back', async () => {
    const requestId = await here.launch(people(0, 12, 30), { concurrency: 6 });
    const up = await platform.until(async () => {
      const found = await here.answered(requestId);
      return found.length === 6 && found;
    });
    expect([callsOn(one, up).length, callsOn(two, up).length]).toEqual([3, 3]);
    const cut = callsOn(one, up).map(({ id }) => id);
    await one.kill();
    // The places of the cut calls are taken until it is known what became of them; the others go on without it.
    const meanwhile = await platform.until(async () => {
      const found = await here.answered(requestId);
      return found.length === 6 + 3 && found;
    });
    expect([callsOn(one, meanwhile).length, callsOn(two, meanwhile).length]).toEqual([3, 6]);
    expect(await here.events(requestId)).toEqual([]);
    await one.restart();
    expect(await platform.finished(requestId)).toMatchObject({ status: 'COMPLETED' });
    const calls = await ledgerCalls(database, requestId);
    const unknown = calls.filter(({ outcome }) => outcome === 'UNKNOWN');
    expect(unknown.map(({ id, cause }) => [id, cause])).toEqual(cut.map((id) => [id, KILLED]));
    expect(await here.outcomes(requestId)).toEqual({ UNKNOWN: 3, ANSWERED: 9 });
    // Back in use, as soon as it has been seen to answer.
    for (let from = 50; ; from++) {
      const later = await here.launch(people(1, 2, 2 * from));
      await platform.finished(later);
      if (callsOn(one, await ledgerCalls(database, later)).length > 0) break;
    }
    await expectOneInviteEach(database, [phones]);
  }, 120_000);
});
