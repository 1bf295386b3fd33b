import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ARM_OF_NO_NUMBER, armOf, hash32, MAX_ARMS, MIN_ARMS } from '../../domain/split.ts';

const rule = fc.record({
  salt: fc.string({ maxLength: 40 }),
  weights: fc.array(fc.integer({ min: 1, max: 100 }), { minLength: MIN_ARMS, maxLength: MAX_ARMS }),
});
const number = fc.integer({ min: 6_000_000_000, max: 9_999_999_999 }).map((digits) => `+91${digits}`);

describe('hash32', () => {
  // Of the reference implementation, as published with it and in its ports.
  it.each([
    ['', 0, 0],
    ['', 1, 0x514e28b7],
    ['test', 0, 0xba6bd213],
    ['test', 0x9747b28c, 0x704b81dc],
    ['Hello, world!', 0x9747b28c, 0x24884cba],
    ['The quick brown fox jumps over the lazy dog', 0x9747b28c, 0x2fa826cd],
    ['aaa', 0x9747b28c, 0x283e0130],
    ['aa', 0x9747b28c, 0x5d211726],
    ['a', 0x9747b28c, 0x7fa09ea6],
  ])('of %j with seed %i is that of MurmurHash3', (text, seed, hash) => {
    expect(hash32(text, seed)).toBe(hash);
  });
});

describe('armOf', () => {
  it('gives every number one arm of those there are, and the same one each time', () => {
    fc.assert(
      fc.property(number, rule, (e164, split) => {
        const arm = armOf(e164, split);
        expect(Number.isInteger(arm) && arm >= 0 && arm < split.weights.length).toBe(true);
        expect(armOf(e164, { salt: split.salt, weights: [...split.weights] })).toBe(arm);
      }),
    );
  });

  it('fills arms by their weights: no list of 20,000 neighbouring numbers strays by five standard deviations', () => {
    fc.assert(
      fc.property(rule, fc.integer({ min: 6_000_000_000, max: 9_000_000_000 }), (split, first) => {
        const people = 20_000;
        const counts = split.weights.map(() => 0);
        for (let n = 0; n < people; n += 1) {
          const arm = armOf(`+91${first + n}`, split);
          counts[arm] = (counts[arm] ?? 0) + 1;
        }
        const total = split.weights.reduce((sum, weight) => sum + weight, 0);
        for (const [arm, weight] of split.weights.entries()) {
          const share = weight / total;
          const deviation = Math.sqrt(people * share * (1 - share));
          expect(Math.abs((counts[arm] ?? 0) - people * share)).toBeLessThan(5 * deviation);
        }
      }),
      { numRuns: 30, seed: 7 },
    );
  });

  it('under another salt sorts people anew: who shared an arm is no likelier to share one again', () => {
    const people = Array.from({ length: 20_000 }, (_, n) => `+91${9_800_000_000 + n}`);
    const weights = [1, 1];
    const both = people.filter(
      (one) => armOf(one, { salt: 'a', weights }) === 0 && armOf(one, { salt: 'b', weights }) === 0,
    );
    expect(Math.abs(both.length - 5_000)).toBeLessThan(5 * Math.sqrt(20_000 * 0.25 * 0.75));
  });

  it('keeps people in their arm when a last arm is taken half of the last one before', () => {
    fc.assert(
      fc.property(number, fc.string({ maxLength: 20 }), (e164, salt) => {
        const [two, three] = [
          armOf(e164, { salt, weights: [2, 2] }),
          armOf(e164, { salt, weights: [2, 1, 1] }),
        ];
        expect(three === 0).toBe(two === 0);
      }),
    );
  });

  it('puts rows without a number into one arm', () => {
    expect(armOf(undefined, { salt: 's', weights: [1, 1, 1] })).toBe(ARM_OF_NO_NUMBER);
  });
});
