/** One row of a file of numbers or mail addresses to blacklist: what it says, or what is wrong with it. Pure. */
import { z } from 'zod';
import { parsePhone } from './phone.ts';

/** Columns beside the number or address, in our spelling. */
export const BLACKLIST_COLUMNS = ['reason', 'expiresAt'] as const;

export const MAX_REASON_LENGTH = 500;

/** What holds for rows that say nothing themselves. */
export interface BlacklistRules {
  kind: 'phones' | 'emails';
  /** Whose numbers stand without a country code. */
  country: string;
  reason: string | undefined;
  expiresAt: Date | undefined;
  now: Date;
}

export type BlacklistRow =
  | { ok: true; entry: { value: string; reason: string | undefined; expiresAt: Date | undefined } }
  | { ok: false; problem: string };

const email = z.email().max(254);
const moment = z.iso.datetime({ offset: true });
const no = (problem: string): BlacklistRow => ({ ok: false, problem });

/** @param cells of the number or address, the reason and the expiry, blank where the file has none */
export function readBlacklistRow(
  cells: { value: string; reason: string; expiresAt: string },
  rules: BlacklistRules,
): BlacklistRow {
  const text = cells.value.trim();
  const isPhone = rules.kind === 'phones';
  if (text === '') return no(isPhone ? 'the number is empty' : 'the address is empty');
  const value = isPhone ? parsePhone(text, rules.country)?.e164 : email.safeParse(text).data;
  if (value === undefined) {
    return no(isPhone ? `not a valid number, read as one of ${rules.country}` : 'not a mail address');
  }
  const reason = cells.reason.trim();
  if (reason.length > MAX_REASON_LENGTH)
    return no(`the reason is longer than ${MAX_REASON_LENGTH} characters`);
  if ([value, reason].some((one) => one.includes('\u0000')))
    return no('a cell holds characters that are not text');
  const until = cells.expiresAt.trim();
  const expiresAt = until === '' ? rules.expiresAt : readMoment(until);
  if (expiresAt === null)
    return no('expiresAt must be RFC 3339 with an offset, such as 2027-01-31T00:00:00Z');
  if (expiresAt && expiresAt <= rules.now) return no('expiresAt must be in the future');
  return { ok: true, entry: { value, reason: reason === '' ? rules.reason : reason, expiresAt } };
}

const readMoment = (text: string): Date | null => (moment.safeParse(text).success ? new Date(text) : null);
