/** Whether a request's rows bear out what is promised of every request. */
import { z } from '@hono/zod-openapi';
import { CLAIMS, proveRequest } from '../../db/queries/proof/index.ts';
import { BUILT_IN_PROMOTIONAL } from '../../domain/promotional-hours.ts';
import { type Api, read } from '../endpoint.ts';
import { ApiError } from '../errors.ts';
import { idParam, moment } from '../schemas.ts';
import { requireRequest } from './requests.ts';

/** Clocks of workers and of the database differ by less where they are set over the network. */
const CLOCK_TOLERANCE_MS = 1_000;
/** PostgreSQL: a statement took longer than it may. */
const QUERY_CANCELLED = '57014';

const DESCRIPTION = `Every claim is looked at in SQL, over all rows and attempts of the request, by PostgreSQL's own
arithmetic and table of time zones; no code is shared with what decided about the calls. It may be asked at any time,
also of a request that runs. It reads all attempts: seconds for a hundred thousand.

A claim with nothing to check holds. What was deleted since cannot be asked: entries taken off the blacklist, dates taken
off a calendar.`;

const violation = z
  .object({
    attemptId: z.string().nullable(),
    row: z.int().nullable(),
    detail: z.string().openapi({ description: 'What was found, for a person.' }),
  })
  .openapi('Violation');

const claim = z
  .object({
    name: z.enum(CLAIMS as [string, ...string[]]),
    claim: z.string().openapi({ description: 'What is claimed, in words.' }),
    holds: z.boolean(),
    checked: z.int().openapi({ description: 'Attempts, rows or pairs of them that were looked at.' }),
    violated: z.int(),
    samples: z.array(violation).openapi({ description: 'The first ten that were violated.' }),
  })
  .openapi('Claim');

const proof = z
  .object({
    requestId: z.int(),
    at: moment,
    holds: z.boolean().openapi({ description: 'All claims hold.' }),
    claims: z.array(claim),
  })
  .openapi('Proof');

export function proofRoutes(api: Api): void {
  read(
    api,
    {
      method: 'get',
      path: '/requests/{id}/proof',
      tag: 'Requests',
      summary: 'Prove that the rules were kept',
      description: DESCRIPTION,
      scope: 'reports:read',
      params: idParam,
      reply: proof,
      errors: ['PROOF_TOO_LONG'],
    },
    async ({ db, account, params }) => {
      const key = { accountId: account.id, requestId: params.id };
      await requireRequest(db, key);
      const at = new Date();
      const found = await proveRequest(db, {
        ...key,
        promotional: BUILT_IN_PROMOTIONAL,
        clockToleranceMs: CLOCK_TOLERANCE_MS,
      }).catch((error: { code?: string }) => {
        if (error.code !== QUERY_CANCELLED) throw error;
        throw new ApiError(
          'PROOF_TOO_LONG',
          'One of the claims took longer than a minute. Ask again when the database is less busy.',
        );
      });
      const claims = found.map((one) => ({ ...one, holds: one.violated === 0 }));
      return { requestId: params.id, at, holds: claims.every(({ holds }) => holds), claims };
    },
  );
}
