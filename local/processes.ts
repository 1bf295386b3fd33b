/**
 * Finding and ending processes of this machine, safely: a process id alone proves nothing, because ids are
 * used again. Every process of a stack carries `CLARION_STACK=<data dir>` in its environment, so what a
 * killed start left behind is found by that mark, even when nobody had the time to note its id.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Environment of every process that a stack starts: which stack, and which part of it. */
export const STACK_MARK = 'CLARION_STACK';
export const PART_MARK = 'CLARION_PART';

export interface StackProcess {
  pid: number;
  /** `postgres`, `temporal`, `inbox`, `worker`, `ingest`, `api`, `asterisk`, `phones`. */
  part: string;
}

const hasProc = process.platform === 'linux';

/**
 * What tells this process from any other that ever had its id: when it was started, and in which boot.
 * @returns undefined when there is no such process (or it is dead and only waits to be reaped)
 */
export function processIdentity(pid: number): string | undefined {
  try {
    if (!hasProc) {
      return (
        execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined
      );
    }
    // After the name in parentheses, which may hold anything: state, then 18 fields on the start time.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19]}`;
  } catch {
    return undefined;
  }
}

/**
 * Who started this process and would be missed: npm when it was `npm start`, which puts a shell between,
 * else the parent.
 */
export function starter(): { pid: number; identity: string } | null {
  const parent = process.ppid;
  const pid = process.env.npm_lifecycle_event && isShell(parent) ? (parentOf(parent) ?? parent) : parent;
  const identity = processIdentity(pid);
  return identity ? { pid, identity } : null;
}

function isShell(pid: number): boolean {
  try {
    const name = hasProc
      ? readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
      : execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return /(^|[/-])(sh|dash|bash|zsh|ash|busybox)$/.test(name);
  } catch {
    return false;
  }
}

function parentOf(pid: number): number | undefined {
  try {
    const parent = hasProc
      ? /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
      : execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' });
    return Number(parent) || undefined;
  } catch {
    return undefined;
  }
}

export function isAlive(pid: number): boolean {
  return processIdentity(pid) !== undefined;
}

/** Every process that carries the mark of this data directory, this process excepted. */
export function stackProcesses(dataDir: string): StackProcess[] {
  const environments = hasProc ? linuxEnvironments() : listedEnvironments();
  const found: StackProcess[] = [];
  for (const { pid, environment } of environments) {
    if (pid === process.pid || !environment.includes(`${STACK_MARK}=${dataDir}`)) continue;
    const part = environment.find((entry) => entry.startsWith(`${PART_MARK}=`));
    found.push({ pid, part: part?.slice(PART_MARK.length + 1) ?? 'unknown' });
  }
  return found.filter(({ pid }) => isAlive(pid));
}

/** Processes whose working directory is this one: PostgreSQL's backends, whose environment is overwritten. */
export function processesWorkingIn(dir: string): number[] {
  if (!hasProc) return [];
  return processIds().filter((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === dir && isAlive(pid);
    } catch {
      return false;
    }
  });
}

function processIds(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function* linuxEnvironments(): Generator<{ pid: number; environment: string[] }> {
  for (const pid of processIds()) {
    try {
      yield { pid, environment: readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0') };
    } catch {
      // Another user's process, or one that has just ended: not ours.
    }
  }
}

/** Where there is no /proc, `ps` shows the environment of one's own processes after their command. */
function* listedEnvironments(): Generator<{ pid: number; environment: string[] }> {
  const listing = execFileSync('ps', ['-axEww', '-o', 'pid=,command='], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  for (const line of listing.split('\n')) {
    const [pid, ...words] = line.trim().split(/\s+/);
    if (pid) yield { pid: Number(pid), environment: words };
  }
}

/**
 * Asks processes to end, and makes those that have not after `graceMs`.
 * @param signal how to ask: each part has its own word for an orderly end
 */
export async function endProcesses(pids: number[], signal: NodeJS.Signals, graceMs: number): Promise<void> {
  const identities = new Map(pids.map((pid) => [pid, processIdentity(pid)]));
  const left = () =>
    pids.filter((pid) => identities.get(pid) && processIdentity(pid) === identities.get(pid));
  for (const pid of left()) signalProcess(pid, signal);
  const deadline = Date.now() + graceMs;
  while (left().length > 0 && Date.now() < deadline) await sleep(25);
  for (const pid of left()) signalProcess(pid, 'SIGKILL');
  while (left().length > 0) await sleep(25);
}

/** Signals a process that may have ended meanwhile. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended, which is what was wanted.
  }
}
