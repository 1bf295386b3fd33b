/** Recordings from the order to our storage: each ends as something that has a name, whatever goes wrong. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { recordCall } from '../../activities/recordings.ts';
import { fetchRecordings } from '../../activities/recordings-fetch.ts';
import { beginRecording, listRecordings } from '../../db/queries/recordings.ts';
import type { FlowDefinitionInput } from '../../domain/flow/schema.ts';
import { recordingStem } from '../../domain/recording.ts';
import { createLogger } from '../../log.ts';
import { localFiles } from '../../providers/storage/local-files.ts';
import type { Storage } from '../../providers/storage/storage.ts';
import type { VoiceTrunk } from '../../providers/voice/trunk.ts';
import { testDatabase } from '../support/database.ts';
import { scratchDir } from '../support/scratch-dir.ts';
import { type Carried, callsOn } from './carried-call.ts';

const db = await testDatabase();
const calls = callsOn(db);
const root = scratchDir();

const MINUTE_MS = 60_000;
const SPEAKS = '+919800001090';
const SAYS_NOTHING = '+919800001040';

/** Records the whole call, and the person twice. */
const FLOW: FlowDefinitionInput = {
  schemaVersion: 1,
  start: 'start',
  widgets: {
    start: { type: 'start', next: 'name' },
    name: {
      type: 'play-and-record',
      speech: [{ text: 'Your name?' }],
      maxMs: 4000,
      silenceMs: 2000,
      variable: 'heard',
      next: 'more',
      noRecording: 'more',
    },
    more: { type: 'record', maxMs: 2000, silenceMs: 1000 },
  },
  settings: { recordCalls: true },
};

/** The deps of a fetcher, with a clock that can be moved. */
function fetcher(trunk: VoiceTrunk, over: { storage?: Storage; aheadMs?: number } = {}) {
  const storage = over.storage ?? localFiles(mkdtempSync(join(root, 'storage-')));
  const fetching = {
    aheadMs: over.aheadMs ?? 0,
    storage,
    fetch: () =>
      fetchRecordings({
        db,
        trunk,
        storage,
        now: () => new Date(Date.now() + fetching.aheadMs),
        log: createLogger('test', 'silent'),
      }),
  };
  return fetching;
}

const listed = ({ accountId, attemptId }: Carried) => listRecordings(db, { accountId, attemptId });
const statuses = async (call: Carried) => (await listed(call)).map(({ status }) => status);
const contentOf = async (storage: Storage, key: string | null): Promise<Buffer> =>
  buffer(await storage.read(key ?? 'none'));

describe('a call whose flow records', () => {
  it('leaves its recordings in storage under their names, and none at the trunk', async () => {
    const { trunk } = calls.network();
    const call = await calls.reserved(FLOW, { to: SPEAKS, trunk });
    await call.run();
    expect(await statuses(call)).toEqual(['RECORDING', 'RECORDING', 'RECORDING']);
    const { fetch, storage } = fetcher(trunk);
    expect(await fetch()).toBe(3);
    const rows = await listed(call);
    const numbers = `${call.accountId}_${call.flowId}_911140001000_919800001090`;
    expect(rows.map(({ name }) => name.replace(/\d{13}\.gsm$/, 'START'))).toEqual([
      `call_${numbers}_START`,
      `_play_and_record_${numbers}_name_START`,
      `record_${numbers}_START`,
    ]);
    expect(rows.map(({ kind, widget, durationMs }) => [kind, widget, durationMs])).toEqual([
      ['CALL', null, expect.any(Number)],
      ['PLAY_AND_RECORD', 'name', 4000],
      ['RECORD', 'more', 2000],
    ]);
    for (const { name, status, storageKey, bytes, startedAt } of rows) {
      expect(status).toBe('STORED');
      expect(name).toContain(String(startedAt.getTime()));
      const data = await contentOf(storage, storageKey);
      expect(data.length).toBe(bytes);
      expect(data.length % 33).toBe(0);
      expect(await trunk.fetchRecording(recordingStem(name))).toBeUndefined();
    }
    expect(rows[0]?.durationMs).toBeGreaterThan(6000);
    const journey = await call.journey();
    expect(journey.filter(({ event }) => event === 'RECORDED').map(({ data }) => data?.name)).toEqual(
      rows.slice(1).map(({ name }) => name),
    );
    expect(await fetch()).toBe(0);
  });

  it('a recording in which nothing was heard is EMPTY, with 0 bytes', async () => {
    const { trunk } = calls.network();
    const call = await calls.reserved(FLOW, { to: SAYS_NOTHING, trunk });
    await call.run();
    await fetcher(trunk).fetch();
    const rows = await listed(call);
    expect(rows.map(({ status, bytes, durationMs }) => [status, bytes, durationMs]).slice(1)).toEqual([
      ['EMPTY', 0, 0],
      ['EMPTY', 0, 0],
    ]);
    for (const { name } of rows) {
      expect(await trunk.fetchRecording(recordingStem(name))).toBeUndefined();
    }
  });

  it('is not recorded where the flow does not say so', async () => {
    const { trunk } = calls.network();
    const call = await calls.reserved({ ...FLOW, settings: {} }, { to: SPEAKS, trunk });
    await call.run();
    await fetcher(trunk).fetch();
    expect((await listed(call)).map(({ kind }) => kind)).toEqual(['PLAY_AND_RECORD', 'RECORD']);
  });

  it('gives recordings that begin in the same millisecond different names', async () => {
    const { trunk } = calls.network();
    const at = new Date(1_790_000_000_000);
    const call = await calls.reserved(FLOW, { to: SPEAKS, trunk, now: () => at });
    const key = { accountId: call.accountId, attemptId: call.attemptId, kind: 'RECORD' as const };
    const names = await Promise.all(
      Array.from({ length: 5 }, () => beginRecording(db, { ...key, widget: 'more', startedAt: at })),
    );
    expect(new Set(names).size).toBe(5);
    const starts = (await listed(call)).map(({ startedAt }) => startedAt.getTime() - at.getTime());
    expect(starts).toEqual([0, 1, 2, 3, 4]);
  });

  it('nothing is fetched while the call goes on', async () => {
    const { trunk } = calls.network({ speed: 1 });
    const call = await calls.reserved(FLOW, { to: SPEAKS, trunk });
    await beginRecording(db, { ...call, kind: 'CALL', startedAt: new Date() });
    expect(await fetcher(trunk, { aheadMs: 60 * MINUTE_MS }).fetch()).toBe(0);
    expect(await statuses(call)).toEqual(['RECORDING']);
    await call.deps.settle(ending(call));
  });
});

const ending = (call: Carried) => ({
  accountId: call.accountId,
  attemptId: call.attemptId,
  outcome: 'ANSWERED' as const,
  cause: '16 normal call clearing',
  settledAt: new Date(),
});

describe('whoever adopts a call', () => {
  it('goes on with the recording of the whole call under the name it has', async () => {
    const { trunk } = calls.network();
    const call = await calls.reserved(FLOW, { to: SPEAKS, trunk });
    const up = await trunk.place(call.order);
    await up.answered();
    await recordCall(call.deps, call, up);
    await recordCall(call.deps, call, up);
    await up.hangUp();
    await call.deps.settle(ending(call));
    await fetcher(trunk).fetch();
    expect((await listed(call)).map(({ kind }) => kind)).toEqual(['CALL']);
  });
});

/** Its first bytes, and then an error as of a connection that is lost. */
async function* brokenOff(data: Readable): AsyncGenerator<Buffer> {
  yield (await buffer(data)).subarray(0, 33);
  throw new Error('the connection was lost');
}

describe('a recording that went wrong', () => {
  /** A call that was recorded and has ended. */
  const recorded = async (over: (trunk: VoiceTrunk) => Partial<VoiceTrunk> = () => ({})) => {
    const { trunk } = calls.network();
    const call = await calls.reserved({ ...FLOW, settings: {} }, { to: SPEAKS, trunk });
    await call.run();
    const broken: VoiceTrunk = Object.assign(Object.create(trunk), {
      name: trunk.name,
      fetchRecording: (name: string) => trunk.fetchRecording(name),
      forgetRecording: (name: string) => trunk.forgetRecording(name),
      ...over(trunk),
    });
    return { call, trunk, broken };
  };

  it('written down, and never made as the worker was killed, is LOST a minute after the call', async () => {
    const { trunk } = calls.network();
    const call = await calls.reserved(FLOW, { to: SPEAKS, trunk });
    await beginRecording(db, { ...call, kind: 'RECORD', widget: 'more', startedAt: new Date() });
    await call.deps.settle(ending(call));
    const fetching = fetcher(trunk);
    expect(await fetching.fetch()).toBe(1);
    expect(await statuses(call)).toEqual(['RECORDING']);
    fetching.aheadMs = 2 * MINUTE_MS;
    await fetching.fetch();
    expect(await listed(call)).toMatchObject([
      { status: 'LOST', bytes: null, durationMs: null, cause: 'the trunk has no such recording' },
    ]);
  });

  it('with nothing heard and no file at the trunk is EMPTY, not LOST', async () => {
    const { call, trunk } = await recorded();
    const names = (await listed(call)).map(({ name }) => recordingStem(name));
    await Promise.all(names.map((name) => trunk.forgetRecording(name)));
    await db.sql`update recordings set duration_ms = 0 where attempt_id = ${call.attemptId}`;
    await fetcher(trunk, { aheadMs: 2 * MINUTE_MS }).fetch();
    expect(await statuses(call)).toEqual(['EMPTY', 'EMPTY']);
  });

  it('at a trunk that does not answer is asked for again, and in the end is LOST by name', async () => {
    let answers = false;
    const { call, broken, trunk } = await recorded((trunk) => ({
      fetchRecording: async (name) => {
        if (!answers) throw new Error('no answer');
        return trunk.fetchRecording(name);
      },
    }));
    const fetching = fetcher(broken);
    for (const minutes of [0, 5, 60, 600]) {
      fetching.aheadMs = minutes * MINUTE_MS;
      await fetching.fetch();
      expect(await statuses(call)).toEqual(['RECORDING', 'RECORDING']);
    }
    // One comes back, of the other the trunk is never heard again.
    const [first, second] = await listed(call);
    answers = true;
    await db.sql`update recordings set next_try_at = now() + interval '8 days' where name = ${second?.name ?? ''}`;
    fetching.aheadMs = 700 * MINUTE_MS;
    await fetching.fetch();
    answers = false;
    fetching.aheadMs = 8 * 24 * 60 * MINUTE_MS + MINUTE_MS;
    await fetching.fetch();
    expect(await statuses(call)).toEqual(['STORED', 'LOST']);
    expect(await trunk.fetchRecording(recordingStem(first?.name ?? ''))).toBeUndefined();
  });

  it('that breaks off while it comes is fetched again, and leaves no half of it', async () => {
    let breaks = true;
    const { call, broken } = await recorded((trunk) => ({
      fetchRecording: async (name) => {
        const found = await trunk.fetchRecording(name);
        return found && breaks ? { data: Readable.from(brokenOff(found.data)) } : found;
      },
    }));
    const fetching = fetcher(broken);
    await fetching.fetch();
    expect(await statuses(call)).toEqual(['RECORDING', 'RECORDING']);
    breaks = false;
    fetching.aheadMs = MINUTE_MS;
    await fetching.fetch();
    expect(await statuses(call)).toEqual(['STORED', 'STORED']);
    for (const { storageKey, bytes } of await listed(call)) {
      expect((await contentOf(fetching.storage, storageKey)).length).toBe(bytes);
    }
  });

  it('that storage never takes is not lost, however late: the trunk has it', async () => {
    const { call, broken } = await recorded();
    const storage = localFiles(mkdtempSync(join(root, 'storage-')));
    const full: Storage = { ...storage, write: () => Promise.reject(new Error('no space left on device')) };
    const fetching = fetcher(broken, { storage: full, aheadMs: 8 * 24 * 60 * MINUTE_MS });
    await fetching.fetch();
    expect(await statuses(call)).toEqual(['RECORDING', 'RECORDING']);
  });

  it('stored by a worker that died before it said so is stored again, once in the books', async () => {
    const { call, trunk } = await recorded();
    const storage = localFiles(mkdtempSync(join(root, 'storage-')));
    let written = 0;
    // The first write is done and never told of, as after kill -9 on the next line.
    const dying: Storage = {
      ...storage,
      write: async (key: string, content: Readable, limit: number) => {
        const bytes = await storage.write(key, content, limit);
        written += 1;
        if (written <= 2) throw new Error('killed');
        return bytes;
      },
    };
    const fetching = fetcher(trunk, { storage: dying });
    await fetching.fetch();
    expect(await statuses(call)).toEqual(['RECORDING', 'RECORDING']);
    fetching.aheadMs = MINUTE_MS;
    await fetching.fetch();
    expect(await statuses(call)).toEqual(['STORED', 'STORED']);
    expect(written).toBe(4);
  });

  it('that the trunk was not yet told to forget is forgotten later, and stays as it is', async () => {
    let deaf = true;
    const { call, broken, trunk } = await recorded((trunk) => ({
      forgetRecording: async (name) => {
        if (deaf) throw new Error('no answer');
        await trunk.forgetRecording(name);
      },
    }));
    const fetching = fetcher(broken);
    await fetching.fetch();
    const before = await listed(call);
    expect(before.map(({ status }) => status)).toEqual(['STORED', 'STORED']);
    const stem = recordingStem(before[0]?.name ?? '');
    expect(await trunk.fetchRecording(stem)).toBeDefined();
    deaf = false;
    fetching.aheadMs = MINUTE_MS;
    expect(await fetching.fetch()).toBe(2);
    expect(await trunk.fetchRecording(stem)).toBeUndefined();
    expect(await listed(call)).toEqual(before);
    expect(await fetching.fetch()).toBe(0);
  });

  it('taken by several workers at once is fetched by one', async () => {
    const asked: string[] = [];
    const { call, broken } = await recorded((trunk) => ({
      fetchRecording: async (name) => {
        asked.push(name);
        return trunk.fetchRecording(name);
      },
    }));
    const storage = localFiles(mkdtempSync(join(root, 'storage-')));
    await Promise.all(Array.from({ length: 4 }, () => fetcher(broken, { storage }).fetch()));
    expect(await statuses(call)).toEqual(['STORED', 'STORED']);
    expect(asked.length).toBe(new Set(asked).size);
  });

  it('of a trunk that is not in use any more waits a week for it, and is then LOST', async () => {
    const { call, broken } = await recorded(() => ({ name: 'another' }));
    const fetching = fetcher(broken, { aheadMs: 24 * 60 * MINUTE_MS });
    await fetching.fetch();
    expect(await statuses(call)).toEqual(['RECORDING', 'RECORDING']);
    fetching.aheadMs = 8 * 24 * 60 * MINUTE_MS;
    await fetching.fetch();
    expect((await listed(call)).map(({ cause }) => cause)).toEqual(
      Array(2).fill('the trunk simulated, which has it, is not in use any more'),
    );
  });
});

describe('a trunk that cannot record', () => {
  it('loses the recording, by name, and not the call', async () => {
    const { trunk } = calls.network();
    const call = await calls.reserved(FLOW, { to: SPEAKS, trunk });
    const up = await trunk.place(call.order);
    const deaf = Object.assign(Object.create(up), {
      attemptId: up.attemptId,
      answered: () => up.answered(),
      ended: () => up.ended(),
      say: (...given: Parameters<typeof up.say>) => up.say(...given),
      hangUp: () => up.hangUp(),
      record: () => Promise.reject(new Error('no space left on device')),
      recordAll: () => Promise.reject(new Error('no space left on device')),
    }) as typeof up;
    const script = await call.carrier.script();
    await call.carrier.follow(deaf, script);
    const [attempt] = await db.sql`select outcome from attempts where id = ${call.attemptId}`;
    expect(attempt?.outcome).toBe('ANSWERED');
    await fetcher(trunk, { aheadMs: 2 * MINUTE_MS }).fetch();
    expect(await statuses(call)).toEqual(['LOST', 'LOST', 'LOST']);
    expect((await call.journey()).filter(({ event }) => event === 'RECORDED')).toMatchObject([
      { data: { durationMs: 0, endedBy: 'FAILED' } },
      { data: { durationMs: 0, endedBy: 'FAILED' } },
    ]);
  });
});
