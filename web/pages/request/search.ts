/** What the address of a request may say: which part of it is shown, which of its rows, and whose journey is open. */
import * as z from 'zod/mini';
import { statuses } from '../../strings/en/statuses.ts';

export const REQUEST_VIEWS = ['overview', 'rows', 'versions', 'proof'] as const;
export type RequestView = (typeof REQUEST_VIEWS)[number];

export type RowResult = keyof typeof statuses.result;
export type RowOutcome = keyof typeof statuses.outcome;
export const RESULTS = Object.keys(statuses.result) as RowResult[];
export const OUTCOMES = Object.keys(statuses.outcome) as RowOutcome[];

const optional = <S extends z.core.$ZodType>(schema: S) => z.catch(z.optional(schema), undefined);

export const requestPlace = z.object({
  view: optional(z.enum(REQUEST_VIEWS)),
  result: optional(z.enum(RESULTS)),
  outcome: optional(z.enum(OUTCOMES)),
  /** A person's number, as it may be written. Numbers in an address are read as numbers. */
  number: optional(z.pipe(z.coerce.string(), z.string().check(z.trim(), z.minLength(1), z.maxLength(40)))),
  /** The attempt whose journey is open. */
  call: optional(z.guid()),
});

export type RequestPlace = z.infer<typeof requestPlace>;
