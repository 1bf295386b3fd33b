/** A real Asterisk for tests, the benchmark and the chaos program: started, watched, hurt and ended from here. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, truncateSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from '../local/postgres.ts';
import { executableOnPath } from '../local/temporal-binary.ts';
import { Trouble } from '../local/trouble.ts';
import { type AsteriskLayout, type AsteriskPorts, type AsteriskSettings, layOut } from './configuration.ts';
import { asteriskPorts } from './free-ports.ts';
import type { TelephonyKit } from './kit.ts';

const READY_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 5000;
/** A free port may be taken by another before Asterisk has it. */
const TRIES = 3;

export interface AsteriskOptions {
  kit: TelephonyKit;
  /** Everything of this server is in it. */
  dir: string;
  /** Begins its name; the rest is drawn. */
  name: string;
  /** SIP port on 127.0.0.1 of the far end of the line `trunk`: `startPhones(...).sipPort`. */
  phones: number;
  /** Further lines: PJSIP endpoints by name, each with a SIP port on 127.0.0.1. */
  lines?: Record<string, number>;
  /** Free ones where absent. */
  ports?: AsteriskPorts;
  /** Of ARI's user. Drawn where absent; servers that a worker uses together have one in common. */
  password?: string;
  /** A call in which nothing is heard for so long is ended. Default 120; 0: never. */
  rtpTimeoutSeconds?: number;
}

export interface RunningAsterisk {
  name: string;
  /** Of its web server, without a path: `http://127.0.0.1:<port>`. */
  url: string;
  user: string;
  password: string;
  softphonePassword: string;
  ports: AsteriskPorts;
  sipPort: number;
  /** The call record: a CSV file of events (`telephony/asterisk/cel_custom.conf`). */
  callRecords: string;
  soundsDir: string;
  recordingsDir: string;
  /** What it complains of. */
  messages: string;
  pid(): number | undefined;
  /** In good order. */
  stop(): Promise<void>;
  /** At once, like `kill -9`. Resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGSTOP: it is there and does not answer. */
  pause(): void;
  resume(): void;
  /** Ends what runs, if any, at once, and starts it again with the same ports, records and secrets. */
  restart(): Promise<void>;
}

/**
 * @returns when ARI answers
 * @throws Trouble with Asterisk's own words when it does not start
 */
export async function startAsterisk(options: AsteriskOptions): Promise<RunningAsterisk> {
  const dir = resolve(options.dir);
  const settings: AsteriskSettings = {
    kit: options.kit,
    dir,
    systemName: `${options.name}-${randomBytes(4).toString('hex')}`,
    ports: options.ports ?? (await asteriskPorts()),
    user: 'clarion',
    password: options.password ?? randomBytes(18).toString('hex'),
    softphonePassword: randomBytes(9).toString('hex'),
    lines: { ...options.lines, trunk: options.phones },
    rtpTimeoutSeconds: options.rtpTimeoutSeconds ?? 120,
  };
  for (let attempt = 1; ; attempt++) {
    try {
      const layout = layOut(settings);
      return running(settings, layout, await launch(settings, layout));
    } catch (error) {
      if (options.ports || attempt === TRIES || !(error instanceof PortTaken)) throw error;
      settings.ports = await asteriskPorts();
    }
  }
}

class PortTaken extends Trouble {}

async function launch(settings: AsteriskSettings, layout: AsteriskLayout): Promise<ChildProcess> {
  if (existsSync(layout.messages)) truncateSync(layout.messages);
  const child = spawnGuarded(layout.command, join(settings.dir, 'asterisk.log'));
  const deadline = Date.now() + READY_LIMIT_MS;
  while (!(await ariAnswers(settings))) {
    if (!isRunning(child) || Date.now() > deadline) {
      await end(child, 'SIGKILL');
      throw new Trouble(`Asterisk did not start: ${lastComplaint(settings, layout)}`);
    }
    await sleep(25);
  }
  // It starts without SIP when another has the port, and would ring nobody.
  if (/bind|Address already in use/i.test(complaints(layout))) {
    await end(child, 'SIGKILL');
    throw new PortTaken(`Asterisk did not start: ${lastComplaint(settings, layout)}`);
  }
  return child;
}

/** Whether the ARI of a server answers to this user. */
export async function ariAnswers(
  at: Pick<AsteriskSettings, 'ports' | 'user' | 'password'>,
): Promise<boolean> {
  const authorization = `Basic ${Buffer.from(`${at.user}:${at.password}`).toString('base64')}`;
  try {
    const answer = await fetch(`http://127.0.0.1:${at.ports.ari}/ari/endpoints`, {
      headers: { authorization },
      signal: AbortSignal.timeout(2000),
    });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}

function running(settings: AsteriskSettings, layout: AsteriskLayout, first: ChildProcess): RunningAsterisk {
  let child = first;
  const { ports, user, password, softphonePassword } = settings;
  return {
    name: settings.systemName,
    url: `http://127.0.0.1:${ports.ari}`,
    ...{ user, password, softphonePassword, ports },
    sipPort: ports.sip,
    callRecords: layout.callRecords,
    soundsDir: layout.soundsDir,
    recordingsDir: layout.recordingsDir,
    messages: layout.messages,
    pid: () => (isRunning(child) ? child.pid : undefined),
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    restart: async () => {
      await end(child, 'SIGKILL');
      child = await launch(settings, layOut(settings));
    },
  };
}

function complaints(layout: AsteriskLayout): string {
  return existsSync(layout.messages) ? readFileSync(layout.messages, 'utf8') : '';
}

function lastComplaint(settings: AsteriskSettings, layout: AsteriskLayout): string {
  const log = join(settings.dir, 'asterisk.log');
  const words = complaints(layout) + (existsSync(log) ? readFileSync(log, 'utf8') : '');
  const line = words.split('\n').findLast((text) => /ERROR|error/.test(text));
  return line?.trim() ?? 'it ended without a word';
}

/**
 * Starts a server that ends with this process, however that ends: where the operating system can see to it
 * (`setpriv`), even by `kill -9`.
 */
export function spawnGuarded(command: Command, logFile: string): ChildProcess {
  const guard = executableOnPath('setpriv');
  const [program = command.program, ...args] = [
    ...(guard ? [guard, '--pdeathsig', 'KILL', '--'] : []),
    ...[command.program, ...command.args],
  ];
  mkdirSync(resolve(logFile, '..'), { recursive: true });
  const log = openSync(logFile, 'a');
  try {
    const child = spawn(program, args, {
      cwd: command.cwd,
      stdio: ['ignore', log, log],
    });
    const kill = () => child.kill('SIGKILL');
    process.once('exit', kill);
    child.once('exit', () => process.off('exit', kill));
    // A program that cannot be run at all has no exit; `isRunning` sees that it has no id.
    child.once('error', () => {});
    return child;
  } finally {
    closeSync(log);
  }
}

export function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

/** Ends a child, by force after a while, whether it is paused or not. Harmless when it has ended. */
export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (!isRunning(child)) return;
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill(signal);
  child.kill('SIGCONT');
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await ended;
  clearTimeout(force);
}
