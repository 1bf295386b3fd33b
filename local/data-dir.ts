/**
 * The data directory of a stack: who may use it (one start at a time), what it remembers between starts
 * (ports, keys, the password of the database), and cleaning up after a start that was killed.
 */
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { takeLock } from './lock.ts';
import { endProcesses, processesWorkingIn, processIdentity, stackProcesses } from './processes.ts';
import { Trouble } from './trouble.ts';

/** Raised when a later Clarion keeps its data in a way that this one could not read. */
const LAYOUT = 1;
const MEMORY = 'stack.json';
const HANDOVER = 'local.json';
/** How long a start whose npm was killed takes to notice and end its parts, at most. */
const PREDECESSOR_LIMIT_MS = 45_000;

const memorySchema = z.object({
  layout: z.number().int(),
  ports: z
    .object({
      api: z.number(),
      postgres: z.number(),
      temporal: z.number(),
      temporalUi: z.number(),
      inbox: z.number(),
      mailIn: z.number(),
    })
    .partial(),
  postgresPassword: z.string(),
  apiKey: z.string(),
  operationsKey: z.string(),
  adminPassword: z.string(),
  /** CLARION_SECRET of this stack. Data directories of before there were people have none yet. */
  secret: z.string().default(() => randomText(48)),
  /** Makes sending the sample campaign twice harmless. */
  sampleKey: z.string(),
  sampleSent: z.boolean(),
  /** Of `npm run telephony`. */
  telephony: z
    .object({
      systemName: z.string(),
      ariPassword: z.string(),
      softphonePassword: z.string(),
      ports: z.object({ ari: z.number(), sip: z.number(), phones: z.number() }),
    })
    .optional(),
});

/** What a stack remembers between starts. Secrets: readable by the owner alone. */
export type Memory = z.infer<typeof memorySchema>;

/** `local.json`: what other programs need to use a running stack. Names are fixed. */
export interface Handover {
  url: string;
  apiKey: string;
  operationsKey: string;
  adminEmail: string;
  adminPassword: string;
  databaseUrl: string;
  temporalAddress: string;
  temporalUi: string;
  inboxUrl: string;
  /** Lists by mail: where mail is taken and at which address, and what a mail of the demo's owner is signed with. */
  mailIn?: { url: string; address: string; sender: string; keyFile: string; selector: string };
  /** These only with `npm run telephony`. Base URL of ARI; SIP ports on 127.0.0.1 of Asterisk and the telephones. */
  ariUrl?: string;
  ariUser?: string;
  ariPassword?: string;
  sipPort?: number;
  phonesSipPort?: number;
  softphonePassword?: string;
  /** Files and folders: the call record, sounds, and what the telephones were called with. */
  callRecords?: string;
  soundsDir?: string;
  phonesDir?: string;
}

export interface DataDir {
  /** Absolute, without symbolic links. */
  path: string;
  /** A path inside. */
  file(name: string): string;
  memory: Memory;
  /** Keeps `memory` as it is now. */
  remember(): void;
  writeHandover(handover: Handover): void;
  /** The stack has ended: no more `local.json`, and the next start may come. */
  close(): void;
}

/**
 * Opens the data directory for this process alone, making it on the first start.
 * @throws Trouble when another start uses it, it cannot be written, or a newer Clarion made it
 */
export async function openDataDir(path: string, say: (line: string) => void): Promise<DataDir> {
  const made = resolve(path);
  // Uploaded lists lie in it: nobody else may look inside.
  mkdirSync(made, { recursive: true, mode: 0o700 });
  // The real path is the mark of the stack's processes: the same however it was written.
  const dir = realpathSync(made);
  const release = await lockAgainstOthers(dir, say);
  try {
    for (const name of ['logs', 'storage']) mkdirSync(join(dir, name), { recursive: true, mode: 0o700 });
    rmSync(join(dir, HANDOVER), { force: true });
    const memory = recall(dir);
    const remember = () => writeWhole(join(dir, MEMORY), memory);
    remember();
    await endLeftovers(dir, say);
    return {
      path: dir,
      file: (name) => join(dir, name),
      memory,
      remember,
      writeHandover: (handover) => writeWhole(join(dir, HANDOVER), handover),
      close: () => {
        rmSync(join(dir, HANDOVER), { force: true });
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

async function lockAgainstOthers(dir: string, say: (line: string) => void): Promise<() => void> {
  const deadline = Date.now() + PREDECESSOR_LIMIT_MS;
  for (let told = false; ; await sleep(250)) {
    const lock = takeLock(join(dir, 'lock'));
    if (lock.taken) return lock.release;
    const { pid, parent } = lock.holder;
    const isEnding = parent !== null && processIdentity(parent.pid) !== parent.identity;
    if (!isEnding || Date.now() > deadline) {
      throw new Trouble(
        `Clarion already runs on ${dir} (process ${pid}). End it there, or set CLARION_DATA_DIR to another folder`,
      );
    }
    if (!told) say(`Waiting for process ${pid} to end, whose terminal has gone`);
    told = true;
  }
}

function recall(dir: string): Memory {
  const path = join(dir, MEMORY);
  if (!existsSync(path)) return firstMemory();
  let found: unknown;
  try {
    found = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new Trouble(`${path} is damaged; restore it, or set CLARION_DATA_DIR to a new folder`);
    throw error;
  }
  const layout = z.object({ layout: z.number() }).safeParse(found);
  if (layout.success && layout.data.layout > LAYOUT) {
    throw new Trouble(
      `${dir} was made by a newer Clarion; use that one, or set CLARION_DATA_DIR to another folder`,
    );
  }
  const memory = memorySchema.safeParse(found);
  if (!memory.success)
    throw new Trouble(`${path} is damaged; restore it, or set CLARION_DATA_DIR to a new folder`);
  return memory.data;
}

function firstMemory(): Memory {
  return {
    layout: LAYOUT,
    ports: {},
    postgresPassword: randomText(24),
    apiKey: `ck_${randomText(40)}`,
    operationsKey: `ck_${randomText(40)}`,
    adminPassword: randomText(16),
    secret: randomText(48),
    sampleKey: randomText(24),
    sampleSent: false,
  };
}

/** Letters and digits of equal chance: 62 goes four times into 256, and bytes above that are drawn again. */
export function randomText(length: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < 248 && text.length < length) text += alphabet[byte % 62];
    }
  }
  return text;
}

/** Whole or not at all, whenever the process is killed; readable by the owner alone. */
function writeWhole(path: string, content: unknown): void {
  const work = `${path}.new`;
  writeFileSync(work, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flush: true });
  chmodSync(work, 0o600);
  renameSync(work, path);
}

/**
 * Ends what a killed start left running, in the order of an orderly end. Nobody else can be meant: this
 * process holds the lock, and only processes of this data directory carry its mark.
 */
async function endLeftovers(dir: string, say: (line: string) => void): Promise<void> {
  const left = stackProcesses(dir);
  if (left.length > 0) say(`Ending ${left.length} processes of a start that was killed`);
  const pidsOf = (...parts: string[]) =>
    left.filter(({ part }) => parts.includes(part)).map(({ pid }) => pid);
  await endProcesses(pidsOf('api'), 'SIGTERM', 3000);
  await endProcesses(pidsOf('worker', 'ingest'), 'SIGTERM', 5000);
  await endProcesses(pidsOf('asterisk', 'phones'), 'SIGTERM', 3000);
  await endProcesses(pidsOf('temporal', 'inbox'), 'SIGTERM', 5000);
  await endProcesses(pidsOf('postgres'), 'SIGINT', 20_000);
  await endBackends(join(dir, 'postgres'));
}

/**
 * Sessions of a PostgreSQL whose first process was killed end by themselves when they notice. A new server
 * must not start before the last has gone: two would write the same files.
 */
export async function endBackends(postgresDir: string): Promise<void> {
  const deadline = Date.now() + 5000;
  while (processesWorkingIn(postgresDir).length > 0 && Date.now() < deadline) await sleep(50);
  await endProcesses(processesWorkingIn(postgresDir), 'SIGQUIT', 2000);
  rmSync(join(postgresDir, 'postmaster.pid'), { force: true });
}
