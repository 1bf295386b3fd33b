/**
 * What one person went through, as sentences in their order: attempt by attempt, widget by widget, with what was heard,
 * pressed, recorded, sent and answered. Pure: the ledger's and the flows' own notes in, sentences for people out.
 */
import type { JourneyEntry } from './flow/journey.ts';
import type { Direction, Medium, Outcome } from './outcome.ts';

/** One attempt and what it left behind. Moments are Dates. */
export interface TimelineAttempt {
  uuid: string;
  attemptNo: number;
  /** 0: the attempt itself; n: the nth thing done from inside it. */
  step: number;
  medium: Medium;
  direction: Direction;
  /** Number or mail address. */
  address: string;
  sender: string | null;
  beganAt: Date;
  answeredAt: Date | null;
  endedAt: Date | null;
  outcome: Outcome | null;
  cause: string | null;
  entries: readonly JourneyEntry[];
  recordings: readonly {
    name: string;
    widget: string | null;
    startedAt: Date;
    durationMs: number | null;
    status: string;
  }[];
}

export interface TimelineLine {
  at: Date;
  uuid: string;
  attemptNo: number;
  text: string;
}

const OUTCOME_WORDS: Record<Outcome, string> = {
  ANSWERED: 'ended after it was answered',
  BUSY: 'was not taken: the line was busy',
  NO_ANSWER: 'was not answered',
  DECLINED: 'was declined',
  INVALID: 'failed: the number does not exist',
  FAILED: 'failed in the network',
  MACHINE: 'ended: a machine had answered',
  ABANDONED: 'was abandoned before anybody could serve it',
  BLOCKED: 'was not made: a rule forbade it',
  CANCELLED: 'was cancelled',
  EXPIRED: 'was not made: the time was over',
  UNKNOWN: 'ended, nobody knows how',
  SENT: 'was handed to the provider',
  DELIVERED: 'was delivered',
  UNDELIVERED: 'was not delivered',
  REJECTED: 'was rejected by the provider',
  BOUNCED: 'bounced',
  COMPLAINED: 'was complained about',
};

const NOUN: Record<Medium, string> = { voice: 'The call', sms: 'The SMS', email: 'The mail' };

/** Entries that only say where the flow stands are left out where the next one says what happened there. */
const MOST_TEXT = 300;
const quoted = (value: unknown): string => {
  const text = String(value);
  return `“${text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text}”`;
};
const seconds = (ms: unknown): string => `${Math.round(Number(ms) / 100) / 10} s`;
const lower = (value: unknown): string => String(value).toLowerCase().replaceAll('_', ' ');

type Data = NonNullable<JourneyEntry['data']>;

/** What each kind of note says. `''`: nothing worth a line. */
const SENTENCES: Record<string, (data: Data, entry: JourneyEntry) => string> = {
  ENTERED: (data, { widget, widgetType }) => {
    if (data.answeredBy === 'MACHINE') return 'A machine answered.';
    return widgetType === 'start' ? 'The flow began.' : `Came to ${quoted(widget)} (${widgetType}).`;
  },
  SAID: (data) =>
    data.text === undefined ? `Heard the recording ${quoted(data.prompt)}.` : `Heard ${quoted(data.text)}.`,
  PROMPT_MISSING: (data) => `Did not hear the recording ${quoted(data.prompt)}: it is not there.`,
  GATHERED: (data, { widget }) => {
    const again =
      Number(data.attempt ?? 1) > 1 ? `, asked for the ${ordinal(Number(data.attempt))} time` : '';
    return data.digits === '' || data.digits === undefined
      ? `Pressed nothing at ${quoted(widget)}${again}.`
      : `Pressed ${data.digits} at ${quoted(widget)}${again}.`;
  },
  BRANCHED: (data, { widget }) =>
    data.to === undefined
      ? `${quoted(widget)} ended by ${quoted(data.branch)}.`
      : data.branch === 'next'
        ? ''
        : `${quoted(widget)} led by ${quoted(data.branch)} to ${quoted(data.to)}.`,
  SET: (data) => `${quoted(data.variable)} became ${quoted(data.value)}.`,
  WEBHOOK: (data, { widget }) =>
    data.error === undefined
      ? `The webhook ${quoted(widget)} answered ${data.status}.`
      : `The webhook ${quoted(widget)} failed: ${lower(data.error)}.`,
  SMS: (data) => messageSentence('An SMS', data),
  EMAIL: (data) => messageSentence('A mail', data),
  RECORDED: (data, { widget }) => `Was recorded at ${quoted(widget)} for ${seconds(data.durationMs)}.`,
  TRANSFERRED: (data) => `Was to be connected with somebody: ${Object.values(data).map(lower).join(', ')}.`,
  LIMIT: () => 'The flow went on for too long and was ended.',
  HUNG_UP: () => 'The person hung up.',
  ENDED: () => 'The flow ended.',
};

function messageSentence(what: string, data: Data): string {
  if (data.outcome === 'NOT_SENT') return `${what} was not sent: ${lower(data.why)}.`;
  const known = Object.hasOwn(OUTCOME_WORDS, String(data.outcome));
  return known ? `${what} ${OUTCOME_WORDS[data.outcome as Outcome]}.` : `${what}: ${lower(data.outcome)}.`;
}

const ordinal = (n: number): string => (n === 2 ? 'second' : n === 3 ? 'third' : `${n}th`);

/** What an entry says, for a person. A note of a kind that is not known says its own name: nothing is hidden. */
export function sentenceOf(entry: JourneyEntry): string {
  const known = Object.hasOwn(SENTENCES, entry.event) ? SENTENCES[entry.event] : undefined;
  if (known) return known(entry.data ?? {}, entry);
  const data = Object.entries(entry.data ?? {}).map(([name, value]) => `${name} ${quoted(value)}`);
  return `${quoted(entry.widget)}: ${[lower(entry.event), ...data].join(', ')}.`;
}

/** Entries of one attempt; those that only say where the flow came to, only where nothing happened there. */
function entryLines(attempt: TimelineAttempt): [Date, string][] {
  return attempt.entries.flatMap((entry, index): [Date, string][] => {
    const next = attempt.entries[index + 1];
    const passing = entry.event === 'ENTERED' && entry.data === undefined && next?.widget === entry.widget;
    const text = passing && next?.event !== 'BRANCHED' ? '' : sentenceOf(entry);
    return text === '' ? [] : [[new Date(entry.at), text]];
  });
}

function beginning(attempt: TimelineAttempt): string {
  const { medium, direction, address, sender, attemptNo, step } = attempt;
  const person = address === '' ? 'a withheld number' : address;
  if (direction === 'in') return `${person} called${sender === null ? '' : ` ${sender}`}.`;
  if (step > 0 && medium === 'voice') return `A second call was made, to ${person}.`;
  if (medium === 'voice') {
    return `Attempt ${attemptNo}: ${person} was called${sender === null ? '' : ` from ${sender}`}.`;
  }
  const what = medium === 'sms' ? 'An SMS' : 'A mail';
  return `${step === 0 ? `Attempt ${attemptNo}: ` : ''}${what} to ${person} was begun.`;
}

function ending({ medium, outcome, cause, step }: TimelineAttempt): string {
  const what = medium === 'voice' && step > 0 ? 'The second call' : NOUN[medium];
  const how = outcome === null ? 'ended' : OUTCOME_WORDS[outcome];
  return `${what} ${how}${cause ? ` (${cause})` : ''}.`;
}

function recordingLine(one: TimelineAttempt['recordings'][number]): string {
  const what = one.widget === null ? 'The call was recorded' : `${quoted(one.widget)} recorded`;
  if (one.status === 'STORED') return `${what}: ${one.name}, ${seconds(one.durationMs ?? 0)}.`;
  if (one.status === 'EMPTY') return `${what}, and nothing was heard: ${one.name}.`;
  return one.status === 'LOST' ? `${what}, but the sound is lost: ${one.name}.` : `${what}: ${one.name}.`;
}

/** Lines of one attempt. What happened at one moment stays in the order it is told here. */
function linesOf(attempt: TimelineAttempt): TimelineLine[] {
  const { uuid, attemptNo } = attempt;
  const line = ([at, text]: [Date, string]): TimelineLine => ({ at, uuid, attemptNo, text });
  const middle = [
    ...(attempt.answeredAt && attempt.medium === 'voice'
      ? [line([attempt.answeredAt, attempt.step > 0 ? 'The second call was answered.' : 'It was answered.'])]
      : []),
    ...attempt.recordings.map((one) => line([one.startedAt, recordingLine(one)])),
    ...entryLines(attempt).map(line),
  ].sort(byMoment);
  return [
    line([attempt.beganAt, beginning(attempt)]),
    ...middle,
    ...(attempt.endedAt ? [line([attempt.endedAt, ending(attempt)])] : []),
  ];
}

const byMoment = (a: TimelineLine, b: TimelineLine): number => a.at.getTime() - b.at.getTime();

/** All lines in the order of their moments; those of one moment in the order of the attempts given. */
export const timelineOf = (attempts: readonly TimelineAttempt[]): TimelineLine[] =>
  attempts.flatMap(linesOf).sort(byMoment);
