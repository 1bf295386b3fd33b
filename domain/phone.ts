/**
 * Telephone numbers: a cell of a list, read in a country by Google's rules (libphonenumber), becomes E.164
 * and a region. The library takes about 10 microseconds a number; the plain majority goes a shorter way
 * that is made of the library's own metadata and always gives the library's answer (a test holds it to it).
 */
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/max/metadata';

export interface PhoneNumber {
  /** With its plus sign. */
  e164: string;
  /** ISO 3166-1 alpha-2; absent for numbers of no country, such as +800. */
  region: string | undefined;
}

/** One country's rules, each pattern compiled once. */
interface Plan {
  region: string;
  callingCode: string;
  /** What is dialled there before a foreign number, in place of a plus sign. */
  internationalPrefix: RegExp;
  national: RegExp;
  nationalPrefix: RegExp | undefined;
  leadingDigits: RegExp | undefined;
  kinds: Kind[];
  landline: Kind | undefined;
  mobile: Kind | undefined;
}

interface Kind {
  pattern: RegExp;
  lengths: readonly number[];
}

/** Longer cells are no numbers; the library's own limit. */
const MAX_CELL_LENGTH = 250;
/** Characters that people put between digits. A cell of nothing else has no extension and no second number. */
const WRITTEN = /^[ (]*\+?[0-9 ().-]+$/;
const SEPARATORS = /[ ().-]+/g;
const PLAIN = /^\+?[0-9]{4,18}$/;

/**
 * Reads one cell.
 * @param cell as it stands in the list, spaces and all
 * @param country ISO 3166-1 alpha-2: numbers without a country code are read as this country's
 * @returns undefined for what is no valid number
 */
export function parsePhone(cell: string, country: string): PhoneNumber | undefined {
  if (cell.length <= 40) {
    const digits = PLAIN.test(cell) ? cell : WRITTEN.test(cell) ? cell.replace(SEPARATORS, '') : '';
    const quick = digits === '' ? undefined : readPlain(digits, country);
    if (quick) return quick;
  }
  return parsePhoneByLibrary(cell, country);
}

/** The same answer, by the library alone. For the odd cells, and for the test that compares the two. */
export function parsePhoneByLibrary(cell: string, country: string): PhoneNumber | undefined {
  if (cell.length > MAX_CELL_LENGTH) return undefined;
  const found = parsePhoneNumberFromString(cell, country as CountryCode);
  if (!found?.isValid()) return undefined;
  return { e164: found.number, region: found.country };
}

/** What answers at a number, as its numbering plan says; `OTHER`: services, premium rates, pagers and the like. */
export type LineKind = 'MOBILE' | 'LANDLINE' | 'EITHER' | 'OTHER';

/** @param e164 a valid number. In some countries (those of +1) the two cannot be told apart: `EITHER` */
export function lineKind(e164: string): LineKind {
  switch (parsePhoneNumberFromString(e164)?.getType()) {
    case 'MOBILE':
      return 'MOBILE';
    case 'FIXED_LINE':
      return 'LANDLINE';
    case 'FIXED_LINE_OR_MOBILE':
      return 'EITHER';
    default:
      return 'OTHER';
  }
}

/**
 * Whether a number is of a landline and nothing else: as `lineKind` says, thirty times as fast.
 * @param e164 a valid number of the region
 */
export function isLandline(e164: string, region: string): boolean {
  const plan = planOf(region);
  if (!plan) return false;
  const national = e164.slice(1 + plan.callingCode.length);
  const fits = (kind: Kind | undefined): boolean =>
    kind?.lengths.includes(national.length) === true && kind.pattern.test(national);
  // A country without numbers of mobiles alone (those of +1) has none of landlines alone either.
  return plan.mobile !== undefined && fits(plan.landline) && !fits(plan.mobile);
}

/** Whether a country code is one whose numbers can be read. */
export function isPhoneCountry(country: string): boolean {
  return planOf(country) !== undefined;
}

/** The digits numbers of a country begin with after the plus sign; empty for what is no country. */
export const callingCodeOf = (country: string): string => planOf(country)?.callingCode ?? '';

/** The short way. It only ever says yes: undefined means "ask the library". */
function readPlain(digits: string, country: string): PhoneNumber | undefined {
  if (digits.startsWith('+')) return readInternational(digits.slice(1));
  const plan = planOf(country);
  if (!plan || plan.internationalPrefix.test(digits)) return undefined;
  const national = withoutPrefix(digits, plan);
  if (national === undefined) return undefined;
  if (!digits.startsWith(plan.callingCode) || plan.national.test(national)) return belonging(national, plan);
  // Perhaps the country code without its plus sign: so it is read when the whole is no number but the rest is.
  const rest = digits.slice(plan.callingCode.length);
  if (plan.nationalPrefix?.test(rest) || !plan.national.test(rest)) return undefined;
  return readInternational(digits);
}

/** @param digits beginning with a country code */
function readInternational(digits: string): PhoneNumber | undefined {
  if (digits.startsWith('0')) return undefined;
  for (let length = 1; length <= 3; length += 1) {
    const main = callingCodes[digits.slice(0, length)]?.[0];
    const plan = main === undefined ? undefined : planOf(main);
    if (!plan) continue;
    const national = withoutPrefix(digits.slice(length), plan);
    return national === undefined ? undefined : belonging(national, plan);
  }
  return undefined;
}

/** The number without its national prefix (0 in most countries), or undefined when that is not plain to see. */
function withoutPrefix(digits: string, plan: Plan): string | undefined {
  const prefix = plan.nationalPrefix?.exec(digits);
  if (!prefix) return digits;
  // Groups in the pattern mean carrier codes, or area codes that are put in front: the library's business.
  if (prefix.length > 1) return undefined;
  const rest = digits.slice(prefix[0].length);
  // Stripped for certain only when what remains is a valid number.
  return belonging(rest, plan) ? rest : undefined;
}

/** Countries that share a country code are asked in the metadata's order, as the library does. */
function belonging(national: string, plan: Plan): PhoneNumber | undefined {
  const sharing = callingCodes[plan.callingCode] ?? [];
  for (const region of sharing) {
    const candidate = region === plan.region ? plan : planOf(region);
    if (!candidate) continue;
    if (sharing.length > 1 && candidate.leadingDigits) {
      if (!candidate.leadingDigits.test(national)) continue;
      return isValid(national, candidate) ? { e164: `+${plan.callingCode}${national}`, region } : undefined;
    }
    if (isValid(national, candidate)) return { e164: `+${plan.callingCode}${national}`, region };
  }
  return undefined;
}

function isValid(national: string, plan: Plan): boolean {
  if (!plan.national.test(national)) return false;
  for (const kind of plan.kinds) {
    if (kind.lengths.includes(national.length) && kind.pattern.test(national)) return true;
  }
  return false;
}

const callingCodes: Record<string, readonly string[] | undefined> = metadata.country_calling_codes;
const plans = new Map<string, Plan | undefined>();

function planOf(region: string): Plan | undefined {
  if (!plans.has(region)) plans.set(region, compile(region));
  return plans.get(region);
}

const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);
const start = (pattern: string): RegExp => new RegExp(`^(?:${pattern})`);

/** Fields by position, as the library's METADATA.md numbers them. */
function compile(region: string): Plan | undefined {
  const fields: unknown[] | undefined = metadata.countries[region as CountryCode];
  if (!fields) return undefined;
  const [callingCode, international, national, lengths, , prefix, , prefixForParsing, , , leading, kinds] =
    fields;
  const text = (field: unknown): string | undefined =>
    typeof field === 'string' && field !== '' ? field : undefined;
  const sizes = (field: unknown): readonly number[] | undefined =>
    Array.isArray(field) ? (field as number[]) : undefined;
  const nationalPrefix = text(prefixForParsing) ?? text(prefix);
  const leadingDigits = text(leading);
  const internationalPrefix = text(international);
  const general = text(national);
  if (!Array.isArray(kinds) || internationalPrefix === undefined || general === undefined) return undefined;
  const compiled = kinds.map((kind: unknown): Kind | undefined => {
    const [pattern, own] = Array.isArray(kind) ? (kind as unknown[]) : [];
    const found = text(pattern);
    if (found === undefined) return undefined;
    return { pattern: whole(found), lengths: sizes(own) ?? sizes(lengths) ?? [] };
  });
  return {
    region,
    callingCode: String(callingCode),
    internationalPrefix: start(internationalPrefix),
    national: whole(general),
    nationalPrefix: nationalPrefix === undefined ? undefined : start(nationalPrefix),
    leadingDigits: leadingDigits === undefined ? undefined : start(leadingDigits),
    kinds: compiled.filter((kind) => kind !== undefined),
    // The first two, by the order of the library's METADATA.md.
    landline: compiled[0],
    mobile: compiled[1],
  };
}
