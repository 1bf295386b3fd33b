/** Files of numbers or mail addresses for the blacklist: a million rows at a time, good ones taken, bad ones named. */
import { z } from '@hono/zod-openapi';
import { MAX_REASON_LENGTH } from '../../domain/blacklist-file.ts';
import { ListRejected } from '../../domain/list/rejection.ts';
import { type Api, answerChange, endpoint, type Spec } from '../endpoint.ts';
import { ApiError, fromZod, invalid } from '../errors.ts';
import { receiveUpload, type Upload } from '../upload.ts';
import { BLACKLIST_KINDS, BLACKLIST_TAG, type Kind, readCommon } from './blacklist.ts';

/** A million rows with a reason of a hundred characters. */
const MAX_BYTES = 128 * 1024 * 1024;

const fields = z.strictObject({
  reason: z.string().trim().max(MAX_REASON_LENGTH).optional().openapi({
    description: 'Of rows without a `reason` of their own.',
  }),
  expiresAt: z.iso
    .datetime({ offset: true, error: 'must be RFC 3339 with an offset' })
    .optional()
    .openapi({ description: 'Of rows without an `expiresAt` of their own.' }),
});
const imported = z
  .object({
    added: z.int(),
    updated: z.int().openapi({ description: 'Were there already, from before or from an earlier row.' }),
    rejected: z.int().openapi({ description: 'Rows that said nothing usable; the others were taken.' }),
    firstRejected: z.array(z.object({ row: z.int(), message: z.string() })).openapi({
      description: 'The first twenty of them. Rows count from 1, without the header.',
    }),
  })
  .openapi('BlacklistImport');

/** @throws ApiError INVALID_INPUT naming the field */
function readFields(given: Upload['fields']) {
  // A form sends a field that was left empty as an empty text.
  const parsed = fields.safeParse(Object.fromEntries(given.filter(([, value]) => value.trim() !== '')));
  if (!parsed.success) throw fromZod(parsed.error);
  return readCommon(parsed.data);
}

function importRoute(api: Api, kind: Kind): void {
  const column = kind.one;
  const form = fields
    .extend({
      file: z.string().openapi({
        format: 'binary',
        description: `csv with a column \`${column}\` and, where wanted, \`reason\` and \`expiresAt\`. At most a million rows.`,
      }),
    })
    .openapi(`Blacklist${kind.schema}Upload`);
  const spec = {
    method: 'post',
    path: `${kind.path}/imports`,
    tag: BLACKLIST_TAG,
    summary: `Blacklist the ${kind.things} of a file`,
    description:
      'All usable rows are added in one transaction; those that are there already get the new reason and expiry.',
    scope: 'lists:write',
    otherBodies: { 'multipart/form-data': form },
    status: 201,
    reply: imported,
    errors: ['STORAGE_UNAVAILABLE', 'TOO_MANY_FILES'],
  } satisfies Spec<undefined, undefined, undefined, typeof imported>;
  endpoint(api, spec, async (call) => {
    // Whoever named no account is told before a hundred megabytes are read.
    const { account } = call;
    const upload = await receiveUpload(api.deps.storage, call.c.req.raw, {
      field: 'file',
      maxFiles: 1,
      limitBytes: { csv: MAX_BYTES, zip: MAX_BYTES },
    });
    try {
      return await answerChange(
        api,
        spec,
        call,
        ['post', spec.path, ...upload.fingerprint],
        async (change) => {
          const [file] = upload.files;
          const rules = readFields(upload.fields);
          if (!file) throw invalid('file', 'send a file');
          if (!file.key)
            throw new ApiError('BODY_TOO_LARGE', `The file may have at most ${MAX_BYTES} bytes.`);
          if (file.format === 'zip') throw invalid('file', 'is a zip archive; send the csv that is in it');
          const done = await api.deps
            .importBlacklist(change.db, {
              ...rules,
              accountId: account.id,
              kind: kind.kind,
              country: account.defaultCountry,
              now: new Date(),
              content: await api.deps.storage.read(file.key),
            })
            .catch((error: unknown) => {
              throw error instanceof ListRejected ? invalid('file', error.message) : error;
            });
          const { added, updated, rejected } = done;
          await change.audit('blacklist.import', kind.path.slice(1), { added, updated, rejected });
          return done;
        },
      );
    } finally {
      // The entries are in the database, or none is.
      await upload.discard();
    }
  });
}

export function blacklistImportRoutes(api: Api): void {
  for (const kind of BLACKLIST_KINDS) importRoute(api, kind);
}
