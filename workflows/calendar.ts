/** Which page is due when. Plain data and arithmetic, so a continued workflow takes it along as JSON. */
import { PAGE_ROWS } from './contract.ts';

export interface PageDue {
  page: number;
  /** Number of the next pass over it. */
  pass: number;
  /** Unix ms. */
  dueAt: number;
}

/** Pages for rows `known + 1` to `rows`, due at once. A page that was already there but not full comes again. */
export function pagesFor(known: number, rows: number): number[] {
  if (rows <= known) return [];
  const first = Math.floor(known / PAGE_ROWS) + 1;
  const last = Math.ceil(rows / PAGE_ROWS);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** The rows of a page: page 1 is rows 1 to 500. */
export function rowsOfPage(page: number): { fromRow: number; toRow: number } {
  return { fromRow: (page - 1) * PAGE_ROWS + 1, toRow: page * PAGE_ROWS };
}

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
