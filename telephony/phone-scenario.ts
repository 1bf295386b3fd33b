/**
 * What the simulated telephones do, as a SIPp scenario: one file for all of them, in which the number that
 * was called decides. Times are milliseconds. Who does what is told in `telephony/phones.ts`.
 */
import { type PeoplesVoices, ulawMs } from './voices.ts';

/** A telephone of its own voice, for numbers that end in `digits`. It says it once and is quiet then. */
export interface OwnVoice {
  digits: string;
  /** Raw G.711 µ-law. */
  file: string;
}

export interface ScenarioOptions {
  /** Absent: the telephones send no voice at all, which costs nothing. */
  voices: PeoplesVoices | undefined;
  ownVoices: OwnVoice[];
  /** How long a telephone rings before it is answered. */
  ringMs: number;
  /** From the answer to a key press. */
  pressAfterMs: number;
  /** Folder of recorded RFC 4733 key presses; absent: keys are sent by SIP INFO. */
  keysDir: string | undefined;
}

/** Text of a message, its lines without indentation. */
export function message(...lines: string[]): string {
  return `<![CDATA[\n\n${lines.join('\n')}\n\n]]>`;
}

const TAG = ';tag=[pid]-[call_number]';
export const CONTACT = 'Contact: <sip:phone@[local_ip]:[local_port];transport=[transport]>';
export const NO_BODY = 'Content-Length: 0';
export const SDP = [
  'v=0',
  'o=phone 1 1 IN IP[local_ip_type] [local_ip]',
  's=-',
  'c=IN IP[media_ip_type] [media_ip]',
  't=0 0',
  'm=audio [auto_media_port] RTP/AVP 0 101',
  'a=rtpmap:0 PCMU/8000',
  'a=rtpmap:101 telephone-event/8000',
  'a=fmtp:101 0-16',
  'a=sendrecv',
];
export const WITH_SDP = ['Content-Type: application/sdp', 'Content-Length: [len]', '', ...SDP];

function response(status: string, options: { body?: string[]; cseq?: string; own?: boolean } = {}): string {
  const { body = [NO_BODY], cseq = '[last_CSeq:]', own = true } = options;
  // A final answer to INVITE is repeated until it is acknowledged.
  const repeats = own && !status.startsWith('1') ? ' retrans="500"' : '';
  const to = `[last_To:]${own ? TAG : ''}`;
  const headers = ['[last_Via:]', '[last_From:]', to, '[last_Call-ID:]', cseq, CONTACT];
  return `<send${repeats}>${message(`SIP/2.0 ${status}`, ...headers, ...body)}</send>`;
}

/** A request within the call, from the telephone. */
function request(method: string, lines: string[]): string {
  const headers = [
    `${method} [$contact] SIP/2.0`,
    'Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]',
    `From:[$to]${TAG}`,
    'To:[$from]',
    '[last_Call-ID:]',
    `CSeq: [cseq] ${method}`,
    CONTACT,
    'Max-Forwards: 70',
  ];
  return `<send retrans="500">${message(...headers, ...lines)}</send>`;
}

export const label = (id: number): string => `<label id="${id}"/>`;
export const goTo = (id: number, when?: string): string =>
  `<nop next="${id}"${when === undefined ? '' : ` test="${when}"`}/>`;
export const look = (regexp: string, where: string, into: string): string =>
  `<ereg regexp="${regexp}" ${where} assign_to="${into}"/>`;
export const inHeader = (name: string): string => `search_in="hdr" header="${name}:"`;
export const exec = (what: string): string => `<nop><action><exec ${what}/></action></nop>`;

/** Where the scenario's ways begin. Numbers are SIPp's names for them. */
const AT = {
  answered: 10,
  listen: 20,
  hungUp: 30,
  cancelled: 31,
  over: 99,
  presses: 200,
  pressed: 220,
  ownVoices: 1000,
};
/** The recorded keys last 240 ms; a little more. */
const KEY_MS = 400;
/** Last digit to the way of a telephone that does not answer, or not at first. */
const REFUSALS = [
  { digit: 1, at: 41, status: '486 Busy Here' },
  { digit: 3, at: 43, status: '603 Decline' },
  { digit: 4, at: 44, status: '404 Not Found' },
  { digit: 8, at: 48, status: '503 Service Unavailable' },
];

/** @returns the XML text of the scenario */
export function phoneScenario(options: ScenarioOptions): string {
  const steps = [
    ...takeInvite(options),
    ...ring(options),
    ...answer(options),
    ...people(options),
    ...refusals(),
    ...ends(),
  ];
  return scenario('phones', steps);
}

/** A whole scenario file. */
export function scenario(name: string, steps: string[]): string {
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE scenario SYSTEM "sipp.dtd">';
  return `${head}\n<scenario name="${name}">\n${steps.join('\n')}\n</scenario>\n`;
}

/** Reads the INVITE, writes it down, and turns away those who do not answer. */
function takeInvite({ ownVoices }: ScenarioOptions): string[] {
  const called = (pattern: string) => `^INVITE sips?:${pattern}@`;
  const digits = Array.from({ length: 10 }, (_, digit) => digit);
  return [
    '<recv request="INVITE" crlf="true"><action>',
    look(called('([+0-9]*)'), 'search_in="msg"', 'whole,called'),
    ...digits.map((digit) => look(called(`[+0-9]*${digit}`), 'search_in="msg"', `last${digit}`)),
    ...digits.map((digit) => look(called(`[+0-9]*${digit}[0-9]`), 'search_in="msg"', `before${digit}`)),
    look(called('[+0-9]*([0-9])[0-9]'), 'search_in="msg"', 'pair,key'),
    ...ownVoices.map(({ digits }, n) => look(called(`[+0-9]*${digits}`), 'search_in="msg"', `own${n}`)),
    look('[^ ].*', inHeader('X-Attempt-Id'), 'attempt'),
    look('[0-9]+', inHeader('X-Attempt-Number'), 'number'),
    look('^ *([2-9]|[1-9][0-9]+) *$', inHeader('X-Attempt-Number'), 'again,more'),
    look('sip:[^&gt;]*', inHeader('Contact'), 'contact'),
    look('.*', inHeader('From'), 'from'),
    look('.*', inHeader('To'), 'to'),
    '<log message="INVITE called=[$called] attempt=[$attempt] number=[$number] at=[timestamp]"/>',
    '</action></recv>',
    `<Reference variables="whole,pair,key,more,${digits.map((digit) => `last${digit},before${digit}`).join(',')}"/>`,
    ...ownVoices.map((_, n) => goTo(5, `own${n}`)),
    ...[1, 3, 4].map((digit) => goTo(40 + digit, `last${digit}`)),
    goTo(5, 'again'),
    goTo(48, 'last8'),
    label(5),
  ];
}

function ring({ ringMs, ownVoices }: ScenarioOptions): string[] {
  const answered = ringMs > 0 ? cancelWithin(ringMs, AT.answered) : goTo(AT.answered);
  return [
    response('180 Ringing'),
    ...ownVoices.map((_, n) => goTo(7, `own${n}`)),
    goTo(6, 'last2'),
    label(7),
    answered,
    label(6),
    '<recv request="CANCEL"/>',
    goTo(AT.cancelled),
  ];
}

function cancelWithin(ms: number, then: number): string {
  return `<recv request="CANCEL" timeout="${ms}" ontimeout="${then}" next="${AT.cancelled}"/>`;
}

/** Waits for the other side to hang up, and goes on after a while when it has not. */
function untilHungUp(ms: number, then: number): string {
  return `<recv request="BYE" timeout="${Math.max(1, Math.round(ms))}" ontimeout="${then}" next="${AT.hungUp}"/>`;
}

function answer({ ownVoices }: ScenarioOptions): string[] {
  return [
    label(AT.answered),
    response('200 OK', { body: WITH_SDP }),
    '<recv request="ACK" crlf="true"/>',
    ...ownVoices.map((_, n) => goTo(AT.ownVoices + 2 * n, `own${n}`)),
    ...[5, 6, 7, 9].map((digit) => goTo(50 + 10 * (digit - 5), `last${digit}`)),
    // 0, and whoever was called again: says hello and listens; with a 9 before it, hums.
  ];
}

/** Ways of those who have answered, in steps of ten: 50 keys by RTP, 60 by INFO, 70 leaves, 90 a machine. */
function people(options: ScenarioOptions): string[] {
  const { voices, pressAfterMs, ownVoices } = options;
  const play = (file: string | undefined, times: number) =>
    file === undefined ? [] : [exec(`rtp_stream="${file},${times},0"`)];
  const helloMs = voices ? ulawMs(voices.hello) : 1;
  const spoken = (file: string | undefined, at: number) => [
    ...play(file, 1),
    untilHungUp(file === undefined ? 1 : ulawMs(file), at),
    label(at),
  ];
  const press = (at: number, way: string[]) => [
    label(at),
    ...spoken(voices?.hello, at + 1),
    ...play(voices?.quiet, -1),
    untilHungUp(pressAfterMs - helloMs, at + 2),
    label(at + 2),
    ...way,
    goTo(AT.listen),
  ];
  return [
    ...spoken(voices?.hello, 11),
    goTo(12, 'before9'),
    ...play(voices?.quiet, -1),
    goTo(AT.listen),
    label(12),
    ...play(voices?.tone, -1),
    goTo(AT.listen),
    ...press(50, options.keysDir ? keysByRtp(options.keysDir) : keyByInfo()),
    ...press(60, keyByInfo()),
    ...[label(70), ...spoken(voices?.hello, 71), ...play(voices?.quiet, -1), untilHungUp(2000 - helloMs, 72)],
    ...[label(72), ...leave()],
    ...[label(90), ...spoken(voices?.greeting, 91), ...play(voices?.quiet, -1), goTo(AT.listen)],
    ...ownVoices.flatMap(({ file }, n) => [
      label(AT.ownVoices + 2 * n),
      ...spoken(file, AT.ownVoices + 2 * n + 1),
      ...play(voices?.quiet, -1),
      goTo(AT.listen),
    ]),
  ];
}

/**
 * The key's packets are a recording with a source of their own. Mixed with those of the quiet, each change of source
 * makes Asterisk hear the key anew: so the quiet pauses meanwhile.
 */
function keysByRtp(dir: string): string[] {
  return [
    exec('rtp_stream="pause"'),
    ...Array.from({ length: 10 }, (_, key) => goTo(AT.presses + key, `before${key}`)),
    goTo(AT.pressed),
    ...Array.from({ length: 10 }, (_, key) => [
      label(AT.presses + key),
      exec(`play_pcap_audio="${dir}/dtmf_2833_${key}.pcap"`),
      goTo(AT.pressed),
    ]).flat(),
    label(AT.pressed),
    untilHungUp(KEY_MS, AT.pressed + 1),
    label(AT.pressed + 1),
    exec('rtp_stream="resume"'),
    goTo(AT.listen),
  ];
}

function keyByInfo(): string[] {
  const body = [
    'Content-Type: application/dtmf-relay',
    'Content-Length: [len]',
    '',
    'Signal=[$key]',
    'Duration=160',
  ];
  return [request('INFO', body), '<recv response="200"/>'];
}

function leave(): string[] {
  const reason = 'Reason: Q.850;cause=16;text="Normal call clearing"';
  return [request('BYE', [reason, NO_BODY]), '<recv response="200"/>', goTo(AT.over)];
}

function refusals(): string[] {
  return REFUSALS.flatMap(({ at, status }) => [
    label(at),
    response(status),
    '<recv request="ACK"/>',
    goTo(AT.over),
  ]);
}

function ends(): string[] {
  return [
    label(AT.listen),
    '<recv request="BYE"/>',
    label(AT.hungUp),
    response('200 OK', { own: false }),
    goTo(AT.over),
    label(AT.cancelled),
    response('200 OK', { own: false }),
    response('487 Request Terminated', { cseq: 'CSeq: [cseq] INVITE' }),
    '<recv request="ACK"/>',
    label(AT.over),
  ];
}
