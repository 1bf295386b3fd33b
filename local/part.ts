/**
 * A part of the stack: one child process that is started, watched, started again when it dies unexpectedly,
 * and ended. It has a process group of its own, so Ctrl-C in the terminal reaches only the parent, which
 * ends the parts in order.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readSync, renameSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from './postgres.ts';
import { PART_MARK, STACK_MARK, signalProcess } from './processes.ts';
import { saysDiskFull, Trouble, withRemedy } from './trouble.ts';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** A part that has run this long is well: its next death is its first again. */
const WELL_AFTER_MS = 60_000;
const READY_LIMIT_MS = 90_000;
const NOTHING_FREE_BYTES = 1024 * 1024;
/** A log that is larger than this when its part starts is set aside; one older log is kept. */
const LOG_LIMIT_BYTES = 20 * 1024 * 1024;

export interface PartOptions {
  /** One word, also of its log file. */
  name: string;
  /** What people call it. */
  title: string;
  dataDir: string;
  logFile: string;
  command: Command;
  /** Added to this process's environment. */
  env?: Record<string, string>;
  /** Asked until it says yes; the part counts as started then. */
  ready(): Promise<boolean>;
  /** Run before each start but the first. */
  beforeRestart?(): Promise<void>;
  stopSignal: NodeJS.Signals;
  /** How long an orderly end may take before it is forced. */
  stopLimitMs: number;
  say: (line: string) => void;
}

export interface Part {
  name: string;
  pid(): number | undefined;
  stop(): Promise<void>;
  /** At once and without order. */
  kill(): void;
}

/**
 * Starts a part.
 * @param register told of the part at once, so that it can be stopped while it still starts
 * @returns when it is ready
 * @throws Trouble with the part's own last words when it ends before that
 */
export async function startPart(options: PartOptions, register: (part: Part) => void): Promise<void> {
  const state: State = { options, child: undefined, stopping: false, startedAt: 0, pauseMs: FIRST_PAUSE_MS };
  setLargeLogAside(options.logFile);
  launch(state);
  register({
    name: options.name,
    pid: () => state.child?.pid,
    stop: () => stop(state),
    kill: () => {
      state.stopping = true;
      if (state.child?.pid && isRunning(state.child)) signalProcess(state.child.pid, 'SIGKILL');
    },
  });
  await becomeReady(state);
  watch(state);
}

interface State {
  options: PartOptions;
  child: ChildProcess | undefined;
  stopping: boolean;
  startedAt: number;
  pauseMs: number;
}

function launch(state: State): void {
  const { command, name, dataDir, logFile, env } = state.options;
  const log = openSync(logFile, 'a');
  try {
    const child = spawn(command.program, command.args, {
      cwd: command.cwd,
      env: { ...process.env, ...env, [STACK_MARK]: dataDir, [PART_MARK]: name },
      stdio: ['ignore', log, log],
      detached: true,
      ...command.runAs,
    });
    // A program that cannot be run at all has no exit; `isRunning` sees that it has no id.
    child.once('error', () => {});
    state.child = child;
    state.startedAt = Date.now();
  } finally {
    closeSync(log);
  }
}

async function becomeReady(state: State): Promise<void> {
  const { title, ready, logFile } = state.options;
  const logged = statSync(logFile).size;
  const deadline = Date.now() + READY_LIMIT_MS;
  while (!(await ready())) {
    if (state.stopping) throw new Trouble('stopped while starting');
    if (!state.child || !isRunning(state.child)) {
      throw new Trouble(
        `${title} did not start: ${withRemedy(lastWords(logFile, logged))} (more in ${logFile})`,
      );
    }
    if (Date.now() > deadline)
      throw new Trouble(`${title} is not ready after ${READY_LIMIT_MS / 1000} s; see ${logFile}`);
    await sleep(50);
  }
}

function watch(state: State): void {
  const { child } = state;
  if (!child) return;
  const onEnd = () => void restart(state, child.signalCode ?? `exit code ${child.exitCode}`);
  if (isRunning(child)) child.once('exit', onEnd);
  else onEnd();
}

/** Once for each unexpected death. One line tells of it; the log of the part has the rest. */
async function restart(state: State, how: string): Promise<void> {
  if (state.stopping) return;
  const { title, logFile, say, beforeRestart } = state.options;
  if (Date.now() - state.startedAt > WELL_AFTER_MS) state.pauseMs = FIRST_PAUSE_MS;
  const words = lastWords(logFile, Math.max(0, statSync(logFile).size - 4096));
  const hint = saysDiskFull(words) ? 'the disk is full' : `see ${logFile}`;
  say(`${title} ended unexpectedly (${how}; ${hint}); starting it again in ${state.pauseMs / 1000} s`);
  await sleep(state.pauseMs, undefined, { ref: false });
  state.pauseMs = Math.min(state.pauseMs * 2, LONGEST_PAUSE_MS);
  try {
    await beforeRestart?.();
    if (state.stopping) return;
    launch(state);
  } catch (error) {
    // A full disk or a missing program now may be well in a moment.
    if (!state.stopping) void restart(state, error instanceof Error ? error.message : String(error));
    return;
  }
  watch(state);
}

async function stop(state: State): Promise<void> {
  state.stopping = true;
  const { child, options } = state;
  if (!child?.pid || !isRunning(child)) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  signalProcess(child.pid, options.stopSignal);
  const pid = child.pid;
  const force = setTimeout(() => signalProcess(pid, 'SIGKILL'), options.stopLimitMs);
  await ended;
  clearTimeout(force);
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

/** The most telling line a part has written to its log from a position on. */
function lastWords(logFile: string, from: number): string {
  const lines = readFrom(logFile, from)
    .split('\n')
    .map(plain)
    .filter((line) => line !== '');
  const telling =
    lines.find(saysDiskFull) ??
    lines.findLast((line) => /FATAL|PANIC|^\S*Error: |\berror\b/i.test(line) && !/^\s*at /.test(line)) ??
    lines.at(-1);
  if (telling) return telling.slice(0, 300);
  // On a full disk even the log stays empty.
  const { bavail, bsize } = statfsSync(dirname(logFile));
  return bavail * bsize < NOTHING_FREE_BYTES ? 'no space left on device' : 'it ended without a word';
}

/** The message of a line of structured log, else the line. */
function plain(line: string): string {
  try {
    const entry: unknown = JSON.parse(line);
    if (entry && typeof entry === 'object' && 'msg' in entry) {
      const error = 'err' in entry && entry.err && typeof entry.err === 'object' ? entry.err : {};
      return `error: ${'message' in error ? String(error.message) : String(entry.msg)}`;
    }
  } catch {
    // Not a structured line.
  }
  return line.trim();
}

function readFrom(path: string, from: number): string {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(Math.min(64 * 1024, Math.max(0, fstatSync(file).size - from)));
    readSync(file, buffer, 0, buffer.length, from);
    return buffer.toString('utf8');
  } finally {
    closeSync(file);
  }
}

function setLargeLogAside(logFile: string): void {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT_BYTES) renameSync(logFile, `${logFile}.1`);
}
