/** The do-not-call register: an account's own, or by operations the platform's, which applies to all. */
import { z } from '@hono/zod-openapi';
import type { Database } from '../../db/client.ts';
import { PLATFORM_ACCOUNT } from '../../db/queries/register.ts';
import { createRegisterVersion, isRegisterBusy, RegisterRefused } from '../../db/queries/register-load.ts';
import {
  getRegisterVersion,
  listRegisterVersions,
  type RegisterVersion,
} from '../../db/queries/register-versions.ts';
import { lookUp } from '../../db/queries/suppression.ts';
import { ListRejected } from '../../domain/list/rejection.ts';
import { isPhoneCountry, parsePhone } from '../../domain/phone.ts';
import { judgeRegister, PROMOTION_CATEGORIES, type Ruling } from '../../domain/register.ts';
import { zonesOf } from '../../domain/window.ts';
import type { Caller } from '../context.ts';
import { decodeCursor, pageFrom } from '../cursor.ts';
import { type Api, answerChange, type Call, endpoint, read, type Spec } from '../endpoint.ts';
import { ApiError, invalid, notFound } from '../errors.ts';
import {
  registerCheck,
  registerImport,
  registerVersion,
  showEntry,
  showImport,
  showVersion,
} from '../register-view.ts';
import { idParam, pageOf, paging } from '../schemas.ts';
import { receiveUpload, type StoredFile, type Upload } from '../upload.ts';

/** Forty million numbers. A larger register is loaded in parts. */
const MAX_BYTES = 512 * 1024 * 1024;
/** A file up to this size, some two hundred thousand numbers, is loaded while its sender waits. */
const AT_ONCE_BYTES = 3 * 1024 * 1024;

const options = z.strictObject({
  country: z
    .string()
    .length(2)
    .transform((text) => text.toUpperCase())
    .refine(isPhoneCountry, 'must be a country of two letters, such as IN')
    .optional()
    .openapi({ description: "Whose numbers stand without a country code. Absent: the account's country." }),
  mode: z
    .enum(['full', 'update'], 'must be full or update')
    .default('full')
    .openapi({ description: '`full` replaces the register, `update` adds and removes numbers.' }),
  operation: z
    .enum(['add', 'remove'], 'must be add or remove')
    .default('add')
    .openapi({ description: 'What the rows of an update do that have no `operation` of their own.' }),
  allowShrink: z
    .enum(['true', 'false'], 'must be true or false')
    .default('false')
    .openapi({ description: 'A full load may leave less than half of the numbers.' }),
});
const form = options
  .extend({
    file: z.string().openapi({
      format: 'binary',
      description:
        'csv with a `number` column, or of numbers alone. Optional columns: `category`, `preferredFrom`, `preferredTo`, `preferredDays`, `operation`.',
    }),
  })
  .openapi('RegisterUpload');

const tag = 'Do-not-call register';
const importSpec = {
  method: 'post',
  path: '/register/imports',
  tag,
  summary: 'Load numbers into the do-not-call register',
  description:
    'Loads a file as a new version, whole or not at all; until it is in force, and if it fails, the version before stays. A small file is loaded before the reply, which is 201. A large one, or one that comes while another is being loaded, gets 202 with the status `QUEUED`: read `/register/imports/{id}` until it is `DONE` or `FAILED`. With a key of operations that names no account, into the register of the platform, which applies to every account.',
  scope: 'lists:write',
  otherBodies: { 'multipart/form-data': form },
  status: 201,
  orLater: 202,
  reply: registerImport,
} satisfies Spec<undefined, undefined, undefined, typeof registerImport>;

const registerOf = (caller: Caller): number => caller.account?.id ?? PLATFORM_ACCOUNT;

/** @throws ApiError INVALID_INPUT */
function readOptions(caller: Caller, fields: Upload['fields']) {
  const parsed = options.safeParse(Object.fromEntries(fields));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    if (issue?.code === 'unrecognized_keys') throw invalid(issue.keys[0] ?? 'body', 'is not a known field');
    throw invalid(String(issue?.path[0] ?? 'body'), issue?.message ?? 'is not valid');
  }
  const { country = caller.account?.defaultCountry, mode, operation, allowShrink } = parsed.data;
  if (country === undefined) throw invalid('country', 'must be a country of two letters, such as IN');
  if (mode === 'full' && operation === 'remove') {
    throw invalid(
      'operation',
      'removes numbers in the mode `update` alone; a full load holds those that stay',
    );
  }
  return {
    country,
    mode: mode === 'full' ? ('FULL' as const) : ('UPDATE' as const),
    operation: operation === 'add' ? ('ADD' as const) : ('REMOVE' as const),
    allowShrink: allowShrink === 'true',
  };
}

type StoredUpload = StoredFile & { key: string };

function storedFile(upload: Upload): StoredUpload {
  const [file] = upload.files;
  if (!file) throw invalid('file', 'send a file');
  if (file.format === 'zip') throw invalid('file', 'is a zip archive; send the csv that is in it');
  if (!file.key) throw new ApiError('BODY_TOO_LARGE', `The file may have at most ${MAX_BYTES} bytes.`);
  return { ...file, key: file.key };
}

async function required(db: Database, accountId: number, versionId: number): Promise<RegisterVersion> {
  const version = await getRegisterVersion(db, { accountId, versionId });
  if (!version) throw notFound('import');
  return version;
}

/** @returns whether the load waits, and its file must stay */
async function load(api: Api, call: Call<unknown, unknown>, upload: Upload) {
  const { caller } = call;
  const accountId = registerOf(caller);
  const file = storedFile(upload);
  const given = { ...readOptions(caller, upload.fields), accountId, fileName: file.fileName };
  const atOnce = file.bytes <= AT_ONCE_BYTES && !(await isRegisterBusy(call.db, { accountId }));
  let queued = false;
  const spec = atOnce ? importSpec : { ...importSpec, status: importSpec.orLater };
  const parts = ['post', importSpec.path, ...upload.fingerprint];
  const response = await answerChange(api, spec, call, parts, async ({ db, audit }) => {
    const { versionId } = atOnce
      ? await loadNow(api, db, given, file)
      : await createRegisterVersion(db, given, { key: file.key, bytes: file.bytes });
    queued = !atOnce;
    const version = showImport(await required(db, accountId, versionId));
    const { mode, status, numbers, rejected } = version;
    await audit('register.import', `register/${versionId}`, { mode, status, numbers, rejected });
    return version;
  });
  return { response, queued };
}

async function loadNow(
  api: Api,
  db: Database,
  given: ReturnType<typeof readOptions> & { accountId: number; fileName: string },
  file: StoredUpload,
) {
  try {
    return await api.deps.importRegister(db, { ...given, content: await api.deps.storage.read(file.key) });
  } catch (error) {
    if (error instanceof ListRejected || error instanceof RegisterRefused)
      throw invalid('file', error.message);
    throw error;
  }
}

function importRoutes(api: Api): void {
  endpoint(api, importSpec, async (call) => {
    const upload = await receiveUpload(api.deps.storage, call.c.req.raw, {
      field: 'file',
      maxFiles: 1,
      limitBytes: { csv: MAX_BYTES, zip: MAX_BYTES },
    });
    let kept = false;
    try {
      const { response, queued } = await load(api, call, upload);
      kept = queued;
      return response;
    } finally {
      // The numbers are in the database, or nothing is, or the worker reads the file.
      if (!kept) await upload.discard();
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
      reply: pageOf(registerVersion, 'RegisterVersionPage'),
    },
    async ({ db, caller, query }) => {
      const beforeId = decodeCursor(z.int(), query.cursor);
      const accountId = registerOf(caller);
      const rows = await listRegisterVersions(db, { accountId, limit: query.limit + 1, beforeId });
      return pageFrom(rows.map(showVersion), query.limit, (last) => last.versionId);
    },
  );
  read(
    api,
    {
      method: 'get',
      path: '/register/imports/{id}',
      tag,
      summary: 'One load: how far it is, and the rows that were not taken as they stood',
      scope: 'lists:read',
      params: idParam,
      reply: registerImport,
    },
    async ({ db, caller, params }) => showImport(await required(db, registerOf(caller), params.id)),
  );
}

const checkQuery = z.strictObject({
  number: z.string().min(1).max(50).openapi({ example: '+919876543210' }),
  category: z
    .enum(PROMOTION_CATEGORIES)
    .optional()
    .openapi({ description: 'What the flow promotes. Absent: as a flow without a category.' }),
});

export function registerRoutes(api: Api): void {
  importRoutes(api);
  read(
    api,
    {
      method: 'get',
      path: '/register/check',
      tag,
      summary: 'What the register says of a number, and what that means for a promotional flow now',
      scope: 'lists:read',
      query: checkQuery,
      reply: registerCheck,
    },
    async ({ db, account, query }) => {
      const phone = parsePhone(query.number, account.defaultCountry);
      if (!phone) throw invalid('number', `is not a valid number, read as one of ${account.defaultCountry}`);
      const number = phone.e164;
      const now = new Date();
      const { register } = api.deps;
      const [answer, listed] = await Promise.all([
        register.lookUp(account.id, [number]),
        lookUp(db, { accountId: account.id, numbers: [number], now }),
      ]);
      const entries = answer.entries.get(number) ?? [];
      const whitelisted = listed.whitelisted.has(number);
      const place = { timeZone: account.timeZone, homeRegion: account.defaultCountry };
      const zones = zonesOf(place, phone.region ?? null);
      const ruling: Ruling = whitelisted
        ? { kind: 'ALLOWED' }
        : judgeRegister(entries, query.category ?? null, zones, now.getTime());
      return {
        number,
        registered: entries.length > 0,
        whitelisted,
        provider: register.name,
        version: answer.version,
        askedAt: now,
        entries: entries.map(showEntry),
        promotional: ruling.kind,
        notBefore: ruling.kind === 'LATER' ? new Date(ruling.at) : null,
      };
    },
  );
}
