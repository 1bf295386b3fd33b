/** How `condition` compares two values: as numbers where both are numbers, as text otherwise. */

/** Operators that compare a value with another. */
export const COMPARISONS = [
  'eq',
  'ne',
  'lt',
  'lte',
  'gt',
  'gte',
  'contains',
  'startsWith',
  'endsWith',
] as const;
export type Comparison = (typeof COMPARISONS)[number];

// Plain, or with digits grouped the Western (1,234,567) or the Indian way (12,34,567).
const NUMBER = /^[+-]?(?:\d+|\d{1,3}(?:,\d{2,3})*,\d{3})(?:\.\d+)?$/;
// Beyond 15 digits a double no longer tells neighbours apart.
const MAX_DIGITS = 15;

function numberIn(value: string): number | undefined {
  if (!NUMBER.test(value) || value.replace(/\D/g, '').length > MAX_DIGITS) return undefined;
  return Number(value.replaceAll(',', ''));
}

/** `007` and `+91...` are codes and telephone numbers: equal only to the same characters. */
const isCode = (value: string): boolean => /^\+|^0\d/.test(value);

/** Values are compared without their outer spaces, and text without regard to case. */
const normal = (value: string): string => value.trim().toLowerCase();

function isEqual(left: string, right: string): boolean {
  if (left === right) return true;
  if (isCode(left) || isCode(right)) return false;
  const [a, b] = [numberIn(left), numberIn(right)];
  return a !== undefined && a === b;
}

/** Negative, 0 or positive; `undefined` when one is empty, for nothing is neither more nor less. */
function order(left: string, right: string): number | undefined {
  if (left === '' || right === '') return undefined;
  const [a, b] = [numberIn(left), numberIn(right)];
  if (a !== undefined && b !== undefined) return a - b;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Whether `value` stands in the given relation to `operand`. */
export function compare(comparison: Comparison, value: string, operand: string): boolean {
  const [left, right] = [normal(value), normal(operand)];
  const sign = (): number => order(left, right) ?? Number.NaN;
  switch (comparison) {
    case 'eq':
      return isEqual(left, right);
    case 'ne':
      return !isEqual(left, right);
    case 'lt':
      return sign() < 0;
    case 'lte':
      return sign() <= 0;
    case 'gt':
      return sign() > 0;
    case 'gte':
      return sign() >= 0;
    case 'contains':
      return left.includes(right);
    case 'startsWith':
      return left.startsWith(right);
    case 'endsWith':
      return left.endsWith(right);
  }
}
