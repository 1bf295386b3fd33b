/**
 * How numbers are read that carriers hand over with a call to us. Carriers write them in their own manner:
 * with a plus, without one, or as they are dialled in their country. Pure.
 */
import { parsePhone } from './phone.ts';

/** Longest text kept of a caller that is no telephone number, such as a name of an extension. */
const MAX_CALLER_LENGTH = 64;
/** What carriers send for a caller who withholds the number (RFC 3323, and Asterisk's own words). */
const WITHHELD = /^(anonymous|unknown|private|restricted|withheld|unavailable|asterisk|s)?$/i;

/** What was dialled, in the forms it may mean. */
export interface Dialled {
  /** E.164, where the number says its country itself. */
  international: string | undefined;
  /** The number had a plus: it means that one number and no other. */
  exact: boolean;
  /** E.164, for somebody in that country. ISO 3166-1 alpha-2. */
  nationalIn(country: string): string | undefined;
}

/** Reads what was dialled, as a carrier gives it. */
export function readDialled(given: string): Dialled {
  const text = given.trim();
  const digits = text.replace(/\D/g, '');
  return {
    international: worldwide(digits),
    exact: text.startsWith('+'),
    nationalIn: (country) => (text.startsWith('+') ? undefined : parsePhone(text, country)?.e164),
  };
}

/**
 * The caller's number, as the ledger keeps it.
 * @param country of the account that is called, ISO 3166-1 alpha-2: a number without a plus is read there
 *   first, and then as an international one
 * @returns E.164; empty when withheld; what the carrier gave when it is no number of the world's
 */
export function readCaller(given: string, country: string): string {
  const text = given.trim();
  if (WITHHELD.test(text)) return '';
  const read = parsePhone(text, country)?.e164 ?? worldwide(text.replace(/[\s().-]/g, ''));
  return read ?? text.replace(/\p{Cc}/gu, ' ').slice(0, MAX_CALLER_LENGTH);
}

/** A number that begins with its country's code, with or without the plus. The country given then plays no part. */
function worldwide(text: string): string | undefined {
  const digits = /^\+?(\d{4,15})$/.exec(text)?.[1];
  return digits === undefined ? undefined : parsePhone(`+${digits}`, 'US')?.e164;
}
