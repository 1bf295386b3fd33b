/** Moments as people write them in options: with an offset, or in a zone. */
import { DateTime } from 'luxon';
import { invalid } from './errors.ts';

/**
 * A moment as people write it.
 * @param zone IANA; used where the text has no offset
 */
export function readMoment(field: string, text: string, zone: string): Date {
  const shaped = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:\d\d)?$/.test(text);
  const read = DateTime.fromISO(text.replace(' ', 'T').toUpperCase(), { zone });
  if (shaped && read.isValid) return read.toJSDate();
  throw invalid(field, 'must be RFC 3339, such as 2026-01-31T09:00:00+05:30');
}
