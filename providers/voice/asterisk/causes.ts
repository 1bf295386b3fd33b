/**
 * How the network's reasons become our outcomes: one table for SIP final responses and one for the cause values
 * of ITU-T Q.850. The SIP response says more, where there is one: Asterisk folds several into one cause.
 */
import type { VoiceOutcome } from '../../../domain/outcome.ts';

/** What a call that nobody answered came to. */
type Unanswered = Extract<VoiceOutcome, 'BUSY' | 'NO_ANSWER' | 'DECLINED' | 'INVALID' | 'FAILED'>;

/** By Q.850 cause: its name, and what it means for the person called. A cause not listed is FAILED. */
const CAUSES: Record<number, [name: string, outcome: Unanswered]> = {
  0: ['no reason given', 'FAILED'],
  1: ['unallocated number', 'INVALID'],
  2: ['no route to transit network', 'FAILED'],
  3: ['no route to destination', 'FAILED'],
  16: ['normal call clearing', 'NO_ANSWER'],
  17: ['user busy', 'BUSY'],
  18: ['no user responding', 'NO_ANSWER'],
  19: ['no answer from user', 'NO_ANSWER'],
  20: ['subscriber absent', 'NO_ANSWER'],
  21: ['call rejected', 'DECLINED'],
  22: ['number changed', 'INVALID'],
  26: ['answered elsewhere', 'FAILED'],
  27: ['destination out of order', 'FAILED'],
  28: ['invalid number format', 'INVALID'],
  29: ['facility rejected', 'FAILED'],
  31: ['normal, unspecified', 'FAILED'],
  34: ['no circuit available', 'FAILED'],
  38: ['network out of order', 'FAILED'],
  41: ['temporary failure', 'FAILED'],
  42: ['switching equipment congestion', 'FAILED'],
  44: ['requested circuit not available', 'FAILED'],
  47: ['resource unavailable', 'FAILED'],
  50: ['facility not subscribed', 'FAILED'],
  52: ['outgoing calls barred', 'FAILED'],
  57: ['bearer capability not authorised', 'FAILED'],
  58: ['bearer capability not available', 'FAILED'],
  88: ['incompatible destination', 'FAILED'],
  102: ['recovery on timer expiry', 'FAILED'],
  111: ['protocol error', 'FAILED'],
  127: ['interworking', 'FAILED'],
};

/**
 * By SIP final response (RFC 3261, section 21), where it tells more than the cause made from it: 401, 403 and
 * 407 are the carrier refusing us, not the person refusing the call, though their cause is the same.
 */
const RESPONSES: Record<number, Unanswered> = {
  401: 'FAILED',
  402: 'FAILED',
  403: 'FAILED',
  404: 'INVALID',
  407: 'FAILED',
  408: 'NO_ANSWER',
  410: 'INVALID',
  480: 'NO_ANSWER',
  484: 'INVALID',
  486: 'BUSY',
  487: 'NO_ANSWER',
  600: 'BUSY',
  603: 'DECLINED',
  604: 'INVALID',
  607: 'DECLINED',
  608: 'DECLINED',
};

/** Outcome of a call that ended before anybody answered. @param sipResponse absent where Asterisk tells none */
export function unansweredOutcome(cause: number, sipResponse: number | undefined): Unanswered {
  return RESPONSES[sipResponse ?? 0] ?? CAUSES[cause]?.[1] ?? 'FAILED';
}

/** For a person to read: `17 user busy (SIP 486)`. */
export function causeText(cause: number, sipResponse?: number): string {
  const name = CAUSES[cause]?.[0] ?? 'unknown cause';
  return `${cause} ${name}${sipResponse === undefined ? '' : ` (SIP ${sipResponse})`}`;
}

/** Q.850 causes with which a call to us is turned away. */
export const REFUSALS = { REJECTED: 21, BUSY: 17, UNALLOCATED: 1 } as const;
