/** The row decision: the closed list in its order, and the memory of numbers met. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ROW_RESULTS, type RowResult } from '../../domain/outcome.ts';
import { decideRow, type RowFacts, type RowRules, SeenNumbers } from '../../domain/row.ts';

const number = { e164: '+919876543210', region: 'IN' };
/** For each reason, the facts and rules that bring it about, in the order of the closed list. */
const FAULTS: [RowResult, Partial<RowFacts>, Partial<RowRules>][] = [
  ['MALFORMED_ROW', { malformed: 'too many cells' }, {}],
  ['MISSING_NUMBER', { number: undefined, given: ' ' }, {}],
  ['INVALID_NUMBER', { number: undefined, given: '12' }, {}],
  ['DUPLICATE', { repeats: 1 }, {}],
  ['BLACKLISTED', { blacklisted: true }, {}],
  ['DO_NOT_CALL', { onRegister: true }, { scrub: true }],
  ['MISSING_VARIABLE', { missingVariable: 'name' }, {}],
  ['TOO_LATE', {}, { tooLate: true }],
];
const clean: RowFacts = {
  malformed: null,
  given: '9876543210',
  number,
  repeats: 0,
  blacklisted: false,
  onRegister: false,
  whitelisted: false,
  missingVariable: undefined,
};
const rules: RowRules = { country: 'IN', scrub: false, category: null, tooLate: false, required: [] };

describe('a row', () => {
  test('with nothing against it is accepted', () => {
    expect(decideRow(clean, rules)).toEqual({ result: 'ACCEPTED', detail: null });
  });

  test('gets the first reason that applies, whatever others do too', () => {
    fc.assert(
      fc.property(fc.subarray([...FAULTS.keys()], { minLength: 1 }), (chosen) => {
        const faults = chosen.flatMap((index) => FAULTS[index] ?? []).length > 0 ? chosen : [];
        const facts: RowFacts = { ...clean };
        const ruled: RowRules = { ...rules };
        // Earlier reasons are laid over later ones where two speak of the same fact.
        for (const index of [...faults].reverse()) {
          Object.assign(facts, FAULTS[index]?.[1]);
          Object.assign(ruled, FAULTS[index]?.[2]);
        }
        const first = Math.min(...faults);
        const { result, detail } = decideRow(facts, ruled);
        expect(result).toBe(FAULTS[first]?.[0]);
        expect(detail).not.toBe(null);
      }),
    );
    expect(FAULTS.map(([result]) => result)).toEqual(ROW_RESULTS.slice(1));
  });

  test('is scrubbed against the register only where the register applies, and never when whitelisted', () => {
    const registered = { ...clean, onRegister: true };
    expect(decideRow(registered, { ...rules, scrub: true }).result).toBe('DO_NOT_CALL');
    expect(decideRow(registered, rules).result).toBe('ACCEPTED');
    expect(decideRow({ ...registered, whitelisted: true }, { ...rules, scrub: true }).result).toBe(
      'ACCEPTED',
    );
    const blacklisted = { ...registered, whitelisted: true, blacklisted: true };
    expect(decideRow(blacklisted, { ...rules, scrub: true }).result).toBe('BLACKLISTED');
  });
});

test('numbers met are remembered as a map would, long ones too', () => {
  const digits = fc.oneof(
    fc.integer({ min: 1, max: 3000 }).map((n) => `+${910_000_000_000 + n}`),
    fc.integer({ min: 1, max: 50 }).map((n) => `+4912345678901234${n}`),
    fc.integer({ min: 1, max: 50 }).map((n) => `+${n * 4_294_967_296}`),
  );
  fc.assert(
    fc.property(fc.array(digits, { maxLength: 6000, size: 'max' }), (given) => {
      const seen = new SeenNumbers();
      const model = new Map<string, number>();
      for (const [index, e164] of given.entries()) {
        expect(seen.meet(e164, index + 1)).toBe(model.get(e164) ?? 0);
        if (!model.has(e164)) model.set(e164, index + 1);
      }
    }),
    { numRuns: 30 },
  );
});
