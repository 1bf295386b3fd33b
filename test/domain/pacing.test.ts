import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { admit, advance, BURST_MS } from '../../domain/pacing.ts';

describe('pace', () => {
  it('never begins more calls in any second than the limit and one burst', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.2, max: 500, noNaN: true }),
        fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 5, maxLength: 200 }),
        (perSecond, gaps) => {
          const limit = { perSecond, maxInProgress: 1_000_000 };
          const begun: number[] = [];
          let nextAt = 0;
          let now = 1_000_000;
          for (const gap of gaps) {
            now += gap;
            const admitted = admit(limit, { inProgress: 0, nextAt }, 10_000, now);
            nextAt = advance(limit, nextAt, admitted, now);
            for (let i = 0; i < admitted; i++) begun.push(now);
          }
          for (const start of begun) {
            const within = begun.filter((at) => at >= start && at < start + 1000).length;
            expect(within).toBeLessThanOrEqual(Math.ceil(perSecond * (1 + BURST_MS / 1000)) + 1);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('uses the whole pace when asked often enough', () => {
    const limit = { perSecond: 30, maxInProgress: 1000 };
    let nextAt = 0;
    let begun = 0;
    for (let now = 0; now <= 10_000; now += 20) {
      const admitted = admit(limit, { inProgress: 0, nextAt }, 1000, now);
      nextAt = advance(limit, nextAt, admitted, now);
      begun += admitted;
    }
    expect(begun).toBeGreaterThanOrEqual(300);
    expect(begun).toBeLessThanOrEqual(304);
  });

  it('begins nothing while as many calls as allowed are in progress', () => {
    expect(admit({ perSecond: 100, maxInProgress: 5 }, { inProgress: 5, nextAt: 0 }, 3, 1000)).toBe(0);
    expect(admit({ perSecond: 100, maxInProgress: 5 }, { inProgress: 4, nextAt: 0 }, 3, 1000)).toBe(1);
    expect(admit({ perSecond: 100, maxInProgress: 5 }, { inProgress: 9, nextAt: 0 }, 3, 1000)).toBe(0);
  });
});
