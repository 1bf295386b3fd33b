/** The simulated carrier's record: evidence that outlives its process, shared by several, and its limits. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import { createSimulatedTrunk } from '../../../providers/voice/simulated/index.ts';
import { openCallRecords } from '../../../providers/voice/simulated/record.ts';
import { type CallOrder, DuplicateAttempt, type VoiceTrunk } from '../../../providers/voice/trunk.ts';
import { type JournalLine, readJournal } from '../../../providers/witness/journal.ts';
import { scratchDir } from '../../support/scratch-dir.ts';

const root = scratchDir();
const freshDir = (): string => mkdtempSync(join(root, 'record-'));
const order = (attemptId: string, to: string): CallOrder => ({
  attemptId,
  to,
  callerId: undefined,
  ringTimeoutMs: 30_000,
  maxCallMs: 600_000,
  detectMachine: true,
  awaitGreetingEnd: false,
  priorAttempts: 0,
});

const open: { close(): Promise<void> | void }[] = [];
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const one of open.splice(0)) await one.close();
});

function trunkOn(witnessDir: string, over: { foreignWaitMs?: number } = {}): VoiceTrunk {
  const trunk = createSimulatedTrunk({ speed: 0, witnessDir, ...over });
  open.push(trunk);
  return trunk;
}

const lines = (dir: string, attemptId?: string): JournalLine[] =>
  [...readJournal(dir, 'voice')]
    .map(({ line }) => line)
    .filter((line) => attemptId === undefined || line.attemptId === attemptId);
const events = (dir: string, attemptId: string): string[] => lines(dir, attemptId).map(({ event }) => event);

/** A process with calls in progress; resolves once it has said `until`. */
async function callerProcess(
  dir: string,
  speed: number,
  numbers: string[],
  until: string,
): Promise<ChildProcess> {
  const program = new URL('../../support/dying-caller.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--import', 'tsx', program, dir, String(speed), ...numbers], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) if (line === until) return child;
  throw new Error('the calling process ended early');
}

async function killHard(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

describe('the record of a simulated call', () => {
  it('says when it was placed before place() resolves, then how it ended, and holds no number', async () => {
    const dir = freshDir();
    const trunk = trunkOn(dir);
    const call = await trunk.place(order('a', '+919800001241'));
    expect(events(dir, 'a')).toEqual(['PLACED']);
    await call.ended();
    expect(lines(dir, 'a').at(-1)).toMatchObject({ event: 'ENDED', outcome: 'BUSY', cause: '17 user busy' });
    const file = readdirSync(dir)[0] ?? '';
    const text = readFileSync(join(dir, file), 'utf8');
    expect(text).toContain('1241');
    expect(text).not.toContain('919800001241');
    expect(text).not.toContain('01241');
  });

  it('shows that a second order for an attempt was refused', async () => {
    const dir = freshDir();
    const trunk = trunkOn(dir);
    await (await trunk.place(order('twice', '+919800001241'))).ended();
    await expect(trunk.place(order('twice', '+919800001241'))).rejects.toBeInstanceOf(DuplicateAttempt);
    expect(events(dir, 'twice')).toEqual(['PLACED', 'ENDED', 'DUPLICATE_REFUSED']);
  });

  it('is read by the next start: ended calls are ENDED, placed ones are refused a second time', async () => {
    const dir = freshDir();
    const first = createSimulatedTrunk({ speed: 0, witnessDir: dir });
    const ending = await (await first.place(order('before', '+919800001243'))).ended();
    await first.close();
    const second = trunkOn(dir);
    expect(await second.reconcile('before')).toEqual({ kind: 'ENDED', ending });
    await expect(second.place(order('before', '+919800001243'))).rejects.toBeInstanceOf(DuplicateAttempt);
  });

  it('ends the calls in progress when the trunk is closed', async () => {
    const dir = freshDir();
    const trunk = createSimulatedTrunk({ speed: 1, witnessDir: dir });
    const call = await trunk.place(order('open', '+919800001240'));
    await trunk.close();
    expect((await call.ended()).outcome).toBe('FAILED');
    expect(events(dir, 'open')).toEqual(['PLACED', 'ENDED']);
  });
});

describe('after kill -9', () => {
  it('calls in progress are UNKNOWN, ended ones ENDED, and others NEVER_PLACED', async () => {
    const dir = freshDir();
    const child = await callerProcess(dir, 0, ['+919800001240', '+919800001241'], 'answered');
    await killHard(child);
    const trunk = trunkOn(dir);
    expect(await trunk.reconcile('dying-0')).toMatchObject({ kind: 'UNKNOWN' });
    expect(await trunk.reconcile('dying-1')).toMatchObject({ kind: 'ENDED', ending: { outcome: 'BUSY' } });
    expect(await trunk.reconcile('dying-2')).toEqual({ kind: 'NEVER_PLACED' });
    await expect(trunk.place(order('dying-0', '+919800001240'))).rejects.toBeInstanceOf(DuplicateAttempt);
  });

  it('a line torn in the middle hides nothing but itself', async () => {
    const dir = freshDir();
    const child = await callerProcess(dir, 0, ['+919800001241'], 'answered');
    await killHard(child);
    const file = join(dir, readdirSync(dir)[0] ?? '');
    appendFileSync(file, '{"event":"PLACED","attemptId":"to');
    const trunk = trunkOn(dir);
    expect(await trunk.reconcile('dying-0')).toMatchObject({ kind: 'ENDED' });
    await (await trunk.place(order('next', '+919800001241'))).ended();
    expect(events(dir, 'next')).toEqual(['PLACED', 'ENDED']);
  });
});

describe.runIf(process.platform === 'linux')('a process id that was given to another process', () => {
  it('is not taken for the process that carried the call', async () => {
    const dir = freshDir();
    const at = new Date().toISOString();
    const header = { event: 'OPENED', at, pid: process.pid, host: hostname(), processStart: '1' };
    const placed = { event: 'PLACED', at, attemptId: 'reused' };
    const file = join(dir, `voice-${process.pid}-1-000000.jsonl`);
    writeFileSync(file, `${JSON.stringify(header)}\n${JSON.stringify(placed)}\n`);
    expect(await trunkOn(dir, { foreignWaitMs: 60_000 }).reconcile('reused')).toMatchObject({
      kind: 'UNKNOWN',
      why: expect.stringContaining('died'),
    });
  });
});

describe('several processes on one record', () => {
  it('a call that another living process carries is waited for and then ENDED', async () => {
    const dir = freshDir();
    const child = await callerProcess(dir, 1000, ['+919800001240'], 'answered');
    const trunk = trunkOn(dir, { foreignWaitMs: 30_000 });
    await expect(trunk.place(order('dying-0', '+919800001240'))).rejects.toBeInstanceOf(DuplicateAttempt);
    const found = trunk.reconcile('dying-0');
    child.stdin?.write('hang up\n');
    // That process knows more of it, and settles it.
    expect(await found).toMatchObject({
      kind: 'ENDED',
      ending: { outcome: 'ANSWERED' },
      carriedElsewhere: true,
    });
  });

  it('a call that another living process keeps up is UNKNOWN after the wait, and says so', async () => {
    const dir = freshDir();
    await callerProcess(dir, 1, ['+919800001242'], 'placed');
    const trunk = trunkOn(dir, { foreignWaitMs: 200 });
    expect(await trunk.reconcile('dying-0')).toEqual({
      kind: 'UNKNOWN',
      why: 'another process is still carrying the call',
      carriedElsewhere: true,
    });
  });

  it('a process that dies while it is waited for leaves UNKNOWN', async () => {
    const dir = freshDir();
    const child = await callerProcess(dir, 1, ['+919800001242'], 'placed');
    const found = trunkOn(dir, { foreignWaitMs: 60_000 }).reconcile('dying-0');
    await killHard(child);
    expect(await found).toEqual({ kind: 'UNKNOWN', why: expect.stringContaining('died') });
  });
});

describe('the memory of the record', () => {
  it('is bounded, and endings that left it are still found in the files', async () => {
    const dir = freshDir();
    const records = openCallRecords(dir, 10);
    open.push(records);
    const ending = {
      outcome: 'BUSY',
      cause: '17 user busy',
      answeredAt: undefined,
      endedAt: new Date(0),
    } as const;
    for (let n = 0; n < 100; n++) {
      await records.placed(`n${n}`, '1241');
      await records.ended(`n${n}`, ending);
    }
    expect(records.isKnown('n5')).toBe(false);
    expect(records.look('n5')).toEqual({ state: 'ENDED', ending });
    expect(records.look('n99')).toEqual({ state: 'ENDED', ending });
    expect(records.look('n100')).toEqual({ state: 'UNHEARD_OF' });
  });
});
