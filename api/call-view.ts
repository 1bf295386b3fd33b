/**
 * A call as the API shows it, whatever became of it, and with it all that its person went through in the request: the other
 * attempts, what was sent from inside them, and the whole as sentences in their order.
 */
import { z } from '@hono/zod-openapi';
import type { Database } from '../db/client.ts';
import type { Account } from '../db/queries/accounts.ts';
import { type AttemptRow, findAttempts } from '../db/queries/attempts.ts';
import { attemptsOfPerson, stepsOf, tracesOf } from '../db/queries/person-attempts.ts';
import { getRecord, type RecordRow } from '../db/queries/records.ts';
import { getRequest, type RequestRow } from '../db/queries/requests.ts';
import {
  type AttemptKey,
  attemptId,
  isCodeAttemptId,
  isInboundAttemptId,
  parseAttemptId,
  stepAttemptId,
} from '../domain/attempt-id.ts';
import { timelineOf } from '../domain/journey-text.ts';
import { MEDIA } from '../domain/outcome.ts';
import { attemptShape, showAttempt } from './attempt-view.ts';
import { notFound } from './errors.ts';
import { recording, showRecording } from './recording-view.ts';
import { maybeMoment, moment } from './schemas.ts';

const journeyEntry = z
  .object({
    at: z.string(),
    widget: z.string(),
    widgetType: z.string(),
    event: z.string(),
    data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  })
  .openapi('JourneyEntry');

export const callDetail = z
  .object({
    ...attemptShape,
    attempts: z
      .array(z.object({ uuid: z.string(), attemptNo: z.int(), outcome: attemptShape.outcome }))
      .openapi({ description: 'All attempts of this person in the request so far, first to last.' }),
    steps: z
      .array(
        z.object({
          uuid: z.string(),
          attemptNo: z.int(),
          medium: z.enum(MEDIA),
          outcome: attemptShape.outcome,
        }),
      )
      .openapi({ description: 'Messages and second calls that were begun from inside them.' }),
    nextAttemptAt: maybeMoment.openapi({
      description: 'When the person may next be tried; null when that is open, or never.',
    }),
    journey: z.array(journeyEntry),
    recordings: z.array(recording),
    timeline: z
      .array(z.object({ at: moment, uuid: z.string(), attemptNo: z.int(), text: z.string() }))
      .openapi({
        description: 'What happened, attempt by attempt and widget by widget, as sentences for people.',
      }),
  })
  .openapi('Call');
type CallDetail = z.input<typeof callDetail>;

/** A call that has not begun: what its request and its record say it will be, or that it never will be made. */
function notBegun(key: AttemptKey, request: RequestRow, record: RecordRow) {
  return {
    uuid: attemptId(key),
    direction: 'out' as const,
    requestId: key.requestId,
    row: key.row,
    attemptNo: key.attemptNo,
    step: key.step,
    medium: 'voice' as const,
    flowId: request.flowId,
    flowName: request.flowName,
    flowType: request.flowType,
    flowVersion: request.flowVersion,
    policyVersion: request.policyVersion,
    number: record.number,
    email: null,
    sender: null,
    provider: null,
    providerRef: null,
    state: record.endedAt ? ('ENDED' as const) : ('SCHEDULED' as const),
    outcome: record.endedAt ? record.outcome : null,
    cause: null,
    keys: null,
    beganAt: null,
    answeredAt: null,
    endedAt: record.endedAt,
    test: request.source === 'test',
  };
}

/** What a person's attempts left behind, with the journey and the recordings of the one that is asked for. */
async function tell(db: Database, accountId: number, uuid: string, attempts: readonly AttemptRow[]) {
  const steps = await stepsOf(db, { accountId, callIds: attempts.map(({ id }) => id) });
  const all = [...attempts, ...steps];
  const ids = [...new Set([...all.map(({ id }) => id), uuid])];
  const traces = await tracesOf(db, { accountId, ids });
  const own = traces.get(uuid);
  return {
    attempts: attempts.map(({ id, attemptNo, outcome }) => ({ uuid: id, attemptNo, outcome })),
    steps: steps.map(({ id, attemptNo, medium, outcome }) => ({ uuid: id, attemptNo, medium, outcome })),
    journey: own?.entries ?? [],
    recordings: own?.recordings.map((row) => showRecording(uuid, row)) ?? [],
    timeline: timelineOf(
      all.map(({ id, reservedAt, settledAt, ...row }) => ({
        ...row,
        uuid: id,
        beganAt: reservedAt,
        endedAt: settledAt,
        entries: traces.get(id)?.entries ?? [],
        recordings: traces.get(id)?.recordings ?? [],
      })),
    ),
  };
}

/** A call to us, a message sent from inside one, or a one-time code: no request stands behind it, and nothing is tried again. */
async function findUnasked(db: Database, accountId: number, uuid: string): Promise<CallDetail> {
  // What is done from inside a call belongs to the call.
  const callId = isCodeAttemptId(uuid) ? uuid : stepAttemptId(uuid, 0);
  const found = await findAttempts(db, { accountId, ids: [uuid, callId] });
  const asked = found.find(({ id }) => id === uuid);
  const call = found.find(({ id }) => id === callId);
  if (!asked) throw notFound('call');
  return {
    ...showAttempt(asked),
    nextAttemptAt: null,
    ...(await tell(db, accountId, uuid, call ? [call] : [asked])),
  };
}

/** @param given the id of an attempt, begun or next to come. @throws ApiError NOT_FOUND */
export async function findCall(db: Database, account: Account, given: string): Promise<CallDetail> {
  const uuid = given.toLowerCase();
  const accountId = account.id;
  if (isInboundAttemptId(uuid) || isCodeAttemptId(uuid)) return findUnasked(db, accountId, uuid);
  const key = parseAttemptId(uuid);
  // A request id of 48 bits may be no safe integer of ours, but it is then no request of ours either.
  if (!key) throw notFound('call');
  const ofRecord = { accountId, requestId: key.requestId, row: key.row };
  const [[found], request, record] = await Promise.all([
    findAttempts(db, { accountId, ids: [uuid] }),
    getRequest(db, ofRecord),
    getRecord(db, ofRecord),
  ]);
  if (!request || !record || record.result !== 'ACCEPTED') throw notFound('call');
  const begun = Math.max(record.attempts, found ? key.attemptNo : 0);
  const attempts = await attemptsOfPerson(db, { ...ofRecord, attempts: begun });
  const nextAttemptAt = record.endedAt ? null : record.dueAt;
  if (found) return { ...showAttempt(found), nextAttemptAt, ...(await tell(db, accountId, uuid, attempts)) };
  // Of calls to come only the next one is known of; any later id is nobody's yet.
  const next = record.attempts + 1;
  if (key.step !== 0 || key.attemptNo !== next || (record.endedAt && next > 1)) throw notFound('call');
  return { ...notBegun(key, request, record), nextAttemptAt, ...(await tell(db, accountId, uuid, attempts)) };
}
