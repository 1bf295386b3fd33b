/**
 * What Asterisk's answering-machine detection says, and what we make of it. A person taken for a machine is
 * hung up on; a machine taken for a person only hears the flow. So only clear signs of a machine count.
 */

/**
 * AMD's reasons (`AMDCAUSE`) that make a machine of somebody: a long greeting, or many words in it. Not
 * MAXWORDLENGTH, a sound that never pauses: people on loud lines have that, no speech has.
 */
const SIGNS_OF_A_MACHINE = ['LONGGREETING', 'MAXWORDS'];

/**
 * @param status `AMDSTATUS`: MACHINE, HUMAN, NOTSURE or HANGUP
 * @param cause `AMDCAUSE`: a word, then its measurements after hyphens. Silence at first (`INITIALSILENCE`) is a machine
 *   to Asterisk, and a person who waits to us
 */
export function answeredBy(status: string, cause: string): 'PERSON' | 'MACHINE' {
  const sign = cause.split('-')[0] ?? '';
  return status === 'MACHINE' && SIGNS_OF_A_MACHINE.includes(sign) ? 'MACHINE' : 'PERSON';
}

/** Where calls are sent to be listened to; `telephony/asterisk/extensions.conf` has it. */
export const DETECTION = { context: 'clarion-detect', extension: 'detect', priority: 1 } as const;

/** Where a call only turns round and comes back. */
export const THERE_AND_BACK = { ...DETECTION, extension: 'return' } as const;

/** First argument with which a call comes back from there. */
export const DETECTED = 'detected';

/** Longest that detection takes: AMD's own limit is 6.5 s. */
export const DETECTION_LIMIT_MS = 10_000;

/** Longest that waiting for the end of a machine's greeting takes on top. */
export const GREETING_LIMIT_MS = 25_000;
