/**
 * Holidays: calendars of an account, each a list of dates on which flows that keep it contact nobody. A date is a
 * whole day by the person's own clock. Reading the dates out of what people send belongs here, too.
 */
import { z } from 'zod';

/** As the hours see it. */
export interface HolidayCalendar {
  name: string;
  /** ISO 3166-1 alpha-2: only numbers of this country keep it; null: everybody. */
  region: string | null;
  /** `2026-01-26` to the day's name. */
  dates: ReadonlyMap<string, string>;
}

export const HOLIDAY_LIMITS = {
  /** Of one account. */
  calendars: 100,
  /** Of one calendar: thirty years of a country with many holidays. */
  dates: 1_000,
  /** A file of dates. */
  bytes: 256 * 1024,
} as const;

export const calendarName = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._-]{0,63}$/u, 'must be 1 to 64 letters, digits, spaces or . _ -');

/** A day of the calendar between 2000 and 2100. */
export const holidayDate = z.iso
  .date('must be a date, such as 2026-01-26')
  .refine((date) => date >= '2000-01-01' && date < '2101-01-01', 'must be between 2000 and 2100');

export const holidayEntry = z.strictObject({
  date: holidayDate,
  name: z.string().trim().min(1).max(100),
});
export type HolidayEntry = z.infer<typeof holidayEntry>;

export interface HolidayLines {
  entries: HolidayEntry[];
  /** Lines from 1, and what is wrong with each. */
  problems: { line: number; message: string }[];
}

/** A date, a comma, semicolon or tab, and a name; the name may stand in quotes. */
const LINE = /^"?([^,;\t"]*)"?(?:[,;\t](.*))?$/;

/**
 * Reads dates from csv: `date,name`, a header or none, blank lines and lines that begin with # passed over. A date that
 * comes twice keeps its last name.
 */
export function readHolidayLines(text: string): HolidayLines {
  const entries = new Map<string, HolidayEntry>();
  const problems: HolidayLines['problems'] = [];
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
  for (const [index, whole] of lines.entries()) {
    const line = whole.trim();
    if (line === '' || line.startsWith('#')) continue;
    const [, first = '', rest = ''] = LINE.exec(line) ?? [];
    const date = first.trim();
    if (index === 0 && /^(date|day|holiday)$/i.test(date)) continue;
    const name = unquoted(rest);
    const parsed = holidayEntry.safeParse({ date, name: name === '' ? 'Holiday' : name });
    if (parsed.success) entries.set(parsed.data.date, parsed.data);
    else {
      const { path, message } = parsed.error.issues[0] ?? { path: [], message: 'cannot be read' };
      const at = path[0] === 'name' ? 'name' : `"${date.slice(0, 20)}"`;
      problems.push({ line: index + 1, message: `${at}: ${message}` });
    }
  }
  return { entries: [...entries.values()], problems };
}

function unquoted(cell: string): string {
  const text = cell.trim().replace(/[,;\t]+$/, '');
  return /^".*"$/s.test(text) ? text.slice(1, -1).replaceAll('""', '"').trim() : text;
}
