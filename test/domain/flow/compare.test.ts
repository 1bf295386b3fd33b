import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Comparison, compare } from '../../../domain/flow/compare.ts';

describe('comparing', () => {
  it.each<[string, Comparison, string, boolean]>([
    ['9', 'lt', '10', true],
    ['1,00,000', 'eq', '100000', true],
    ['1,000.50', 'gt', '1000.4', true],
    ['-5', 'lte', '-5.0', true],
    ['7', 'eq', '7.0', true],
    ['007', 'eq', '7', false],
    ['+911', 'eq', '911', false],
    ['Yes ', 'eq', 'yes', true],
    ['', 'lt', '5', false],
    ['', 'gte', '', false],
    ['', 'eq', '', true],
    ['', 'ne', '5', true],
    ['apple', 'lt', 'banana', true],
    ['2026-01-31', 'lt', '2026-02-01', true],
    ['New Delhi', 'contains', 'delhi', true],
    ['+91981', 'startsWith', '+91', true],
    ['a@Example.com', 'endsWith', '@example.com', true],
    ['12345678901234567', 'eq', '12345678901234568', false],
  ])('"%s" %s "%s" is %s', (value, operator, operand, holds) => {
    expect(compare(operator, value, operand)).toBe(holds);
  });

  it('numbers as JavaScript does', () => {
    const number = fc.integer({ min: -1_000_000, max: 1_000_000 });
    fc.assert(
      fc.property(number, number, (a, b) => {
        expect(compare('lt', String(a), String(b))).toBe(a < b);
        expect(compare('gte', String(a), String(b))).toBe(a >= b);
        expect(compare('ne', String(a), String(b))).toBe(a !== b);
      }),
    );
  });
});
