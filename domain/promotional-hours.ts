/**
 * Hours outside which promotional calls and messages are forbidden, by country of the number. Some come with the
 * product; operations add others, each with the text it stands on and the date from which it holds.
 */
import { z } from 'zod';
import { type CallingWindow, callingHours } from './policy.ts';

export interface PromotionalRule {
  /** Kept with every attempt it was asked about: `built-in`, or the number operations' own has. */
  id: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** `2018-07-19`: the first local day on which it holds. */
  effectiveFrom: string;
  /** The text it stands on, for those who ask why. */
  source: string;
  windows: readonly CallingWindow[];
  /** Operations said that it holds instead of what is built in. Without that it can only add to it. */
  replacesBuiltIn: boolean;
}

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

/**
 * IN: TRAI, Telecom Commercial Communications Customer Preference Regulations, 2018 (6 of 2018), in force since
 * 19 July 2018: promotional voice calls and messages only between 09:00 and 21:00.
 */
export const BUILT_IN_PROMOTIONAL: readonly PromotionalRule[] = [
  {
    id: 'built-in',
    country: 'IN',
    effectiveFrom: '2018-07-19',
    source: 'TRAI, Telecom Commercial Communications Customer Preference Regulations, 2018',
    windows: [{ days: EVERY_DAY, from: '09:00', to: '21:00' }],
    replacesBuiltIn: false,
  },
];

export const newPromotionalRule = z.strictObject({
  country: z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code, such as IN'),
  effectiveFrom: z.iso.date('must be a date, such as 2026-01-01'),
  source: z.string().trim().min(5).max(500),
  windows: callingHours,
  replacesBuiltIn: z.boolean().default(false),
});

/**
 * The rules of a country that can be in force, and on which local days each is: of those operations added the one that
 * began last, and with it the built-in one unless it was said to be replaced. More rules never open what one closes.
 * @param added by operations, of any country
 */
export function inForce(
  country: string,
  added: readonly PromotionalRule[],
): { rule: PromotionalRule; isInForce(date: string): boolean }[] {
  const own = added
    .filter((rule) => rule.country === country)
    .sort((a, b) => compare(b.effectiveFrom, a.effectiveFrom) || Number(b.id) - Number(a.id));
  const latestOn = (date: string): PromotionalRule | undefined =>
    own.find((rule) => rule.effectiveFrom <= date);
  const builtIn = BUILT_IN_PROMOTIONAL.filter((rule) => rule.country === country).map((rule) => ({
    rule,
    isInForce: (date: string) => rule.effectiveFrom <= date && !latestOn(date)?.replacesBuiltIn,
  }));
  return [...builtIn, ...own.map((rule) => ({ rule, isInForce: (date: string) => latestOn(date) === rule }))];
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
