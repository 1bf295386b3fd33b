import { describe, expect, it } from 'vitest';
import { readCaller, readDialled } from '../../domain/inbound-number.ts';

describe('what was dialled', () => {
  it('with a plus means that one number, in every country', () => {
    const dialled = readDialled('+91 22 6900 1234');
    expect(dialled).toMatchObject({ international: '+912269001234', exact: true });
    expect(dialled.nationalIn('GB')).toBeUndefined();
  });

  it('without a plus is read as an international number and as one of a country', () => {
    const dialled = readDialled('912269001234');
    expect(dialled).toMatchObject({ international: '+912269001234', exact: false });
    expect(readDialled('02269001234').international).toBeUndefined();
    expect(readDialled('02269001234').nationalIn('IN')).toBe('+912269001234');
    expect(readDialled('02079460000').nationalIn('GB')).toBe('+442079460000');
  });

  it('may be no number at all', () => {
    for (const given of ['', 's', 'reception', '12', '+', '9'.repeat(300)]) {
      const dialled = readDialled(given);
      expect([given, dialled.international, dialled.nationalIn('IN')]).toEqual([given, undefined, undefined]);
    }
  });
});

describe('the caller', () => {
  it.each([
    ['+919876543210', '+919876543210'],
    ['09876543210', '+919876543210'],
    ['919876543210', '+919876543210'],
    ['442079460000', '+442079460000'],
    ['00442079460000', '+442079460000'],
    [' +44 20 7946 0000 ', '+442079460000'],
  ])('%j is kept in E.164', (given, kept) => {
    expect(readCaller(given, 'IN')).toBe(kept);
  });

  it.each(['', ' ', 'anonymous', 'Anonymous', 'unknown', 'restricted', 'asterisk'])(
    '%j is one who withholds the number',
    (given) => {
      expect(readCaller(given, 'IN')).toBe('');
    },
  );

  it('that is no number of the world’s is kept as the carrier gave it, short and without control characters', () => {
    expect(readCaller('1234', 'IN')).toBe('1234');
    expect(readCaller('front\ndesk', 'IN')).toBe('front desk');
    expect(readCaller('x'.repeat(500), 'IN')).toHaveLength(64);
  });
});
