/** What every change of a running request has in common: its lock, what stands against it, and how it is carried out. */
import type { z } from '@hono/zod-openapi';
import { lockRequest, type RequestRow, steerRequest } from '../db/queries/requests.ts';
import { isFinal } from '../domain/outcome.ts';
import type { Api, ChangeCall } from './endpoint.ts';
import { ApiError, notFound } from './errors.ts';
import { detail, type requestDetail } from './request-view.ts';
import { requireRequest } from './routes/requests.ts';
import type { idParam } from './schemas.ts';

type Steered = Parameters<typeof steerRequest>[1];
export type Move = Pick<Steered, 'set' | 'event' | 'data'>;
export type RequestId = z.output<typeof idParam>;

/** Locks the account's request and refuses what no ended request can do. @throws ApiError NOT_FOUND, REQUEST_ENDED */
export async function lockRunning(call: ChangeCall<RequestId, unknown, unknown>): Promise<RequestRow> {
  const row = await lockRequest(call.db, { accountId: call.account.id, requestId: call.params.id });
  if (!row) throw notFound('request');
  if (isFinal(row.status)) throw new ApiError('REQUEST_ENDED', `The request has ended: it is ${row.status}.`);
  return row;
}

/** Carries out one move and answers the request as it is then. No move: nothing was to be done. */
export async function steer(
  api: Api,
  call: ChangeCall<RequestId, unknown, unknown>,
  action: string,
  move: Move | undefined,
): Promise<z.input<typeof requestDetail>> {
  const key = { accountId: call.account.id, requestId: call.params.id };
  if (move) {
    await steerRequest(call.db, { ...key, ...move });
    await call.audit(`request.${action}`, `request/${key.requestId}`, move.data);
    call.notify(key.requestId);
  }
  return detail(call.db, api.deps.links, await requireRequest(call.db, key));
}

/** @throws ApiError REQUEST_CANCELLING */
export function notWhileCancelling(row: RequestRow): void {
  if (row.cancelledAt) throw new ApiError('REQUEST_CANCELLING', 'The request is being cancelled.');
}
