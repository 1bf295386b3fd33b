/**
 * How a request's rows are walked through: pages of rows, passes over a page, and when a page is looked at
 * again. Pure, and free of zod, so that the workflows that do it and the forecast that foretells it share it.
 */

/** Rows in a page. About 500 keeps a page's history near 2,500 events, half of where Temporal suggests to stop. */
export const PAGE_ROWS = 500;

/** Most attempts one page has in the hands of workers at once: all of them, well under the server's 2,000 a workflow. */
const MOST_LANES = PAGE_ROWS;

/** Pages in progress at once, however many calls the policy allows: 20 x 500 is the most a policy may ask for. */
const MOST_PAGES = 20;

/** A call is taken to last about this long when deciding how many may usefully wait for a slow pace. */
const PACE_HORIZON_S = 60;

/**
 * How many pages run at once, and with how many lanes each. One page more than the concurrency needs, so
 * the last long call of a page does not leave lines idle; the turnstile holds the exact limit. Where the
 * pace is slower than the concurrency would allow, fewer attempts wait in the hands of workers.
 */
export function spread(concurrency: number, callsPerSecond: number): { pages: number; lanes: number } {
  const useful = Math.min(concurrency, Math.max(1, Math.ceil(callsPerSecond * PACE_HORIZON_S)));
  const lanes = Math.min(useful, MOST_LANES);
  return { lanes, pages: Math.min(MOST_PAGES, Math.ceil(useful / lanes) + 1) };
}

/**
 * When a page should next be looked at: when its next record is due, or a little later if others are due
 * soon after, so that a page whose calls ended over a minute is not walked through once for each of them.
 * Waiting a tenth longer, a minute at the most, is never early and hardly late.
 * @param times when its records are due, Unix ms
 */
export function nextLook(times: readonly number[], now: number): number | undefined {
  if (times.length === 0) return undefined;
  const first = Math.min(...times);
  const slack = Math.min(60_000, (first - now) / 10);
  return Math.max(...times.filter((at) => at <= first + slack));
}
