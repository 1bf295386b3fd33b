/** Pieces that many routes' inputs and replies share. */
import { z } from '@hono/zod-openapi';

/** A moment in a reply. */
export const moment = z
  .date()
  .openapi({ type: 'string', format: 'date-time', example: '2026-01-31T09:00:00.000Z' });

/** A moment that may not have come, or may never. */
export const maybeMoment = z
  .date()
  .nullable()
  .openapi({ type: ['string', 'null'], format: 'date-time', example: null });

/** A generated id in a path or a query. */
export const id = z.coerce
  .number('must be a number')
  .int('must be a whole number')
  .min(1, 'must be 1 or more')
  .max(Number.MAX_SAFE_INTEGER, 'is too large')
  .openapi({ type: 'integer', example: 1 });

export const idParam = z.object({ id });

/** RFC 3339 with an offset, in a query. */
export const queryMoment = z.iso
  .datetime({ offset: true, error: 'must be RFC 3339, such as 2026-01-31T09:00:00Z' })
  .transform((text) => new Date(text))
  .openapi({ type: 'string', format: 'date-time' });

/** What every list takes. */
export const paging = z.strictObject({
  limit: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1, 'must be 1 or more')
    .max(500, 'must be 500 or less')
    .default(50)
    .openapi({ type: 'integer', minimum: 1, maximum: 500, default: 50 }),
  cursor: z.string().max(500).optional().openapi({ description: '`nextCursor` of the page before.' }),
});

/** What every list answers. */
export const pageOf = <S extends z.ZodType>(item: S, name: string) =>
  z
    .object({
      items: z.array(item),
      nextCursor: z.string().nullable().openapi({ description: 'For the next page; null on the last.' }),
    })
    .openapi(name);

export const csv = z.string().openapi({ description: 'CSV (RFC 4180), UTF-8.' });
