/** Ends the call. */
import { z } from 'zod';
import { PLAIN, type WidgetKind } from '../widget.ts';

const schema = z.strictObject({ type: z.literal('hang-up') });
export type HangUpWidget = z.output<typeof schema>;

export const hangUp = {
  ...PLAIN,
  type: 'hang-up',
  schema,
  edges: () => [{ field: 'next', to: undefined }],
  enter: () => ({ kind: 'HANG_UP' as const }),
} satisfies WidgetKind<HangUpWidget>;
