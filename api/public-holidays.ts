/**
 * Public holidays of a country, from the package `date-holidays`. It is not among the dependencies of production: its
 * data is CC BY-SA 3.0, which is for whoever runs Clarion to accept (`npm install date-holidays`). Loaded when first
 * asked, as it is large and rarely needed.
 */
import type { HolidayEntry } from '../domain/holiday.ts';

export type PublicHolidays =
  | { kind: 'FOUND'; entries: HolidayEntry[] }
  | { kind: 'NOT_INSTALLED' }
  /** `field`: what the package does not know; `known`: what it does. */
  | { kind: 'UNKNOWN'; field: 'country' | 'state'; known: string[] };

interface Holidays {
  getStates(country: string): Record<string, string> | undefined;
  getCountries(): Record<string, string>;
  getHolidays(year: number): { date: string; start: Date; end: Date; name: string; type: string }[];
}

async function load(): Promise<(new (...place: string[]) => Holidays) | undefined> {
  try {
    const { default: found } = await import('date-holidays');
    return found as unknown as new (
      ...place: string[]
    ) => Holidays;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/**
 * The public holidays of a year: days on which offices are closed, not school holidays, observances or half days.
 * @param country ISO 3166-1 alpha-2
 * @param state as ISO 3166-2 calls it within the country, such as KA or BY
 */
export async function publicHolidays(
  country: string,
  state: string | undefined,
  year: number,
): Promise<PublicHolidays> {
  const Found = await load();
  if (!Found) return { kind: 'NOT_INSTALLED' };
  const all = new Found();
  const countries = Object.keys(all.getCountries());
  if (!countries.includes(country)) return { kind: 'UNKNOWN', field: 'country', known: countries };
  const states = Object.keys(all.getStates(country) ?? {});
  if (state !== undefined && !states.includes(state))
    return { kind: 'UNKNOWN', field: 'state', known: states };
  const place = state === undefined ? [country] : [country, state];
  const entries = new Map<string, HolidayEntry>();
  for (const one of new Found(...place).getHolidays(year)) {
    if (one.type !== 'public') continue;
    // A holiday of several days is each of them; its dates are texts of the place's own calendar.
    const days = Math.max(1, Math.round((one.end.getTime() - one.start.getTime()) / DAY_MS));
    const first = Date.parse(one.date.slice(0, 10));
    for (let day = 0; day < days; day += 1) {
      const date = new Date(first + day * DAY_MS).toISOString().slice(0, 10);
      const known = entries.get(date);
      const name = known && known.name !== one.name ? `${known.name}; ${one.name}` : one.name;
      entries.set(date, { date, name: name.slice(0, 100) });
    }
  }
  return { kind: 'FOUND', entries: [...entries.values()].sort((a, b) => (a.date < b.date ? -1 : 1)) };
}

const DAY_MS = 24 * 3_600_000;
