/** What the addresses of flows may say. Whatever else stands there is left out. */
import * as z from 'zod/mini';

export const FLOW_TYPES = ['outbound', 'dialer', 'inbound', 'notification'] as const;
export const FLOW_VIEWS = ['canvas', 'list', 'settings', 'variables', 'versions', 'json'] as const;
export type FlowView = (typeof FLOW_VIEWS)[number];

const optional = <S extends z.core.$ZodType>(schema: S) => z.catch(z.optional(schema), undefined);

export const flowFilters = z.object({
  /** Part of a name, or an id. */
  search: optional(z.pipe(z.coerce.string(), z.string().check(z.trim(), z.minLength(1), z.maxLength(200)))),
  type: optional(z.enum(FLOW_TYPES)),
});
export type FlowFilters = z.infer<typeof flowFilters>;

export const flowPlace = z.object({ view: optional(z.enum(FLOW_VIEWS)) });
