/** Cursors of lists: where the page before ended, opaque to clients so that what is in them may change. */
import type { z } from '@hono/zod-openapi';
import { invalid } from './errors.ts';

export function encodeCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** @throws ApiError INVALID_INPUT for a cursor that is not of this list's making */
export function decodeCursor<S extends z.ZodType>(
  schema: S,
  cursor: string | undefined,
): z.output<S> | undefined {
  if (cursor === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw invalid('cursor', 'is not a cursor of this list');
  }
}

/**
 * A page out of one row more than asked for.
 * @param rows up to `limit + 1` rows: the last only says that there is a next page
 */
export function pageFrom<T>(
  rows: readonly T[],
  limit: number,
  position: (last: T) => unknown,
): { items: T[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(position(last)) : null,
  };
}
