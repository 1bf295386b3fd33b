/** Numbers: what a cell becomes, and that the short way and the library never differ. */
import fc from 'fast-check';
import { type CountryCode, getCountryCallingCode } from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/max/metadata';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, test } from 'vitest';
import { isPhoneCountry, parsePhone, parsePhoneByLibrary } from '../../domain/phone.ts';

const countries = Object.keys(metadata.countries);
const codes = Object.keys(metadata.country_calling_codes);
const digits = (min: number, max: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max }).map((found) => found.join(''));

/** Digits that are likely to be near a number: prefixes, country codes and lengths of real plans. */
const cell = fc.tuple(
  fc.constantFrom('', '', '+', '0', '00', '+0', '1', '8', '011', ' ', '(', '+ '),
  fc.oneof({ weight: 2, arbitrary: fc.constant('') }, fc.constantFrom(...codes)),
  fc.constantFrom('', '', '0', '1', '8', '9', '15', ') ', '-'),
  digits(2, 14),
  fc.constantFrom('', '', ' ', ' 12', '-4', '.5', ')', ' ext 5', ' / 99', 'x9'),
);

/** A real number of some country, with its last digits or first ones changed, as people write it. */
const nearReal = fc
  .tuple(fc.constantFrom(...(Object.keys(examples) as CountryCode[])), digits(0, 7), fc.boolean(), fc.nat(8))
  .map(([country, tail, front, dress]) => {
    const example = examples[country];
    const keep = example.length - tail.length;
    const national =
      keep < 0 ? tail : front ? tail + example.slice(tail.length) : example.slice(0, keep) + tail;
    const code = getCountryCallingCode(country);
    const plan = metadata.countries[country] as unknown[];
    const prefix = String(plan[5] || '');
    const dressed = [national, `${prefix}${national}`, `+${code}${national}`, `${code}${national}`];
    const odd = [
      `+${code}${prefix}${national}`,
      `00${code}${national}`,
      `${code}${prefix}${national}`,
      `15${national}`,
    ];
    const text =
      [...dressed, ...odd, `+${code} (${national.slice(0, 3)}) ${national.slice(3)}`][dress] ?? national;
    return { text, country };
  });

describe('the short way', () => {
  test("gives the library's answer for numbers that are real or nearly so, at home and abroad", () => {
    let real = 0;
    fc.assert(
      fc.property(
        nearReal,
        fc.constantFrom(...countries),
        fc.boolean(),
        ({ text, country }, abroad, away) => {
          const from = away ? abroad : country;
          const expected = parsePhoneByLibrary(text, from);
          if (expected) real += 1;
          expect({ text, from, found: parsePhone(text, from) }).toEqual({ text, from, found: expected });
        },
      ),
      { numRuns: 20_000 },
    );
    // Otherwise the test would compare nothing with nothing.
    expect(real).toBeGreaterThan(5000);
  });

  test.each(['IN', 'US', 'CA', 'GB', 'IT', 'AR', 'BR', 'MX', 'DE', 'RU', 'KZ', 'AU', 'NZ', 'AE', 'SG', 'VI'])(
    "gives the library's answer for numbers written in %s",
    (country) => {
      fc.assert(
        fc.property(cell, (parts) => {
          const raw = parts.join('');
          expect(parsePhone(raw, country)).toEqual(parsePhoneByLibrary(raw, country));
        }),
        { numRuns: 400 },
      );
    },
  );

  test("gives the library's answer in every country there is", () => {
    fc.assert(
      fc.property(cell, fc.constantFrom(...countries), (parts, country) => {
        const raw = parts.join('');
        expect(parsePhone(raw, country)).toEqual(parsePhoneByLibrary(raw, country));
      }),
      { numRuns: 4000 },
    );
  });

  test("gives the library's answer for Indian mobile and fixed numbers in all their dress", () => {
    const dress = fc.constantFrom(
      (n: string) => n,
      (n: string) => `0${n}`,
      (n: string) => `91${n}`,
      (n: string) => `+91${n}`,
      (n: string) => `+91 ${n.slice(0, 5)} ${n.slice(5)}`,
      (n: string) => `(+91) ${n}`,
      (n: string) => `0091${n}`,
      (n: string) => `${n.slice(0, 3)}-${n.slice(3, 6)}-${n.slice(6)}`,
      (n: string) => `  ${n} `,
    );
    fc.assert(
      fc.property(digits(10, 10), dress, (number, dressed) => {
        const raw = dressed(number);
        expect(parsePhone(raw, 'IN')).toEqual(parsePhoneByLibrary(raw, 'IN'));
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a cell', () => {
  test.each([
    ['9876543210', '+919876543210'],
    ['09876543210', '+919876543210'],
    ['919876543210', '+919876543210'],
    [' +91 98765-43210 ', '+919876543210'],
    ['(+91) 98765.43210', '+919876543210'],
    ['0091 9876543210', '+919876543210'],
    ['+14155552671', '+14155552671'],
  ])('%j is read as %s', (raw, e164) => {
    expect(parsePhone(raw, 'IN')?.e164).toBe(e164);
  });

  test.each(['', '12345', 'abcdefghij', '+1 555', '9999', '98765432101', '9'.repeat(300)])(
    '%j is no number',
    (raw) => {
      expect(parsePhone(raw, 'IN')).toBeUndefined();
    },
  );

  test('tells the region, also where countries share a code', () => {
    expect(parsePhone('+14165550123', 'IN')?.region).toBe('CA');
    expect(parsePhone('+14155552671', 'IN')?.region).toBe('US');
    expect(parsePhone('9876543210', 'IN')?.region).toBe('IN');
    expect(parsePhone('+80012345678', 'IN')).toEqual({ e164: '+80012345678', region: undefined });
  });

  test('is read as a foreign number only with its code when the country is unknown', () => {
    expect(isPhoneCountry('ZZ')).toBe(false);
    expect(parsePhone('9876543210', 'ZZ')).toBeUndefined();
    expect(parsePhone('+919876543210', 'ZZ')?.e164).toBe('+919876543210');
  });
});
