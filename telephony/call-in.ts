/**
 * A call to us: somebody with a telephone calls one of our numbers, by a SIPp process of its own that ends
 * with the call. Their side of it is told in the result.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Trouble } from '../local/trouble.ts';
import { end, spawnGuarded } from './asterisk.ts';
import { freeUdpPort, PHONES_RTP } from './free-ports.ts';
import type { TelephonyKit } from './kit.ts';
import { CONTACT, exec, goTo, label, look, message, NO_BODY, scenario, WITH_SDP } from './phone-scenario.ts';
import { makePeoplesVoices, ulawMs } from './voices.ts';

/** A caller's patience where none is given, and how long a call lasts when nobody ends it. */
const DEFAULT_PATIENCE_MS = 30_000;
const DEFAULT_LENGTH_MS = 60_000;
/** Between the answer and the first key, and from key to key: long enough for a prompt to have begun. */
const FIRST_PRESS_AFTER_MS = 1000;
const NEXT_PRESS_AFTER_MS = 400;
/** Every way in which a server of ours, or one between, may turn a call away. */
const REFUSALS = [
  400, 401, 403, 404, 408, 410, 415, 420, 480, 484, 486, 488, 500, 501, 502, 503, 504, 600, 603, 604, 606,
];

export interface CallInOptions {
  kit: TelephonyKit;
  /** A folder of its own is made in it, and removed. */
  dir: string;
  asteriskSipPort: number;
  /** What is dialled. */
  did: string;
  /** Who calls: digits, or `+` and digits. */
  from: string;
  /** Keys pressed one after the other once the call is answered, by SIP INFO. */
  presses?: string;
  firstPressAfterMs?: number;
  /** A file of raw G.711 µ-law that is said after the answer. Default: "Hello?". Then silence. */
  talks?: string;
  /** From the answer. Absent: waits for us to hang up, at most a minute. */
  hangsUpAfterMs?: number;
  /** How long it lets ring. Default 30 seconds. */
  givesUpAfterMs?: number;
}

/** What became of the call as the caller saw it. `status`: the SIP status that turned it away. */
export type CallInResult =
  | { kind: 'ANSWERED'; endedBy: 'US' | 'CALLER'; rangMs: number; lastedMs: number }
  | { kind: 'REFUSED'; status: number; rangMs: number }
  | { kind: 'GAVE_UP'; rangMs: number };

/** @throws Trouble when the call went in none of these ways */
export async function callIn(options: CallInOptions): Promise<CallInResult> {
  mkdirSync(resolve(options.dir), { recursive: true });
  const dir = mkdtempSync(join(resolve(options.dir), 'call-in-'));
  try {
    const voices = await makePeoplesVoices(options.kit, dir);
    writeFileSync(
      join(dir, 'caller.xml'),
      callerScenario({ ...options, talks: options.talks ?? voices.hello }, voices.quiet),
    );
    const { kit, asteriskSipPort, did } = options;
    const args = [
      ...[
        '-sf',
        join(dir, 'caller.xml'),
        '-i',
        '127.0.0.1',
        '-p',
        String(await freeUdpPort()),
        '-ci',
        '127.0.0.1',
      ],
      ...['-mi', '127.0.0.1', '-mp', String(PHONES_RTP.first)],
      ...['-min_rtp_port', String(PHONES_RTP.first), '-max_rtp_port', String(PHONES_RTP.last)],
      ...['-s', did, '-m', '1', '-nostdin', '-default_behaviors', 'all,-bye'],
      ...[
        '-trace_logs',
        '-log_file',
        join(dir, 'call.log'),
        '-trace_err',
        '-error_file',
        join(dir, 'errors.log'),
      ],
      `127.0.0.1:${asteriskSipPort}`,
    ];
    const child = spawnGuarded({ program: kit.sipp, args, cwd: dir }, join(dir, 'sipp.log'));
    const limit = setTimeout(() => void end(child, 'SIGKILL'), limitMs(options));
    await new Promise<void>((done) => child.once('close', () => done()));
    clearTimeout(limit);
    return whatBecame(read(join(dir, 'call.log')), read(join(dir, 'errors.log')));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function limitMs({ givesUpAfterMs, hangsUpAfterMs }: CallInOptions): number {
  return (givesUpAfterMs ?? DEFAULT_PATIENCE_MS) + (hangsUpAfterMs ?? DEFAULT_LENGTH_MS) + 60_000;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Nothing was written down.
    return '';
  }
}

/** @param log lines `<WHAT> [status] ms=<clock>`, as the scenario writes them */
function whatBecame(log: string, errors: string): CallInResult {
  const at = (what: string) => {
    const match = new RegExp(`^${what} ms=(\\d+)`, 'm').exec(log);
    return match ? Number(match[1]) : undefined;
  };
  const began = at('BEGAN') ?? 0;
  const answered = at('ANSWERED');
  if (answered !== undefined) {
    const byUs = at('ENDED_BY_US');
    const over = byUs ?? at('ENDED_BY_CALLER');
    if (over === undefined) throw new Trouble(`the call broke off: ${errors.trim().split('\n').at(-1)}`);
    const endedBy = byUs === undefined ? 'CALLER' : 'US';
    return { kind: 'ANSWERED', endedBy, rangMs: answered - began, lastedMs: over - answered };
  }
  const refused = /^REFUSED status=(\d+) ms=(\d+)/m.exec(log);
  if (refused) return { kind: 'REFUSED', status: Number(refused[1]), rangMs: Number(refused[2]) - began };
  const gaveUp = at('GAVE_UP');
  if (gaveUp !== undefined) return { kind: 'GAVE_UP', rangMs: gaveUp - began };
  throw new Trouble(`the call was not taken: ${errors.trim().split('\n').at(-1) || 'no answer at all'}`);
}

const AT = { answered: 10, refused: 20, gaveUp: 30, hungUp: 40, leaves: 50, over: 99 };
const note = (what: string): string => `<nop><action><log message="${what} ms=[clock_tick]"/></action></nop>`;

function callerScenario(options: CallInOptions & { talks: string }, quiet: string): string {
  const { from } = options;
  const patience = Math.max(1, options.givesUpAfterMs ?? DEFAULT_PATIENCE_MS);
  const unless = `timeout="${patience}" ontimeout="${AT.gaveUp}"`;
  const contact = look('sip:[^&gt;]*', 'search_in="hdr" header="Contact:"', 'contact');
  const status = look('SIP/2.0 ([0-9]+)', 'search_in="msg"', 'line,status');
  return scenario('caller', [
    note('BEGAN'),
    firstRequest('INVITE', from, WITH_SDP),
    ...[100, 180, 183].map((code) => `<recv response="${code}" optional="true" ${unless}/>`),
    ...REFUSALS.map(
      (code) =>
        `<recv response="${code}" optional="true" next="${AT.refused}" ${unless}><action>${status}</action></recv>`,
    ),
    `<recv response="200" ${unless}><action>${contact}</action></recv>`,
    '<Reference variables="line"/>',
    withinCall('ACK', from, [NO_BODY]),
    note('ANSWERED'),
    ...conversation(options, quiet),
    ...ends(from),
  ]);
}

/** A request to the number itself: INVITE, or what belongs to it and so bears its branch. */
function firstRequest(method: string, from: string, lines: string[]): string {
  const invites = method === 'INVITE';
  const via = invites ? 'Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]' : '[last_Via:]';
  return `<send${method === 'ACK' ? '' : ' retrans="500"'}>${message(
    `${method} sip:[service]@[remote_ip]:[remote_port] SIP/2.0`,
    via,
    `From: <sip:${from}@[local_ip]:[local_port]>;tag=[pid]-[call_number]`,
    method === 'ACK' ? '[last_To:]' : 'To: <sip:[service]@[remote_ip]:[remote_port]>',
    'Call-ID: [call_id]',
    `CSeq: 1 ${method}`,
    CONTACT,
    'Max-Forwards: 70',
    ...lines,
  )}</send>`;
}

function withinCall(method: string, from: string, lines: string[]): string {
  return `<send${method === 'ACK' ? '' : ' retrans="500"'}>${message(
    `${method} [$contact] SIP/2.0`,
    'Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]',
    `From: <sip:${from}@[local_ip]:[local_port]>;tag=[pid]-[call_number]`,
    '[last_To:]',
    'Call-ID: [call_id]',
    `CSeq: ${method === 'ACK' ? '1' : '[cseq]'} ${method}`,
    CONTACT,
    'Max-Forwards: 70',
    ...lines,
  )}</send>`;
}

/** Speaks, presses keys, and waits to be hung up on, or hangs up. */
function conversation(options: CallInOptions & { talks: string }, quiet: string): string[] {
  const { talks, presses = '', from } = options;
  let spentMs = 0;
  let next = 100;
  const wait = (ms: number) => {
    const at = next++;
    const timeout = Math.max(1, Math.round(ms));
    spentMs += timeout;
    return [`<recv request="BYE" timeout="${timeout}" ontimeout="${at}" next="${AT.hungUp}"/>`, label(at)];
  };
  const talkMs = Math.min(ulawMs(talks), options.hangsUpAfterMs ?? Number.POSITIVE_INFINITY);
  const keys = [...presses].flatMap((key, n) => [
    ...wait(n > 0 ? NEXT_PRESS_AFTER_MS : (options.firstPressAfterMs ?? FIRST_PRESS_AFTER_MS) - talkMs),
    withinCall('INFO', from, [
      ...['Content-Type: application/dtmf-relay', 'Content-Length: [len]', ''],
      ...[`Signal=${key}`, 'Duration=160'],
    ]),
    '<recv response="200"/>',
  ]);
  return [
    exec(`rtp_stream="${talks},1,0"`),
    ...wait(talkMs),
    exec(`rtp_stream="${quiet},-1,0"`),
    ...keys,
    ...wait((options.hangsUpAfterMs ?? DEFAULT_LENGTH_MS) - spentMs),
    goTo(AT.leaves),
  ];
}

function ends(from: string): string[] {
  const headers = ['[last_Via:]', '[last_From:]', '[last_To:]', '[last_Call-ID:]', '[last_CSeq:]', CONTACT];
  return [
    label(AT.refused),
    firstRequest('ACK', from, [NO_BODY]),
    note('REFUSED status=[$status]'),
    goTo(AT.over),
    label(AT.gaveUp),
    note('GAVE_UP'),
    firstRequest('CANCEL', from, [NO_BODY]),
    '<recv response="200"/>',
    '<recv response="487"/>',
    firstRequest('ACK', from, [NO_BODY]),
    goTo(AT.over),
    label(AT.hungUp),
    note('ENDED_BY_US'),
    `<send>${message('SIP/2.0 200 OK', ...headers, NO_BODY)}</send>`,
    goTo(AT.over),
    label(AT.leaves),
    note('ENDED_BY_CALLER'),
    withinCall('BYE', from, [NO_BODY]),
    '<recv response="200"/>',
    label(AT.over),
  ];
}
