/** Loads of the do-not-call register: an account's own, or by operations the platform's, which applies to all. */
import { z } from '@hono/zod-openapi';
import { PLATFORM_ACCOUNT } from '../../db/queries/register.ts';
import { listRegisterVersions } from '../../db/queries/register-versions.ts';
import { ListRejected } from '../../domain/list/rejection.ts';
import { isPhoneCountry } from '../../domain/phone.ts';
import type { Caller } from '../context.ts';
import { decodeCursor, pageFrom } from '../cursor.ts';
import { type Api, answerChange, type Call, endpoint, read, type Spec } from '../endpoint.ts';
import { ApiError, invalid } from '../errors.ts';
import { moment, pageOf, paging } from '../schemas.ts';
import { receiveUpload, type Upload } from '../upload.ts';

/** Forty million numbers. A larger register is loaded in parts. */
const MAX_BYTES = 512 * 1024 * 1024;

const form = z
  .object({
    file: z
      .string()
      .openapi({ format: 'binary', description: 'csv with a `number` column, or of numbers alone.' }),
    country: z
      .string()
      .length(2)
      .optional()
      .openapi({ description: "Whose numbers stand without a country code. Absent: the account's country." }),
  })
  .openapi('RegisterUpload');
const imported = z
  .object({
    versionId: z.int(),
    numbers: z.int().openapi({ description: 'Distinct numbers in the file.' }),
    rejected: z.int().openapi({ description: 'Rows that held no valid number.' }),
  })
  .openapi('RegisterImport');
const version = z
  .object({
    versionId: z.int(),
    fileName: z.string(),
    numbers: z.int(),
    rejected: z.int(),
    current: z.boolean(),
    createdAt: moment,
  })
  .openapi('RegisterVersion');

const tag = 'Do-not-call register';
const importSpec = {
  method: 'post',
  path: '/register/imports',
  tag,
  summary: 'Load numbers into the do-not-call register',
  description:
    'Adds the numbers as a new version, whole or not at all. With a key of operations that names no account, into the register of the platform, which applies to every account.',
  scope: 'lists:write',
  otherBodies: { 'multipart/form-data': form },
  status: 201,
  reply: imported,
} satisfies Spec<undefined, undefined, undefined, typeof imported>;

const registerOf = (caller: Caller): number => caller.account?.id ?? PLATFORM_ACCOUNT;

function readCountry(caller: Caller, fields: Upload['fields']): string {
  const other = fields.find(([name]) => name !== 'country');
  if (other) throw invalid(other[0], 'is not a known field');
  const country = (fields[0]?.[1] ?? caller.account?.defaultCountry ?? '').toUpperCase();
  if (isPhoneCountry(country)) return country;
  throw invalid('country', 'must be a country of two letters, such as IN');
}

async function load(api: Api, call: Call<unknown, unknown>, upload: Upload): Promise<Response> {
  const { caller } = call;
  const parts = ['post', importSpec.path, ...upload.fingerprint];
  return answerChange(api, importSpec, call, parts, async ({ db, audit }) => {
    const [file] = upload.files;
    const country = readCountry(caller, upload.fields);
    if (!file) throw invalid('file', 'send a file');
    if (!file.key) throw new ApiError('BODY_TOO_LARGE', `The file may have at most ${MAX_BYTES} bytes.`);
    const done = await api.deps
      .importRegister(db, {
        accountId: registerOf(caller),
        fileName: file.fileName,
        country,
        content: await api.deps.storage.read(file.key),
      })
      .catch((error: unknown) => {
        throw error instanceof ListRejected ? invalid('file', error.message) : error;
      });
    await audit('register.import', `register/${done.versionId}`, { ...done });
    return done;
  });
}

export function registerRoutes(api: Api): void {
  endpoint(api, importSpec, async (call) => {
    const upload = await receiveUpload(api.deps.storage, call.c.req.raw, {
      field: 'file',
      maxFiles: 1,
      limitBytes: { csv: MAX_BYTES, zip: MAX_BYTES },
    });
    try {
      return await load(api, call, upload);
    } finally {
      // The numbers are in the database, or nothing is.
      await upload.discard();
    }
  });
  read(
    api,
    {
      method: 'get',
      path: '/register/imports',
      tag,
      summary: 'Loads of the register, newest first',
      scope: 'lists:read',
      query: paging,
      reply: pageOf(version, 'RegisterVersionPage'),
    },
    async ({ db, caller, query }) => {
      const beforeId = decodeCursor(z.int(), query.cursor);
      const accountId = registerOf(caller);
      const rows = await listRegisterVersions(db, { accountId, limit: query.limit + 1, beforeId });
      const items = rows.map(({ id, accountId: _, ...row }) => ({ versionId: id, ...row }));
      return pageFrom(items, query.limit, (last) => last.versionId);
    },
  );
}
