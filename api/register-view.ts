/** Loads of the register, and what it says of a number, as replies show them. */
import { z } from '@hono/zod-openapi';
import type { RegisterVersion } from '../db/queries/register-versions.ts';
import { blockedCategories, PROMOTION_CATEGORIES, type RegisterEntry } from '../domain/register.ts';
import { maybeMoment, moment } from './schemas.ts';

const versionShape = {
  versionId: z.int(),
  fileName: z.string(),
  mode: z
    .enum(['FULL', 'UPDATE'])
    .openapi({ description: 'A full load replaces the register, an update changes it.' }),
  status: z.enum(['QUEUED', 'LOADING', 'DONE', 'FAILED']),
  current: z.boolean().openapi({ description: 'In force.' }),
  numbers: z.int().openapi({ description: 'Distinct numbers in the file.' }),
  rejected: z.int().openapi({ description: 'Rows that held no valid number, or no known operation.' }),
  unclear: z.int().openapi({
    description: 'Rows whose preference cannot be read: their numbers count as blocked for everything.',
  }),
  added: z.int().nullable(),
  removed: z.int().nullable(),
  total: z.int().nullable().openapi({ description: 'Numbers in force with this version.' }),
  rows: z.int().openapi({ description: 'Rows read, so far while it is being loaded.' }),
  bytes: z.int().nullable().openapi({ description: 'Size of a file that is loaded in the background.' }),
  bytesRead: z.int().nullable(),
  error: z.string().nullable().openapi({ description: 'Why nothing of it was loaded.' }),
  createdAt: moment,
  finishedAt: maybeMoment,
};
export const registerVersion = z.object(versionShape).openapi('RegisterVersion');
export const registerImport = z
  .object({
    ...versionShape,
    faults: z.array(z.object({ row: z.int(), problem: z.string() })).openapi({
      description: 'The first hundred rows that were not taken as they stood; rows count from 1.',
    }),
  })
  .openapi('RegisterImport');

export function showVersion(version: RegisterVersion): z.input<typeof registerVersion> {
  const { id, fileName, mode, status, current, numbers, rejected, unclear, added, removed, total } = version;
  const { rows, bytes, bytesRead, error, createdAt, finishedAt } = version;
  const counted = { numbers, rejected, unclear, added, removed, total, rows };
  return {
    ...{ versionId: id, fileName, mode, status, current, ...counted },
    ...{ bytes, bytesRead, error, createdAt, finishedAt },
  };
}

export const showImport = (version: RegisterVersion): z.input<typeof registerImport> => ({
  ...showVersion(version),
  faults: version.faults,
});

export const registerCheck = z
  .object({
    number: z.string(),
    registered: z.boolean(),
    whitelisted: z.boolean().openapi({ description: 'On the whitelist, so the register does not apply.' }),
    provider: z.string(),
    version: z.string().nullable().openapi({ description: 'The versions asked, such as `platform 3`.' }),
    askedAt: moment,
    entries: z.array(
      z.object({
        blocked: z.array(z.enum(PROMOTION_CATEGORIES)),
        preferredFrom: z.string().nullable(),
        preferredTo: z.string().nullable(),
        preferredDays: z.array(z.int()).nullable().openapi({ description: 'ISO weekdays, 1 is Monday.' }),
      }),
    ),
    promotional: z
      .enum(['ALLOWED', 'BLOCKED', 'LATER'])
      .openapi({ description: 'What a promotional flow of the category asked for may do now.' }),
    notBefore: maybeMoment,
  })
  .openapi('RegisterCheck');

const clock = (minute: number | null): string | null =>
  minute === null
    ? null
    : `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

export const showEntry = (entry: RegisterEntry) => ({
  blocked: blockedCategories(entry),
  preferredFrom: clock(entry.fromMinute),
  preferredTo: clock(entry.toMinute),
  preferredDays:
    entry.days === null ? null : [1, 2, 3, 4, 5, 6, 7].filter((day) => ((entry.days ?? 0) >> day) & 1),
});
