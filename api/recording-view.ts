/** A recording as the API shows it, with its call and on its own. */
import { z } from '@hono/zod-openapi';
import type { RecordingRow } from '../db/queries/recordings.ts';
import { RECORDING_KINDS, RECORDING_STATUSES } from '../domain/recording.ts';
import { API_ROOT } from './endpoint.ts';
import { moment } from './schemas.ts';

export const recording = z
  .object({
    name: z.string(),
    kind: z.enum(RECORDING_KINDS).openapi({
      description: '`CALL` is both sides of the whole call; the others are the person alone, by a widget.',
    }),
    widget: z.string().nullable().openapi({ description: 'The widget that recorded; null for `CALL`.' }),
    startedAt: moment,
    durationMs: z.int().nullable().openapi({ description: 'Null until it is known.' }),
    bytes: z.int().nullable(),
    status: z.enum(RECORDING_STATUSES).openapi({
      description:
        '`RECORDING`: not in storage yet. `STORED`: can be fetched. `EMPTY`: nothing was heard. `LOST`: the telephone server had none; `cause` says more.',
    }),
    cause: z.string().nullable(),
    href: z.string().nullable().openapi({ description: 'Where the audio is; null unless it is `STORED`.' }),
  })
  .openapi('Recording');

/** @param attemptId the call it belongs to */
export function showRecording(attemptId: string, row: RecordingRow): z.input<typeof recording> {
  const { storageKey: _, ...shown } = row;
  const href = row.status === 'STORED' ? `${API_ROOT}/attempts/${attemptId}/recordings/${row.name}` : null;
  return { ...shown, href };
}
