/** What the page's address may say: the flow to begin with. */
import * as z from 'zod/mini';

export const uploadPlace = z.object({
  flowId: z.catch(z.optional(z.coerce.number().check(z.int(), z.positive())), undefined),
});
