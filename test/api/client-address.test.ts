/** What is guaranteed about the address a call is taken to come from. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClientAddress } from '../../api/client-address.ts';

const CLIENT = '198.51.100.9';

describe('without trusted proxies', () => {
  it('X-Forwarded-For changes nothing, whatever it says', () => {
    const address = createClientAddress();
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.ipV4()), (forwarded) => {
        expect(address(CLIENT, forwarded)).toBe(CLIENT);
      }),
    );
  });
});

describe('with trusted proxies', () => {
  const address = createClientAddress(['10.0.0.0/8', '127.0.0.1', '::1', '2001:db8::/32']);

  it.each([
    ['10.1.2.3', '198.51.100.9', CLIENT],
    ['10.1.2.3', '198.51.100.9, 10.9.9.9', CLIENT],
    ['10.1.2.3', ' 198.51.100.9:4711 ', CLIENT],
    ['10.1.2.3', '::ffff:198.51.100.9', CLIENT],
    ['::ffff:10.1.2.3', '198.51.100.9', CLIENT],
    ['::1', '198.51.100.9', CLIENT],
    ['2001:db8::5', '[2001:0db9::1]:443', '2001:0db9::1'],
    ['10.1.2.3', undefined, '10.1.2.3'],
    ['10.1.2.3', '10.9.9.9', '10.9.9.9'],
    // What the client wrote itself stands to the left of what our proxy added.
    ['10.1.2.3', '203.0.113.1, 198.51.100.9', CLIENT],
    ['10.1.2.3', '10.9.9.9, 198.51.100.9', CLIENT],
    ['10.1.2.3', 'unknown', undefined],
    ['10.1.2.3', '', undefined],
    [undefined, '198.51.100.9', undefined],
  ])('a call by %s with %j is from %s', (peer, forwarded, expected) => {
    expect(address(peer, forwarded)).toBe(expected);
  });

  it('a caller that is none of them is itself, whatever it claims', () => {
    fc.assert(
      fc.property(fc.array(fc.ipV4(), { maxLength: 5 }), (claims) => {
        expect(address(CLIENT, claims.join(', '))).toBe(CLIENT);
      }),
    );
  });

  it('nothing a caller writes reaches past what the nearest proxy says of it', () => {
    fc.assert(
      fc.property(fc.string(), (claim) => {
        expect(address('10.1.2.3', `${claim.replaceAll(',', ';')}, ${CLIENT}`)).toBe(CLIENT);
      }),
    );
  });
});

it('a setting that is no network is refused by name', () => {
  expect(() => createClientAddress(['10.0.0.0/99'])).toThrow('10.0.0.0/99');
  expect(() => createClientAddress(['proxy.local'])).toThrow('proxy.local');
});
