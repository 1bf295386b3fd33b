/** What an attempt's outcome means for its record: it has ended, or it is due again. Pure. */
import type { Outcome } from './outcome.ts';
import { type ContactPolicy, RETRYABLE_OUTCOMES, type RetryableOutcome } from './policy.ts';

export type NextStep = { kind: 'ENDED' } | { kind: 'DUE'; dueAt: Date };

/** Wait before a new attempt that replaces one whose ending nobody knows, where the policy says RETRY. */
export const UNKNOWN_RETRY_MS = 60_000;

const isRetryable = (outcome: Outcome): outcome is RetryableOutcome =>
  (RETRYABLE_OUTCOMES as readonly Outcome[]).includes(outcome);

/**
 * Whether a record is tried again. A rule's `times` bounds all attempts together: after a busy line, a
 * record is tried again while it has had at most `times` attempts, so nobody is ever called more often than
 * one plus the largest `times` of the policy, whatever the mixture of outcomes.
 *
 * @param attempts attempts so far, this one among them
 * @param settledAt when this attempt ended: intervals count from there
 */
export function nextStep(
  policy: Pick<ContactPolicy, 'retries' | 'onUnknown'>,
  outcome: Outcome,
  attempts: number,
  settledAt: Date,
): NextStep {
  if (outcome === 'UNKNOWN') {
    const again = policy.onUnknown === 'RETRY' && attempts < maxAttempts(policy);
    return again
      ? { kind: 'DUE', dueAt: new Date(settledAt.getTime() + UNKNOWN_RETRY_MS) }
      : { kind: 'ENDED' };
  }
  if (!isRetryable(outcome)) return { kind: 'ENDED' };
  const rule = policy.retries[outcome];
  if (attempts > rule.times) return { kind: 'ENDED' };
  return { kind: 'DUE', dueAt: new Date(settledAt.getTime() + rule.intervalMs) };
}

/** The most attempts a record may ever have under a policy. One unknown may be replaced even where nothing else is retried. */
export function maxAttempts(policy: Pick<ContactPolicy, 'retries' | 'onUnknown'>): number {
  const times = RETRYABLE_OUTCOMES.map((outcome) => policy.retries[outcome].times);
  const retries = Math.max(...times);
  return 1 + (policy.onUnknown === 'RETRY' ? Math.max(retries, 1) : retries);
}
