/** Steering a request that is under way: pause, resume, cancel, close. Edits are in `request-edit.ts`. */
import type { RequestRow } from '../../db/queries/requests.ts';
import { stopped } from '../../domain/spread.ts';
import { type Api, change } from '../endpoint.ts';
import { ApiError, type ErrorCode } from '../errors.ts';
import { requestDetail } from '../request-view.ts';
import { idParam } from '../schemas.ts';
import { lockRunning, type Move, notWhileCancelling, steer } from '../steering.ts';

/** What each word does to a running request. */
const MOVES: Record<
  'pause' | 'resume' | 'cancel' | 'close',
  { summary: string; description: string; errors: ErrorCode[]; move(row: RequestRow): Move | undefined }
> = {
  pause: {
    summary: 'Pause: nothing new begins',
    description: 'What has begun is allowed to end.',
    errors: ['REQUEST_ENDED', 'REQUEST_CANCELLING', 'REQUEST_ALREADY_PAUSED'],
    move(row) {
      notWhileCancelling(row);
      if (row.status === 'PAUSED')
        throw new ApiError('REQUEST_ALREADY_PAUSED', 'The request is paused already.');
      return { set: { status: 'PAUSED', pausedAt: new Date() }, event: 'PAUSED' };
    },
  },
  resume: {
    summary: 'Resume a paused request',
    description: 'Goes on where it was: nobody is called again for having been called before the pause.',
    errors: ['REQUEST_ENDED', 'REQUEST_CANCELLING', 'REQUEST_NOT_PAUSED'],
    move(row) {
      notWhileCancelling(row);
      if (row.status !== 'PAUSED') throw new ApiError('REQUEST_NOT_PAUSED', `The request is ${row.status}.`);
      return {
        set: {
          status: row.startedAt ? 'IN_PROCESS' : 'SCHEDULED',
          pausedAt: null,
          ...(row.spreadPlan && { spreadPlan: stopped(row.spreadPlan, row.pausedAt ?? new Date()) }),
        },
        event: 'RESUMED',
      };
    },
  },
  cancel: {
    summary: 'Cancel: nothing new begins, for good',
    description:
      'Calls in progress are allowed to end; then the status becomes CANCELLED. Until then `cancelRequestedAt` says that it was asked for. Asking again changes nothing.',
    errors: ['REQUEST_ENDED'],
    move(row) {
      if (row.cancelledAt) return undefined;
      return { set: { cancelledAt: new Date() }, event: 'CANCEL_REQUESTED' };
    },
  },
  close: {
    summary: 'Close an open request: no more records come',
    description: 'It completes when every record has ended. Closing a closed one changes nothing.',
    errors: ['REQUEST_ENDED', 'REQUEST_NOT_OPEN'],
    move(row) {
      if (!row.open) throw new ApiError('REQUEST_NOT_OPEN', 'The request was not created as an open one.');
      if (row.closedAt) return undefined;
      return { set: { closedAt: new Date() }, event: 'CLOSED' };
    },
  },
};

export function requestControlRoutes(api: Api): void {
  for (const [word, { summary, description, errors, move }] of Object.entries(MOVES)) {
    change(
      api,
      {
        method: 'post',
        path: `/requests/{id}/${word}`,
        tag: 'Requests',
        summary,
        description,
        scope: 'requests:write',
        params: idParam,
        reply: requestDetail,
        errors,
      },
      async (call) => steer(api, call, word, move(await lockRunning(call))),
    );
  }
}
