/** All activities, made from what they depend on. Workflows know their types alone. */
import type { Database } from '../db/client.ts';
import type { Frozen } from '../db/queries/frozen.ts';
import { cancelRequest, countRequest } from '../db/queries/request-control.ts';
import {
  closeRequest,
  dueRecords,
  endRemaining,
  noteNextDue,
  noteStarted,
  type PageRange,
  planRequest,
} from '../db/queries/request-progress.ts';
import type { FinalStatus } from '../domain/outcome.ts';
import type { AnswerCall } from './answer-call.ts';
import { beating } from './beating.ts';
import { createIngestList, type IngestDeps } from './ingest-list.ts';
import { createMailStatus, type MailStatusDeps } from './mail-status.ts';
import type { PlaceCall } from './place-call.ts';

interface RequestIds {
  accountId: number;
  requestId: number;
}

export interface ActivityDeps {
  db: Database;
  frozen: Frozen;
  now: () => Date;
  placing: PlaceCall;
  answering: AnswerCall;
  ingest: IngestDeps;
  mail: MailStatusDeps;
}

export type Activities = ReturnType<typeof createActivities>;

export function createActivities(deps: ActivityDeps) {
  const { db, frozen, now } = deps;
  return {
    ingestList: createIngestList(deps.ingest),
    placeCall: beating(deps.placing.activity),
    answerCall: beating(deps.answering.activity),
    mailStatus: createMailStatus(deps.mail),

    planRequest: beating((ids: RequestIds) => planRequest(db, frozen, ids, now().getTime())),
    cancelRequest: beating((ids: RequestIds) => cancelRequest(db, ids)),
    countRequest: beating((ids: RequestIds) => countRequest(db, ids)),
    noteNextDue: beating(({ at, ...ids }: RequestIds & { at?: number }) => noteNextDue(db, ids, at)),
    endRemaining: beating(({ outcome, ...ids }: RequestIds & { outcome: 'CANCELLED' | 'EXPIRED' }) =>
      endRemaining(db, ids, outcome, now()),
    ),
    closeRequest: beating(({ status, ...ids }: RequestIds & { status: FinalStatus }) =>
      closeRequest(db, ids, status, now()),
    ),

    /** What of a page is due, and when the rest is. The first pass that finds something starts the request. */
    findDue: beating(async ({ accountId, requestId, fromRow, toRow }: PageRange) => {
      const range = { accountId, requestId, fromRow, toRow };
      const found = await dueRecords(db, frozen, range, now().getTime());
      if (found.due.length > 0) await noteStarted(db, { accountId, requestId });
      return found;
    }),
  };
}
