/** Times as people type them, and as they are shown. */
import { DateTime } from 'luxon';
import { usage } from './exit.ts';

const RELATIVE = /^\+(\d{1,5})(s|m|h|d)$/;
const SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const SHAPE = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/i;

/** Checks the shape and that there is such a day; `+90m` becomes the moment that is. @throws CommandError USAGE */
function checked(option: string, text: string, now: Date): string {
  const given = text.trim();
  const relative = RELATIVE.exec(given);
  if (relative) {
    const seconds = Number(relative[1]) * SECONDS[relative[2] as keyof typeof SECONDS];
    return new Date(now.getTime() + seconds * 1000).toISOString();
  }
  const iso = given.replace(' ', 'T').toUpperCase();
  if (SHAPE.test(given) && DateTime.fromISO(iso, { zone: 'UTC' }).isValid) return iso;
  throw usage(
    `${option} "${text}" is not a time`,
    'Write 2026-01-31T09:00:00+05:30, "2026-01-31 09:00" (in the account’s zone), or +90m for 90 minutes from now.',
  );
}

/**
 * A time to start, end or call, as the server takes it: with its offset, or without one for the account's zone.
 * @param option the option's name, for the error
 * @throws CommandError USAGE
 */
export function startMoment(option: string, text: string, now: Date): string {
  const moment = checked(option, text, now);
  if (DATE.test(moment)) throw usage(`${option} "${text}" has no time of day`, `Write "${moment} 09:00".`);
  return moment;
}

/**
 * A bound of a report, with its offset. A bare date means the day's first moment, or with `dayEnd` the
 * moment after its last, so that "to" includes the day.
 * @param zone IANA name; asked for only when the text has no offset
 * @throws CommandError USAGE
 */
export async function boundMoment(
  option: string,
  text: string,
  over: { now: Date; zone: () => Promise<string>; dayEnd?: boolean },
): Promise<string> {
  const moment = checked(option, text, over.now);
  if (/T.*(Z|[+-]\d{2}:\d{2})$/.test(moment)) return moment;
  const at = DateTime.fromISO(moment, { zone: await over.zone() });
  const whole = over.dayEnd && DATE.test(moment) ? at.plus({ days: 1 }) : at;
  return whole.toUTC().toISO() ?? moment;
}

/** `09:00 Asia/Kolkata`, with the day in front when it is not today there. */
export function showMoment(moment: string, zone: string, now: Date): string {
  const at = DateTime.fromISO(moment, { zone, locale: 'en-GB' });
  const today = DateTime.fromJSDate(now, { zone }).hasSame(at, 'day');
  return `${at.toFormat(today ? 'HH:mm' : 'd LLL HH:mm')} ${zone}`;
}

/** `45 s`, `3 min 20 s`, `2 h 5 min`. */
export function showDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`;
}
