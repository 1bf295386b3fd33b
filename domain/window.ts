/**
 * When a person may be contacted. A number of the account's own country follows the account's clock; a
 * number abroad follows its own country's, and where that country has several, all of them must be open,
 * so nobody is rung at night because we guessed their side of a continent wrong.
 */
import { getCountry } from 'countries-and-timezones';
import { DateTime } from 'luxon';
import type { RequestPolicy } from './policy.ts';

/** What decides the hours: the part of a policy this file reads. */
export type HoursPolicy = Pick<
  RequestPolicy,
  'callingDays' | 'callingHours' | 'promotional' | 'timeZone' | 'homeRegion'
>;

interface Hours {
  from: string;
  to: string;
}

/**
 * Hours outside which promotional calls and messages are forbidden, by country of the number.
 * IN: TRAI, Telecom Commercial Communications Customer Preference Regulations, 2018: 21:00 to 09:00 is closed.
 */
export const PROMOTIONAL_HOURS: Readonly<Record<string, Hours>> = { IN: { from: '09:00', to: '21:00' } };

/** How far ahead an opening is looked for. A weekly calendar repeats within 8 days, whatever the zone. */
const DAYS_AHEAD = 8;

/** IANA zones whose clocks count for numbers of a region. Unknown regions follow the account's clock. */
export function zonesOf(
  policy: Pick<HoursPolicy, 'timeZone' | 'homeRegion'>,
  region: string | null,
): string[] {
  if (region === null || region === policy.homeRegion) return [policy.timeZone];
  const zones = getCountry(region)?.timezones ?? [];
  return zones.length > 0 ? zones : [policy.timeZone];
}

/** The hours of a day in which a number of this region may be contacted: the tightest of all that apply. */
function hoursFor(policy: HoursPolicy, region: string | null): Hours {
  const promotional = policy.promotional ? PROMOTIONAL_HOURS[region ?? policy.homeRegion] : undefined;
  const rules = [policy.callingHours, promotional].filter((rule): rule is Hours => rule != null);
  // Times are HH:MM, so they sort as text.
  const from = ['00:00', ...rules.map((rule) => rule.from)].sort().at(-1) ?? '00:00';
  const to = ['24:00', ...rules.map((rule) => rule.to)].sort().at(0) ?? '24:00';
  return { from, to };
}

const minuteOfDay = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

function openIn(zone: string, policy: HoursPolicy, hours: Hours, at: number): boolean {
  const local = DateTime.fromMillis(at, { zone });
  const minute = local.hour * 60 + local.minute;
  return (
    policy.callingDays.includes(local.weekday) &&
    minute >= minuteOfDay(hours.from) &&
    minute < minuteOfDay(hours.to)
  );
}

/**
 * Whether a number of this region may be contacted at this moment.
 * @param region ISO 3166-1 alpha-2 of the number, null for the account's own
 * @param at Unix ms
 */
export function isOpen(policy: HoursPolicy, region: string | null, at: number): boolean {
  const hours = hoursFor(policy, region);
  return zonesOf(policy, region).every((zone) => openIn(zone, policy, hours, at));
}

/** The moments at which one zone's window opens from `at` on: its `from` on each day ahead. */
function openings(zone: string, hours: Hours, at: number): number[] {
  const today = DateTime.fromMillis(at, { zone }).startOf('day');
  const from = minuteOfDay(hours.from);
  return Array.from({ length: DAYS_AHEAD + 1 }, (_, days) => {
    const day = today.plus({ days });
    let opening = day.set({ hour: Math.floor(from / 60), minute: from % 60 });
    // A `from` inside the hour that daylight saving skips opens when the clock has jumped over it.
    while (opening.hour * 60 + opening.minute > from) {
      const earlier = opening.minus({ minutes: 1 });
      if (earlier.hour * 60 + earlier.minute < from || earlier < day) break;
      opening = earlier;
    }
    return opening.toMillis();
  });
}

/**
 * The first moment from `at` on at which a number of this region may be contacted.
 * @returns Unix ms, `at` itself when it is open now; undefined when no hour of the week is ever open
 */
export function nextOpening(policy: HoursPolicy, region: string | null, at: number): number | undefined {
  if (isOpen(policy, region, at)) return at;
  const hours = hoursFor(policy, region);
  // A common opening of several zones begins where one of them opens.
  return zonesOf(policy, region)
    .flatMap((zone) => openings(zone, hours, at))
    .filter((opening) => opening > at)
    .sort((a, b) => a - b)
    .find((opening) => isOpen(policy, region, opening));
}
