/** A status in its colour. One colour means one thing on every page; the one table of it is here. */
import { statuses, wordFor } from '../strings/en/statuses.ts';

/**
 * `idle` nothing happens (any more), `waiting` will begin by itself, `active` happens now, `held` stands still or was
 * not reached and may be again, `good` as hoped, `bad` went wrong, `unsure` nobody knows.
 */
export type Tone = 'idle' | 'waiting' | 'active' | 'held' | 'good' | 'bad' | 'unsure';

type Kind = 'request' | 'outcome' | 'result';

const TONES: Record<Kind, Readonly<Record<string, Tone>>> = {
  request: {
    RECEIVED: 'waiting',
    SCHEDULED: 'waiting',
    IN_PROCESS: 'active',
    PAUSED: 'held',
    COMPLETED: 'good',
    CANCELLED: 'idle',
    EXPIRED: 'idle',
    REJECTED: 'bad',
  },
  outcome: {
    ANSWERED: 'good',
    SENT: 'good',
    DELIVERED: 'good',
    BUSY: 'held',
    NO_ANSWER: 'held',
    DECLINED: 'held',
    MACHINE: 'held',
    INVALID: 'bad',
    FAILED: 'bad',
    ABANDONED: 'bad',
    UNDELIVERED: 'bad',
    REJECTED: 'bad',
    BOUNCED: 'bad',
    COMPLAINED: 'bad',
    BLOCKED: 'idle',
    CANCELLED: 'idle',
    EXPIRED: 'idle',
    UNKNOWN: 'unsure',
  },
  result: { ACCEPTED: 'good', DUPLICATE: 'idle', BLACKLISTED: 'idle', DO_NOT_CALL: 'idle', TOO_LATE: 'idle' },
};

/** The colour of a value of a closed list. Results of rows that are not named are faults of the file. */
export const toneOf = (kind: Kind, value: string): Tone =>
  TONES[kind][value] ?? (kind === 'result' ? 'bad' : 'idle');

/** @param props.kind which closed list `value` is of */
export function StatusChip({ kind, value }: { kind: Kind; value: string }) {
  return <Chip tone={toneOf(kind, value)}>{wordFor(statuses[kind], value)}</Chip>;
}

/** For what has no closed list of its own: say what it means, and the colour follows. */
export function Chip({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className="chip" data-tone={tone}>
      {children}
    </span>
  );
}
