/** Reading lists from the server page by page, and numbers from the command line. */
import { usage } from './exit.ts';
import { answer } from './server.ts';

/** What the server answers at most at a time. */
const PAGE_LIMIT = 500;

export interface Paging {
  limit: number;
  cursor?: string;
}

/** Up to `limit` items of a list, over as many pages as that takes. */
export async function collectPages<T>(
  limit: number,
  read: (paging: Paging) => Promise<{ data?: { items: T[]; nextCursor: string | null } }>,
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const paging: Paging = {
      limit: Math.min(PAGE_LIMIT, limit - items.length),
      ...(cursor !== null && { cursor }),
    };
    const page: { items: T[]; nextCursor: string | null } = await answer(read(paging));
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null && items.length < limit);
  return items;
}

/** @throws CommandError USAGE */
export function parseId(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw usage(`"${text}" is not a request id`, '`clarion requests` lists them.');
}

/** @throws CommandError USAGE */
export function parseLimit(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw usage(`--limit "${text}" must be a number from 1 to 999999`);
}

/** A word of a closed list, as people type it: `in-process` is `IN_PROCESS`. The server says what it knows. */
export const upper = (text: string | undefined): string | undefined =>
  text?.toUpperCase().replaceAll('-', '_');

/** A query without what was not given. */
export function given<T extends object>(query: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
