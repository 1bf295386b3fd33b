/** Why a request does not go on right now: what a person who looks at it wants to know first. Pure; moments are Unix ms. */
import { isFinal, type RequestStatus } from './outcome.ts';

export const WAIT_REASONS = [
  'READING_LIST',
  'PAUSED',
  'CANCELLING',
  'START_TIME',
  'HOURS_CLOSED',
  'NO_LINE',
  'NEXT_ATTEMPTS',
  'MORE_RECORDS',
] as const;
export type WaitReason = (typeof WAIT_REASONS)[number];

export interface WaitFacts {
  status: RequestStatus;
  ingested: boolean;
  cancelling: boolean;
  /** Since when; absent while it runs. */
  pausedAt: number | undefined;
  startAt: number | undefined;
  /** When something may next happen. */
  nextDueAt: number | undefined;
  lineAwaySince: number | undefined;
  /** Takes more records. */
  open: boolean;
  added: number;
  completed: number;
  inProgress: number;
}

export interface Wait {
  reason: WaitReason;
  since?: number;
  until?: number;
}

/** @returns what it waits for, the strongest first; none when it goes on or has ended */
export function waitsOf(facts: WaitFacts, now: number): Wait[] {
  const { status, startAt, nextDueAt, pausedAt, lineAwaySince } = facts;
  if (isFinal(status)) return [];
  const ahead = (at: number | undefined): at is number => at !== undefined && at > now;
  const waits: Wait[] = [];
  if (facts.cancelling) waits.push({ reason: 'CANCELLING' });
  if (pausedAt !== undefined) waits.push({ reason: 'PAUSED', since: pausedAt });
  if (!facts.ingested) waits.push({ reason: 'READING_LIST' });
  if (ahead(startAt)) waits.push({ reason: 'START_TIME', until: startAt });
  // Scheduled beyond its start time: nobody's hours are open before then.
  else if (status === 'SCHEDULED' && ahead(nextDueAt))
    waits.push({ reason: 'HOURS_CLOSED', until: nextDueAt });
  if (status !== 'IN_PROCESS' || facts.cancelling) return waits;
  if (lineAwaySince !== undefined) waits.push({ reason: 'NO_LINE', since: lineAwaySince });
  const left = facts.added - facts.completed;
  if (left > 0 && facts.inProgress === 0 && ahead(nextDueAt))
    waits.push({ reason: 'NEXT_ATTEMPTS', until: nextDueAt });
  if (left === 0 && facts.open && facts.ingested) waits.push({ reason: 'MORE_RECORDS' });
  return waits;
}

/**
 * How long the rest takes if it goes on as in the last minute; undefined where that says nothing.
 * @param attempts that have ended so far
 */
export function remainingMs(input: {
  added: number;
  completed: number;
  attempts: number;
  begunInLastMinute: number;
}): number | undefined {
  const { added, completed, attempts, begunInLastMinute } = input;
  const left = added - completed;
  if (left <= 0) return 0;
  if (completed === 0 || attempts === 0 || begunInLastMinute === 0) return undefined;
  const attemptsLeft = left * (attempts / completed);
  return Math.ceil((attemptsLeft / begunInLastMinute) * 60_000);
}
