import metadata from 'libphonenumber-js/max/metadata';
import { expect, it } from 'vitest';
import { isLandline, lineKind, parsePhoneByLibrary } from '../../domain/phone.ts';

it('a landline is what the library calls one, in every country and over its number space', () => {
  let met = 0;
  for (const country of Object.keys(metadata.countries)) {
    for (let number = 12; number < 100; number += 3) {
      for (const rest of ['23456', '234567', '1234567', '9345678', '12345678']) {
        const phone = parsePhoneByLibrary(`${number}${rest}`, country);
        if (!phone?.region) continue;
        met += 1;
        expect(`${phone.e164} ${isLandline(phone.e164, phone.region)}`).toBe(
          `${phone.e164} ${lineKind(phone.e164) === 'LANDLINE'}`,
        );
      }
    }
  }
  expect(met).toBeGreaterThan(2_000);
});
