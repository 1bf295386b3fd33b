/** An attempt as the API shows it, in reports and on its own. */
import { z } from '@hono/zod-openapi';
import type { AttemptRow } from '../db/queries/attempts.ts';
import { DIRECTIONS, FLOW_TYPES, MEDIA, OUTCOMES } from '../domain/outcome.ts';
import { maybeMoment } from './schemas.ts';

export const attemptShape = {
  uuid: z.string(),
  direction: z.enum(DIRECTIONS).openapi({ description: '`in`: the person called us.' }),
  requestId: z.int().nullable().openapi({
    description: 'Null, as are `row` and `policyVersion`, for calls to us and what is sent from inside them.',
  }),
  row: z.int().nullable(),
  attemptNo: z.int(),
  step: z.int().openapi({ description: '0 is the attempt itself, n the nth message sent from inside it.' }),
  medium: z.enum(MEDIA),
  flowId: z.int(),
  flowName: z.string(),
  flowType: z.enum(FLOW_TYPES),
  flowVersion: z.int().openapi({ description: 'Negative: a draft, as it was tried by a test call.' }),
  policyVersion: z.int().nullable(),
  number: z.string().nullable().openapi({
    description: 'The person’s. Of a call to us: the caller’s, null when withheld.',
  }),
  email: z.string().nullable(),
  sender: z.string().nullable().openapi({
    description: 'Caller id, or sender of a message. Of a call to us: the number of ours that was dialled.',
  }),
  provider: z.string().nullable(),
  providerRef: z.string().nullable(),
  state: z.enum(['SCHEDULED', 'IN_PROGRESS', 'ENDED']),
  outcome: z.enum(OUTCOMES).nullable(),
  cause: z.string().nullable().openapi({ description: "The network's or provider's own reason." }),
  keys: z.string().nullable().openapi({ description: 'Keys pressed, in order.' }),
  beganAt: maybeMoment,
  answeredAt: maybeMoment,
  endedAt: maybeMoment,
  test: z
    .boolean()
    .openapi({ description: 'A test call to a whitelisted number. No statistics reckon with it.' }),
};
export const attempt = z.object(attemptShape).openapi('Attempt');

export function showAttempt(row: AttemptRow): z.input<typeof attempt> {
  const { id, address, reservedAt, settledAt, ...same } = row;
  return {
    ...same,
    uuid: id,
    number: row.medium === 'email' || address === '' ? null : address,
    email: row.medium === 'email' ? address : null,
    state: settledAt ? 'ENDED' : 'IN_PROGRESS',
    beganAt: reservedAt,
    endedAt: settledAt,
  };
}
