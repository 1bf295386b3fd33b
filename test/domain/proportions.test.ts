import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  difference,
  FEWEST_EACH_WAY,
  FEWEST_PEOPLE,
  isTooFew,
  quantileFor,
  verdictOf,
  wilson,
} from '../../domain/proportions.ts';

const proportion = fc
  .integer({ min: 1, max: 5_000 })
  .chain((of) => fc.record({ of: fc.constant(of), count: fc.integer({ min: 0, max: of }) }));

/** Numbers of Newcombe's paper (1998, table II, method 10), two-sided 95%. */
const PUBLISHED: [count: number, of: number, count2: number, of2: number, low: number, high: number][] = [
  [56, 70, 48, 80, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.1705, 0.809],
  [6, 7, 2, 7, 0.0582, 0.8062],
  [5, 56, 0, 29, -0.0381, 0.1926],
  [0, 10, 0, 20, -0.1611, 0.2775],
  [0, 10, 0, 10, -0.2775, 0.2775],
  [10, 10, 0, 20, 0.6791, 1],
  [10, 10, 0, 10, 0.6075, 1],
];

describe('difference', () => {
  it.each(PUBLISHED)(
    'of %i of %i and %i of %i is the published interval',
    (count, of, count2, of2, low, high) => {
      const found = difference({ count, of }, { count: count2, of: of2 });
      expect(found?.low).toBeCloseTo(low, 4);
      expect(found?.high).toBeCloseTo(high, 4);
    },
  );

  it('lies around the estimate, inside -1 and 1, turns over with its groups, and narrows with more people', () => {
    fc.assert(
      fc.property(proportion, proportion, (first, second) => {
        const found = difference(first, second);
        const back = difference(second, first);
        if (!found || !back) throw new Error('of somebody');
        expect(found.low).toBeLessThanOrEqual(found.estimate + 1e-12);
        expect(found.high).toBeGreaterThanOrEqual(found.estimate - 1e-12);
        expect(found.low).toBeGreaterThanOrEqual(-1);
        expect(found.high).toBeLessThanOrEqual(1);
        expect(found.low).toBeCloseTo(-back.high, 10);
        const tenfold = ({ count, of }: typeof first) => ({ count: count * 10, of: of * 10 });
        const larger = difference(tenfold(first), tenfold(second));
        expect((larger?.high ?? 9) - (larger?.low ?? 0)).toBeLessThan(found.high - found.low);
      }),
    );
  });

  it('of nobody is none', () => {
    expect(difference({ count: 0, of: 0 }, { count: 1, of: 2 })).toBeNull();
  });
});

describe('wilson', () => {
  it('holds its share, and goes down to nothing and up to all only there', () => {
    fc.assert(
      fc.property(proportion, (one) => {
        const { low, high } = wilson(one);
        const share = one.count / one.of;
        expect(low).toBeLessThanOrEqual(share);
        expect(high).toBeGreaterThanOrEqual(share);
        expect(low === 0).toBe(one.count === 0);
        expect(high === 1).toBe(one.count === one.of);
      }),
    );
    expect(wilson({ count: 0, of: 0 })).toEqual({ low: 0, high: 1 });
  });
});

describe('verdictOf', () => {
  it('is nothing to act on below a hundred people, or where fewer than five did it or did not', () => {
    const many = { count: 500, of: 1_000 };
    expect(isTooFew({ count: 40, of: FEWEST_PEOPLE - 1 })).toBe(true);
    expect(verdictOf({ count: FEWEST_EACH_WAY - 1, of: 1_000 }, many)).toBe('TOO_FEW');
    expect(verdictOf({ count: 1_000 - FEWEST_EACH_WAY + 1, of: 1_000 }, many)).toBe('TOO_FEW');
    expect(verdictOf({ count: 300, of: 1_000 }, many)).toBe('LOWER');
    expect(verdictOf({ count: 600, of: 1_000 }, many)).toBe('HIGHER');
    expect(verdictOf({ count: 510, of: 1_000 }, many)).toBe('NO_DIFFERENCE_SHOWN');
  });

  it('asks more of each of several comparisons', () => {
    const [first, second] = [
      { count: 545, of: 1_000 },
      { count: 500, of: 1_000 },
    ];
    expect(verdictOf(first, second, quantileFor(1))).toBe('HIGHER');
    expect(verdictOf(first, second, quantileFor(4))).toBe('NO_DIFFERENCE_SHOWN');
    expect(() => quantileFor(5)).toThrow(RangeError);
  });

  it('of two groups that do not differ is wrong hardly more than one time in twenty', () => {
    // A linear congruential generator (Numerical Recipes): the same draws everywhere.
    let state = 1;
    const draw = (): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    const group = () => ({ count: Array.from({ length: 200 }, draw).filter((x) => x < 0.3).length, of: 200 });
    const wrong = Array.from({ length: 2_000 }, () => verdictOf(group(), group())).filter(
      (verdict) => verdict === 'HIGHER' || verdict === 'LOWER',
    );
    expect(wrong.length / 2_000).toBeLessThan(0.065);
  });
});
