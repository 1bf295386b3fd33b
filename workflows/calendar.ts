/** Which page is due when. Plain data and arithmetic, so a continued workflow takes it along as JSON. */
import { PAGE_ROWS } from '../domain/paging.ts';

export { spread } from '../domain/paging.ts';

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
