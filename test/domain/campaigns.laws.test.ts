/**
 * Whole campaigns on a clock of their own, thousands of them by seed: people in many zones, hours and holidays, changes
 * of the clock, retries, limits, edits, pauses and lists that people come on to in the middle. The engine's own pure
 * functions decide, asked as the engine asks them and at moments when it would not.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faults } from './campaigns/faults.ts';
import { campaigns } from './campaigns/given.ts';
import { run } from './campaigns/run.ts';

const CAMPAIGNS = 3_000;

describe('no campaign', () => {
  it(`of ${CAMPAIGNS} contacts anybody outside a window, over a limit, in a pause, or whom a list forbids`, () => {
    let calls = 0;
    fc.assert(
      fc.property(campaigns, (given) => {
        const made = run(given);
        calls += made.length;
        expect(faults(given, made)).toEqual([]);
      }),
      { numRuns: CAMPAIGNS, seed: 2026 },
    );
    expect(calls).toBeGreaterThan(CAMPAIGNS);
  });
});
