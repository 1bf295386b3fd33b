/**
 * Simulated telephones: one SIPp process that plays everybody who is called. The last digit of the number
 * decides, as everywhere in Clarion:
 *
 * 0 answers, says hello and listens (with a 9 before it, hums a tone of 440 Hz) | 1 busy (486) | 2 rings for
 * ever | 3 declines (603) | 4 no such number (404) | 5 answers and presses the digit before the last, by
 * RFC 4733 | 6 the same by SIP INFO | 7 answers and hangs up after two seconds | 8 network failure (503)
 * unless the header X-Attempt-Number is above 1 | 9 an answering machine: a long greeting, a beep, silence.
 *
 * Every INVITE is written down: what was really called, however sure a program is of what it asked for.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from '../local/postgres.ts';
import { Trouble } from '../local/trouble.ts';
import { end, isRunning, spawnGuarded } from './asterisk.ts';
import { freeUdpPort, isUdpFree, PHONES_RTP } from './free-ports.ts';
import type { TelephonyKit } from './kit.ts';
import { type OwnVoice, phoneScenario } from './phone-scenario.ts';
import { makePeoplesVoices } from './voices.ts';

/** Answering-machine detection takes up to two and a half seconds before a flow begins to ask. */
const PRESS_AFTER_MS = 4500;
const START_LIMIT_MS = 20_000;
/** Linux's number of the right to send packets of one's own making, with which SIPp plays RFC 4733 keys. */
const CAP_NET_RAW = 13n;

export interface PhonesOptions {
  kit: TelephonyKit;
  /** Everything of theirs is in it. */
  dir: string;
  /** Free where absent. */
  sipPort?: number;
  /** Further people, asked first: their numbers end in `digits`, they say what is in the file and are quiet then. */
  voices?: OwnVoice[];
  /** Send no voice at all: for measuring calls by the thousand. A machine cannot be told from a person then. */
  mute?: boolean;
  /** How long a telephone rings before it is answered. Default 0. */
  ringMs?: number;
  /** From the answer to a key press. Default 4500. */
  pressAfterMs?: number;
}

/** An INVITE that reached a telephone. */
export interface Invite {
  called: string;
  /** Empty where the header was not there. */
  attemptId: string;
  attemptNumber: number | undefined;
  at: Date;
}

export interface RunningPhones {
  sipPort: number;
  /** Their voices are in `voices`, what they were called with in `invites-*.log`. */
  dir: string;
  /** Every INVITE so far, in order. Repetitions of one by UDP count once. */
  invites(): Promise<Invite[]>;
  pid(): number | undefined;
  stop(): Promise<void>;
}

export interface PhonesLayout {
  command: Command;
  sipPort: number;
  dir: string;
}

/** Makes voices and scenario, and says what to run. */
export async function layOutPhones(options: PhonesOptions): Promise<PhonesLayout> {
  const dir = resolve(options.dir);
  mkdirSync(dir, { recursive: true });
  const voices = await makePeoplesVoices(options.kit, join(dir, 'voices'));
  const scenario = phoneScenario({
    voices: options.mute ? undefined : voices,
    ownVoices: options.voices ?? [],
    ringMs: options.ringMs ?? 0,
    pressAfterMs: options.pressAfterMs ?? PRESS_AFTER_MS,
    keysDir: maySendRaw() ? options.kit.sippDir : undefined,
  });
  writeFileSync(join(dir, 'phones.xml'), scenario);
  const sipPort = options.sipPort ?? (await freeUdpPort());
  return { command: sippCommand(options.kit, dir, sipPort), sipPort, dir };
}

/** SIPp begins its log anew at each start: each has a file of its own, so that no INVITE is forgotten. */
function sippCommand(kit: TelephonyKit, dir: string, sipPort: number): Command {
  const args = [
    ...['-sf', join(dir, 'phones.xml'), '-i', '127.0.0.1', '-p', String(sipPort), '-ci', '127.0.0.1'],
    ...['-mi', '127.0.0.1', '-mp', String(PHONES_RTP.first)],
    ...['-min_rtp_port', String(PHONES_RTP.first), '-max_rtp_port', String(PHONES_RTP.last)],
    ...['-aa', '-nostdin', '-l', '20000', '-max_socket', '60000', '-default_behaviors', 'all,-bye'],
    ...['-trace_logs', '-trace_err', '-error_file', join(dir, 'errors.log')],
  ];
  const script = 'exec "$0" "$@" -log_file "invites-$(date +%s%N).log"';
  return { program: 'sh', args: ['-c', script, kit.sipp, ...args], cwd: dir };
}

/** Whether this process may send packets of its own making. */
export function maySendRaw(): boolean {
  const rights = /^CapEff:\s*([0-9a-f]+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  return ((BigInt(`0x${rights}`) >> CAP_NET_RAW) & 1n) === 1n;
}

/** @throws Trouble when SIPp does not start */
export async function startPhones(options: PhonesOptions): Promise<RunningPhones> {
  const { command, sipPort, dir } = await layOutPhones(options);
  const child = spawnGuarded(command, join(dir, 'sipp.log'));
  const deadline = Date.now() + START_LIMIT_MS;
  while (await isUdpFree(sipPort)) {
    if (!isRunning(child) || Date.now() > deadline) {
      await end(child, 'SIGKILL');
      throw new Trouble(`SIPp did not start; see ${join(dir, 'errors.log')} and ${join(dir, 'sipp.log')}`);
    }
    await sleep(25);
  }
  return {
    sipPort,
    dir,
    invites: async () => readInvites(dir),
    pid: () => (isRunning(child) ? child.pid : undefined),
    stop: () => end(child, 'SIGKILL'),
  };
}

/** What the telephones of a folder were called with, in all their starts. */
export function readInvites(dir: string): Invite[] {
  const logs = readdirSync(dir).filter((name) => /^invites-\d+\.log$/.test(name));
  return logs
    .sort()
    .flatMap((name) => readFileSync(join(dir, name), 'utf8').split('\n').flatMap(parseInvite));
}

/** A line that is still being written is left for the next time. SIPp ends its times with seconds since 1970. */
function parseInvite(line: string): Invite[] {
  const match = /^INVITE called=(\S*) attempt=(\S*) number=(\S*) at=.*\t(\d+\.\d{6})$/.exec(line);
  if (!match) return [];
  const [, called = '', attemptId = '', number = '', seconds] = match;
  const attemptNumber = number === '' ? undefined : Number(number);
  return [{ called, attemptId, attemptNumber, at: new Date(Number(seconds) * 1000) }];
}
