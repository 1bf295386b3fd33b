/** What each part of the stack is: its program, its environment, how to tell that it is ready, and how it ends. */
import { fileURLToPath } from 'node:url';
import { QUEUES } from '../workflows/contract.ts';
import type { DataDir } from './data-dir.ts';
import { endBackends } from './data-dir.ts';
import type { PartOptions } from './part.ts';
import { type Command, databaseUrl, postgresAnswers, postgresCommand } from './postgres.ts';
import { missingSearchAttributes, polledQueues, temporalArguments } from './temporal.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Above the worker's own limit (`worker/queues.ts`) for calls in progress when it is told to end. */
const DRAIN_LIMIT_MS = 20_000;

/** Text messages are sent from inside calls so far: nobody works on the queue `sms`, and nobody waits on it. */
export const WORKED_QUEUES: string[] = Object.values(QUEUES).filter((name) => name !== QUEUES.sms);

type Say = (line: string) => void;

function part(
  dir: DataDir,
  say: Say,
  name: string,
): Pick<PartOptions, 'name' | 'dataDir' | 'logFile' | 'say'> {
  return { name, dataDir: dir.path, logFile: dir.file(`logs/${name}.log`), say };
}

/** A TypeScript program of this project. */
function nodeProgram(path: string, ...nodeOptions: string[]): Command {
  return { program: process.execPath, args: [...nodeOptions, '--import', 'tsx', path], cwd: ROOT };
}

export function postgresPart(dir: DataDir, say: Say, port: number): PartOptions {
  const dataDir = dir.file('postgres');
  const password = dir.memory.postgresPassword;
  return {
    ...part(dir, say, 'postgres'),
    title: 'PostgreSQL',
    command: postgresCommand({ dataDir, port, password, durable: true }),
    ready: () => postgresAnswers(databaseUrl(port, password, 'postgres')),
    beforeRestart: () => endBackends(dataDir),
    // Fast shutdown: ends sessions and writes everything down.
    stopSignal: 'SIGINT',
    stopLimitMs: 30_000,
  };
}

export function temporalPart(
  dir: DataDir,
  say: Say,
  options: { program: string; port: number; uiPort: number },
): PartOptions {
  const { program, port, uiPort } = options;
  return {
    ...part(dir, say, 'temporal'),
    title: 'Temporal',
    command: { program, args: temporalArguments({ port, uiPort, dbFile: dir.file('temporal.db') }) },
    ready: () =>
      answers(async () => (await missingSearchAttributes(`127.0.0.1:${port}`, 'default')).length === 0),
    stopSignal: 'SIGTERM',
    stopLimitMs: 10_000,
  };
}

export function inboxPart(dir: DataDir, say: Say, port: number): PartOptions {
  return {
    ...part(dir, say, 'inbox'),
    title: 'The inbox',
    command: nodeProgram('local/inbox.ts'),
    env: { INBOX_PORT: String(port), INBOX_FILE: dir.file('inbox.jsonl') },
    ready: () => respondsOk(`http://127.0.0.1:${port}/health-check`),
    stopSignal: 'SIGTERM',
    stopLimitMs: 3000,
  };
}

/** @param queues what this process works on; reading lists has one of its own, so that it never stalls a call */
export function workerPart(
  dir: DataDir,
  say: Say,
  options: { name: 'worker' | 'ingest'; queues: string[]; env: Record<string, string> },
): PartOptions {
  const { name, queues, env } = options;
  const address = env.TEMPORAL_ADDRESS ?? '';
  return {
    ...part(dir, say, name),
    title: name === 'worker' ? 'The worker' : 'The ingest worker',
    command: nodeProgram('worker/main.ts'),
    env: { ...env, CLARION_QUEUES: queues.join(',') },
    ready: () =>
      answers(async () => {
        const worked = queues.filter((name) => WORKED_QUEUES.includes(name));
        const polled = await polledQueues(address, env.TEMPORAL_NAMESPACE ?? 'default', worked);
        return polled.length === worked.length;
      }),
    stopSignal: 'SIGTERM',
    stopLimitMs: DRAIN_LIMIT_MS,
  };
}

export function apiPart(
  dir: DataDir,
  say: Say,
  options: { url: string; env: Record<string, string> },
): PartOptions {
  return {
    ...part(dir, say, 'api'),
    title: 'The API',
    command: nodeProgram('api/main.ts'),
    env: options.env,
    ready: () => respondsOk(`${options.url}/healthz`),
    stopSignal: 'SIGTERM',
    stopLimitMs: 6000,
  };
}

/** A question that fails while the other side is not up yet is a no. */
async function answers(question: () => Promise<boolean>): Promise<boolean> {
  try {
    return await question();
  } catch {
    return false;
  }
}

export async function respondsOk(url: string): Promise<boolean> {
  return answers(async () => (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok);
}
