/**
 * One-time codes that prove who answers at a number: their rules, and the words they travel in. Six digits, ten minutes,
 * used once and guessed at five times are what NIST SP 800-63B (5.1.3.2, 5.2.2) and OWASP's cheat sheets on multifactor
 * authentication ask of codes sent over the telephone network; limits on sending keep strangers from being pestered and
 * traffic from being pumped to numbers that earn by it.
 */

export const CODE_RULES = {
  digits: 6,
  /** From the moment it goes out; and a code that could not go out for so long is not sent any more. */
  lifetimeMs: 10 * 60_000,
  /** Wrong or right. Then a new one must be asked for. */
  tries: 5,
  /** Codes asked for in an hour: by one account, and for one number by all accounts together. */
  perHour: { account: 20, number: 5 },
  /** Between two codes for one number. */
  pauseMs: 30_000,
} as const;

/** Verified or not, of one account. */
export const MAX_WHITELIST_PHONES = 10;

export const HOUR_MS = 3_600_000;

/** What was sent in the last hour to a number or by an account. */
export interface SentInHour {
  count: number;
  /** Moments of the oldest and the newest, Unix ms; 0 for none. */
  oldest: number;
  newest: number;
}

/** @returns how long to wait before another code may be asked for, in ms; 0: not at all. `now` is Unix ms */
export function waitForCode(sent: { account: SentInHour; number: SentInHour }, now: number): number {
  const { perHour, pauseMs } = CODE_RULES;
  const full = ({ count, oldest }: SentInHour, most: number): number =>
    count < most ? 0 : oldest + HOUR_MS - now;
  const pause = sent.number.newest === 0 ? 0 : sent.number.newest + pauseMs - now;
  return Math.max(0, pause, full(sent.account, perHour.account), full(sent.number, perHour.number));
}

/** What the person reads. */
export const codeText = (code: string): string =>
  `${code} is your Clarion code. It is good for ${CODE_RULES.lifetimeMs / 60_000} minutes. If nobody asked you for it, ignore this message.`;

/** What the person hears: digit by digit, and once more. */
export function spokenCode(code: string): string {
  const digits = [...code].join(', ');
  return `Hello. This is Clarion. Your code is: ${digits}. I repeat: ${digits}. Goodbye.`;
}
