/**
 * Comparing how many of two groups did something: an interval for each proportion, and one for their difference.
 *
 * - One proportion: Wilson's score interval (E. B. Wilson, Journal of the American Statistical Association 22, 1927).
 * - Two proportions: Newcombe's hybrid score interval, his method 10 (R. G. Newcombe, Statistics in Medicine 17, 1998,
 *   pages 873 to 890): made of the two Wilson intervals, and right where few did it or nearly all.
 *
 * No significance is claimed beyond the interval: a difference is shown where it does not hold zero.
 */

/** How many did it, of how many. */
export interface Proportion {
  count: number;
  of: number;
}

export interface Interval {
  low: number;
  high: number;
}

/**
 * Two-sided 95% over all of 1 to 4 comparisons with the first arm together (Bonferroni): the quantile of the normal
 * distribution at 1 - 0.05 / (2 x comparisons).
 */
const QUANTILES = [1.959964, 2.241403, 2.39398, 2.497705] as const;

/** @param comparisons 1 to 4 */
export function quantileFor(comparisons: number): number {
  const found = QUANTILES[comparisons - 1];
  if (found === undefined) throw new RangeError(`comparisons must be 1 to ${QUANTILES.length}`);
  return found;
}

/** Fewer people than this in an arm, or fewer who did it or did not, tell nothing that should be acted on. */
export const FEWEST_PEOPLE = 100;
export const FEWEST_EACH_WAY = 5;

/** The share that did it; null of nobody. */
export const shareOf = ({ count, of }: Proportion): number | null => (of === 0 ? null : count / of);

/** Wilson's interval; of nobody, everything is possible. @param z quantile of the normal distribution */
export function wilson({ count, of }: Proportion, z: number = QUANTILES[0]): Interval {
  if (of === 0) return { low: 0, high: 1 };
  const share = count / of;
  const spread = (z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of))) / (1 + (z * z) / of);
  const middle = (share + (z * z) / (2 * of)) / (1 + (z * z) / of);
  // Exact at the ends, where floating point would stray by a hair.
  return {
    low: count === 0 ? 0 : Math.max(0, middle - spread),
    high: count === of ? 1 : Math.min(1, middle + spread),
  };
}

/** By how much the first share exceeds the second, with Newcombe's interval. Null of nobody. */
export function difference(
  first: Proportion,
  second: Proportion,
  z: number = QUANTILES[0],
): (Interval & { estimate: number }) | null {
  const [p1, p2] = [shareOf(first), shareOf(second)];
  if (p1 === null || p2 === null) return null;
  const [w1, w2] = [wilson(first, z), wilson(second, z)];
  const estimate = p1 - p2;
  return {
    estimate,
    low: Math.max(-1, estimate - Math.hypot(p1 - w1.low, w2.high - p2)),
    high: Math.min(1, estimate + Math.hypot(w1.high - p1, p2 - w2.low)),
  };
}

/** Whether an arm is too small to be judged by this measure. */
export const isTooFew = ({ count, of }: Proportion): boolean =>
  of < FEWEST_PEOPLE || count < FEWEST_EACH_WAY || of - count < FEWEST_EACH_WAY;

export type Verdict = 'HIGHER' | 'LOWER' | 'NO_DIFFERENCE_SHOWN' | 'TOO_FEW';

/** What may be said of the first group against the second. */
export function verdictOf(first: Proportion, second: Proportion, z: number = QUANTILES[0]): Verdict {
  const found = difference(first, second, z);
  if (found === null || isTooFew(first) || isTooFew(second)) return 'TOO_FEW';
  if (found.low > 0) return 'HIGHER';
  return found.high < 0 ? 'LOWER' : 'NO_DIFFERENCE_SHOWN';
}
