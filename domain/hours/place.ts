/**
 * Whose clock counts for a person: that of the zone their row names, else of where their number is from. Where a
 * country has several zones all of them must be open, so nobody is rung at night because we guessed their side of a
 * continent wrong: docs/adr/hours-of-numbers-abroad.md.
 */
import { getCountry } from 'countries-and-timezones';
import { IANAZone } from 'luxon';
import type { RequestPolicy } from '../policy.ts';

/** What is known of where a person is. */
export interface Person {
  /** ISO 3166-1 alpha-2 of the number; null for numbers of no country, such as +800. */
  region: string | null;
  /** IANA zone, as the row says. */
  timeZone?: string | null | undefined;
  /** Zones of the number's area code, where they are fewer than its country's. */
  areaZones?: readonly string[] | null | undefined;
  /** The number is of a line that stays where it is, so its area code is to be believed. */
  areaCertain?: boolean | null | undefined;
}

/** COLUMN: the row named it. NUMBER: the number's country or area code. ACCOUNT: the account's own. */
export type ZoneSource = 'COLUMN' | 'NUMBER' | 'ACCOUNT';

export interface Place {
  /** IANA; all of them must be open. */
  zones: readonly string[];
  source: ZoneSource;
}

export type PlacePolicy = Pick<RequestPolicy, 'timeZone' | 'homeRegion'> &
  Partial<Pick<RequestPolicy, 'zonesBy'>>;

const countryZones = new Map<string, readonly string[]>();

/** IANA zones of a country; none for what is no country. @param region ISO 3166-1 alpha-2 */
export function zonesOfCountry(region: string): readonly string[] {
  let found = countryZones.get(region);
  if (!found) {
    found = (getCountry(region)?.timezones ?? []).filter((zone) => IANAZone.isValidZone(zone));
    countryZones.set(region, found);
  }
  return found;
}

/** A number of the account's own country follows the account's clock, where the country has one. */
export function placeOf(policy: PlacePolicy, person: Person): Place {
  if (person.timeZone) return { zones: [person.timeZone], source: 'COLUMN' };
  const account: Place = { zones: [policy.timeZone], source: 'ACCOUNT' };
  const { region, areaZones } = person;
  if (region === null) return account;
  if (areaZones && areaZones.length > 0 && (policy.zonesBy === 'AREA' || person.areaCertain)) {
    return { zones: areaZones, source: 'NUMBER' };
  }
  const zones = zonesOfCountry(region);
  if (zones.length === 0 || (region === policy.homeRegion && zones.length === 1)) return account;
  return { zones, source: 'NUMBER' };
}

/** People of one key are open and closed at the same moments under any one policy. */
export const placeKey = ({ region, timeZone, areaZones, areaCertain }: Person): string =>
  `${region ?? ''}|${timeZone ?? ''}|${areaZones?.join('&') ?? ''}|${areaCertain ? 1 : 0}`;

/** IANA names have a slash, all but UTC. Abbreviations are refused: IST is three zones, EST none that anybody lives in. */
const ZONE_NAME = /^(UTC|[A-Za-z]{2,20}(\/[A-Za-z0-9_+-]{1,20}){1,2})$/;

/** Whether a text names a zone as lists, records and calls may. */
export const isZoneName = (text: string): boolean => ZONE_NAME.test(text) && IANAZone.isValidZone(text);

/** What is wrong with a row's zone, naming column and value; null for a good one. @param column its header */
export function zoneProblem(column: string, text: string): string | null {
  if (isZoneName(text)) return null;
  const shown = text.slice(0, 40).replaceAll('\u0000', '');
  return `${column}: "${shown}" is no IANA time zone, such as Asia/Kolkata or America/New_York`;
}
