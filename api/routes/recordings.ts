/** What was recorded in a call: the list, and the audio of each. */
import { Readable } from 'node:stream';
import { z } from '@hono/zod-openapi';
import { listAttempts } from '../../db/queries/attempts.ts';
import { listRecordings, type RecordingRow } from '../../db/queries/recordings.ts';
import { StorageMissing } from '../../providers/storage/storage.ts';
import { type Api, endpoint, read } from '../endpoint.ts';
import { ApiError, notFound } from '../errors.ts';
import { recording, showRecording } from '../recording-view.ts';

const attemptParam = z.object({ id: z.guid('must be a UUID') });
const recordingParam = attemptParam.extend({
  name: z.string().regex(/^[A-Za-z0-9_-]{1,240}\.gsm$/, 'must be the name of a recording, ending in .gsm'),
});

/** RFC 3551 names the encoding GSM; `audio/gsm` is what programs know such files as. */
const AUDIO = 'audio/gsm';

/** @throws ApiError when there is nothing to hear of it */
function audible(row: RecordingRow): string {
  if (row.status === 'EMPTY')
    throw new ApiError('RECORDING_EMPTY', 'Nothing was heard: the recording has 0 bytes.');
  if (row.status === 'LOST') {
    throw new ApiError(
      'RECORDING_LOST',
      `There is no audio of it: ${row.cause ?? 'the cause is not known'}.`,
    );
  }
  if (row.status !== 'STORED' || row.storageKey === null) {
    throw new ApiError(
      'RECORDING_NOT_READY',
      'It is fetched from the telephone server when the call has ended.',
    );
  }
  return row.storageKey;
}

export function recordingRoutes(api: Api): void {
  const { storage } = api.deps;
  const shared = { method: 'get', tag: 'Calls', scope: 'reports:read' } as const;
  read(
    api,
    {
      ...shared,
      path: '/attempts/{id}/recordings',
      summary: 'What was recorded in a call',
      description: 'In the order they began; empty when nothing was recorded.',
      params: attemptParam,
      reply: z.object({ items: z.array(recording) }).openapi('RecordingList'),
    },
    async ({ db, account, params }) => {
      const attemptId = params.id.toLowerCase();
      const of = { accountId: account.id, attemptId };
      const [rows, [attempt]] = await Promise.all([
        listRecordings(db, of),
        listAttempts(db, { accountId: account.id, id: attemptId, limit: 1 }),
      ]);
      if (!attempt) throw notFound('attempt');
      return { items: rows.map((row) => showRecording(attemptId, row)) };
    },
  );
  endpoint(
    api,
    {
      ...shared,
      path: '/attempts/{id}/recordings/{name}',
      summary: 'The audio of a recording',
      description: 'GSM 06.10, 8 kHz, mono: 33 bytes for each 20 ms.',
      params: recordingParam,
      reply: z.string().openapi({ format: 'binary' }),
      replyType: AUDIO,
      errors: ['RECORDING_EMPTY', 'RECORDING_LOST', 'RECORDING_NOT_READY'],
    },
    async ({ db, account, params }) => {
      const rows = await listRecordings(db, { accountId: account.id, attemptId: params.id.toLowerCase() });
      const row = rows.find((one) => one.name === params.name);
      if (!row) throw notFound('recording');
      const audio = await storage.read(audible(row)).catch((error: unknown) => {
        if (!(error instanceof StorageMissing)) throw error;
        throw new ApiError('RECORDING_LOST', 'There is no audio of it: it is not in storage any more.');
      });
      return new Response(Readable.toWeb(audio) as ReadableStream, {
        headers: {
          'content-type': AUDIO,
          'content-length': String(row.bytes),
          'content-disposition': `attachment; filename="${row.name}"`,
          'cache-control': 'private, no-store',
        },
      });
    },
  );
}
