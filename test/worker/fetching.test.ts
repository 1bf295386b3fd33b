/** A voice worker fetches recordings by itself: a few at a time, and not beyond its own end. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { fetchRecordings } from '../../activities/recordings-fetch.ts';
import { listRecordings } from '../../db/queries/recordings.ts';
import type { FlowDefinitionInput } from '../../domain/flow/schema.ts';
import { createLogger } from '../../log.ts';
import { localFiles } from '../../providers/storage/local-files.ts';
import type { VoiceTrunk } from '../../providers/voice/trunk.ts';
import { startFetching } from '../../worker/fetching.ts';
import { type Carried, callsOn } from '../activities/carried-call.ts';
import { testDatabase } from '../support/database.ts';
import { scratchDir } from '../support/scratch-dir.ts';

const db = await testDatabase();
const calls = callsOn(db);
const root = scratchDir();
const log = createLogger('test', 'silent');

const MINUTE_MS = 60_000;
const SPEAKS = '+919800001090';

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

const statuses = async ({ accountId, attemptId }: Carried) =>
  (await listRecordings(db, { accountId, attemptId })).map(({ status }) => status);

describe('a voice worker', () => {
  it('fetches what is there by itself, and stops when it is told', async () => {
    const { trunk } = calls.network();
    const call = await calls.reserved(FLOW, { to: SPEAKS, trunk });
    const storage = localFiles(mkdtempSync(join(root, 'storage-')));
    const stop = startFetching({ db, trunk, storage, now: () => new Date(), log });
    await call.run();
    while ((await statuses(call)).includes('RECORDING')) {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    await stop();
    expect(await statuses(call)).toEqual(['STORED', 'STORED', 'STORED']);
  });
});

describe('recordings that take long to come', () => {
  /** Worked on by a worker of its own; each recording comes when it is let through. */
  const slowly = async () => {
    const { trunk } = calls.network();
    const call = await calls.reserved(FLOW, { to: SPEAKS, trunk });
    await call.run();
    const waiting: (() => void)[] = [];
    const slow: VoiceTrunk = Object.assign(Object.create(trunk), {
      name: trunk.name,
      forgetRecording: (name: string) => trunk.forgetRecording(name),
      fetchRecording: async (name: string, signal: AbortSignal) => {
        const found = await trunk.fetchRecording(name);
        return found && { data: Readable.from(late(found.data, signal)) };
      },
    });
    async function* late(data: Readable, signal: AbortSignal): AsyncGenerator<Buffer> {
      const whole = await buffer(data);
      yield whole.subarray(0, 33);
      await new Promise<void>((resolve, reject) => {
        waiting.push(resolve);
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
      yield whole.subarray(33);
    }
    const storage = localFiles(mkdtempSync(join(root, 'storage-')));
    const stop = startFetching({ db, trunk: slow, storage, now: () => new Date(), log });
    const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
      while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 25));
    };
    return { call, trunk, waiting, stop, until };
  };
  const STORED = /STORED/;

  it('are fetched two at a time, and neither waits for the other', async () => {
    const { call, waiting, stop, until } = await slowly();
    await until(() => waiting.length === 2);
    // A third is due; nobody takes it up in three rounds.
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(waiting.length).toBe(2);
    waiting[1]?.();
    await until(() => waiting.length === 3);
    expect((await statuses(call)).filter((status) => STORED.test(status))).toHaveLength(1);
    waiting[0]?.();
    waiting[2]?.();
    await until(async () => !(await statuses(call)).includes('RECORDING'));
    await stop();
  });

  it('do not hold up the end of a worker, and are fetched by another', async () => {
    const { call, trunk, waiting, stop, until } = await slowly();
    await until(() => waiting.length === 2);
    await stop();
    expect(await statuses(call)).toEqual(['RECORDING', 'RECORDING', 'RECORDING']);
    const now = () => new Date(Date.now() + 2 * MINUTE_MS);
    await fetchRecordings({ db, trunk, storage: localFiles(mkdtempSync(join(root, 'storage-'))), now, log });
    expect(await statuses(call)).toEqual(['STORED', 'STORED', 'STORED']);
  });
});
