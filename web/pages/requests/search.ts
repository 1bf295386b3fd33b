/** What the dashboard's address may say: its filters. Whatever else stands there is left out. */
import * as z from 'zod/mini';

export const REQUEST_STATUSES = [
  'RECEIVED',
  'SCHEDULED',
  'IN_PROCESS',
  'PAUSED',
  'COMPLETED',
  'CANCELLED',
  'EXPIRED',
  'REJECTED',
] as const;
export const FLOW_TYPES = ['outbound', 'dialer', 'notification'] as const;

const text = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));
/** A day in the account's zone. */
const day = z.iso.date();

const optional = <S extends z.core.$ZodType>(schema: S) => z.catch(z.optional(schema), undefined);

/** Numbers in an address are read as numbers: flow names may look like one. */
export const requestFilters = z.object({
  from: optional(day),
  to: optional(day),
  id: optional(z.coerce.number().check(z.int(), z.positive())),
  flowType: optional(z.enum(FLOW_TYPES)),
  flowName: optional(z.pipe(z.coerce.string(), text)),
  status: optional(z.enum(REQUEST_STATUSES)),
});

export type RequestFilters = z.infer<typeof requestFilters>;
