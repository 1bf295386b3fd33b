/**
 * What calls cost: rates by prefix of the number, in pulses. Money is never a fraction in memory: amounts are
 * whole millionths of the currency's unit, exact up to nine thousand million units, and decimals as text outside.
 */
import { z } from 'zod';

/** Of one unit of a currency. Carriers' prices go to four decimals and sometimes beyond. */
export const MICROS = 1_000_000;

/** An amount as people write it: at most six decimals, and nothing negative. */
const AMOUNT = /^\d{1,7}(\.\d{1,6})?$/;
export const amount = z
  .string()
  .regex(
    AMOUNT,
    'must be a decimal as text, such as "0.35": at most 7 digits before the point and 6 after it',
  );

/** @param text as `amount` takes it */
export function microsOf(text: string): number {
  const [whole = '0', decimals = ''] = text.split('.');
  return Number(whole) * MICROS + Number(decimals.padEnd(6, '0'));
}

/** Two decimals at least, and as many more as there are. @param micros rounded to a whole */
export function showAmount(micros: number): string {
  const whole = Math.round(micros);
  const decimals = String(whole % MICROS).padStart(6, '0');
  return `${Math.floor(whole / MICROS)}.${decimals.replace(/0{1,4}$/, '')}`;
}

const rate = z.strictObject({
  /** Digits a number in E.164 begins with, after its plus; empty: all numbers that no other rate fits. */
  prefix: z
    .string()
    .regex(/^\+?\d{0,15}$/, 'must be digits that numbers begin with, country code first')
    .transform((text) => text.replace('+', '')),
  /** An answered call is charged in pulses of so many seconds, each begun one in full. */
  pulseSeconds: z.int().min(1).max(3600),
  perPulse: amount,
  /** Added to each answered call. */
  setUp: amount.default('0'),
});

/** Rates of one tariff. */
export const MAX_RATES = 5_000;

export const tariffShape = {
  /** ISO 4217. */
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be a currency of three letters, such as INR'),
  rates: z
    .array(rate)
    .min(1, 'must have at least one rate')
    .max(MAX_RATES, `may have at most ${MAX_RATES} rates`)
    .refine((rates) => new Set(rates.map((one) => one.prefix)).size === rates.length, 'names a prefix twice'),
  perSms: amount.default('0'),
  perMail: amount.default('0'),
};
export const tariff = z.strictObject(tariffShape);
export type Tariff = z.infer<typeof tariff>;

/** A rate, in millionths. */
export interface TariffRate {
  prefix: string;
  pulseSeconds: number;
  perPulseMicros: number;
  setUpMicros: number;
}

export const rateOf = (given: Tariff['rates'][number]): TariffRate => ({
  prefix: given.prefix,
  pulseSeconds: given.pulseSeconds,
  perPulseMicros: microsOf(given.perPulse),
  setUpMicros: microsOf(given.setUp),
});

/** What a call costs that was answered for so long, in millionths. A call answered for no time has begun a pulse. */
export function callCost(rate: TariffRate, talkMs: number): number {
  const pulses = Math.max(1, Math.ceil(talkMs / (rate.pulseSeconds * 1000)));
  return rate.setUpMicros + pulses * rate.perPulseMicros;
}

/** Finds the rate of a number: the one with the longest prefix that fits. */
export class RateFinder {
  readonly #byPrefix: Map<string, number>;
  readonly #longest: number;

  constructor(rates: readonly TariffRate[]) {
    this.#byPrefix = new Map(rates.map(({ prefix }, place) => [prefix, place]));
    this.#longest = Math.max(0, ...rates.map(({ prefix }) => prefix.length));
  }

  /** @param e164 with its plus. @returns the rate's place; -1 when none fits */
  find(e164: string): number {
    for (let length = Math.min(this.#longest, e164.length - 1); length >= 0; length -= 1) {
      const found = this.#byPrefix.get(e164.slice(1, length + 1));
      if (found !== undefined) return found;
    }
    return -1;
  }
}
