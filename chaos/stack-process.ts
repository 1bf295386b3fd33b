/** The local stack as its user has it: `npm start` as a process of its own, to be killed and started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Handover } from '../local/data-dir.ts';
import { isAlive, signalProcess, stackProcesses } from '../local/processes.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const START_LIMIT_MS = 180_000;
/** Above the longest pause that the stack makes before it starts a part again. */
const BACK_LIMIT_MS = 60_000;

export interface StackProcess {
  /** Starts it and waits until it says it is ready. */
  start(): Promise<Handover>;
  /** `kill -9` of the parts named, or of everything. Waits until they are gone. */
  kill(parts: readonly string[] | 'everything'): Promise<void>;
  /** SIGSTOP of a part for a while. It may be killed meanwhile. */
  freeze(part: string, ms: number): Promise<void>;
  /** Waits until the stack has started these parts again. @throws when it does not */
  back(parts: readonly string[]): Promise<void>;
  /** Whether the process that looks after the parts is running. */
  running(): boolean;
  /** Ends it in order. */
  stop(): Promise<void>;
}

/** @param args of `npm start` */
export function stackProcess(dataDir: string, env: Record<string, string>, args: string[]): StackProcess {
  let child: ChildProcess | undefined;
  let output = '';
  let ended: Promise<void> = Promise.resolve();
  const running = (): boolean => child !== undefined && child.exitCode === null && child.signalCode === null;

  const gone = async (pids: number[]): Promise<void> => {
    while (pids.some(isAlive)) await sleep(20);
  };

  return {
    running,
    async start() {
      output = '';
      const { DATABASE_URL: _, TEMPORAL_ADDRESS: __, ...inherited } = process.env;
      const started = spawn(process.execPath, ['local/start.mjs', ...args], {
        cwd: ROOT,
        env: { ...inherited, CLARION_DATA_DIR: dataDir, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child = started;
      ended = new Promise((resolve) => started.once('close', () => resolve()));
      for (const stream of [started.stdout, started.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          output += text;
        });
      }
      const deadline = Date.now() + START_LIMIT_MS;
      while (!output.includes('Clarion is ready')) {
        if (!running() || Date.now() > deadline) throw new Error(`the stack did not start:\n${output}`);
        await sleep(50);
      }
      return JSON.parse(readFileSync(join(dataDir, 'local.json'), 'utf8')) as Handover;
    },
    async kill(parts) {
      const victims = stackProcesses(dataDir).filter(
        ({ part }) => parts === 'everything' || parts.includes(part),
      );
      // The one that looks after the parts goes first, or it would start them again.
      if (parts === 'everything') child?.kill('SIGKILL');
      for (const { pid } of victims) signalProcess(pid, 'SIGKILL');
      await gone(victims.map(({ pid }) => pid));
      if (parts === 'everything') await ended;
    },
    async freeze(part, ms) {
      const frozen = stackProcesses(dataDir).filter((one) => one.part === part);
      for (const { pid } of frozen) signalProcess(pid, 'SIGSTOP');
      await sleep(ms);
      for (const { pid } of frozen) signalProcess(pid, 'SIGCONT');
    },
    async back(parts) {
      const deadline = Date.now() + BACK_LIMIT_MS;
      for (;;) {
        const present = stackProcesses(dataDir).map(({ part }) => part);
        const missing = parts.filter((part) => !present.includes(part));
        if (missing.length === 0) return;
        if (Date.now() > deadline)
          throw new Error(`not started again: ${missing.join(', ')}\n${output.slice(-2000)}`);
        await sleep(50);
      }
    },
    async stop() {
      if (!running()) return;
      child?.kill('SIGTERM');
      await ended;
    },
  };
}
