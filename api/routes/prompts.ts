/** Prompts: recordings that flows play, once operations have listened to them. */
import { z } from '@hono/zod-openapi';
import type { Database } from '../../db/client.ts';
import type { Account } from '../../db/queries/accounts.ts';
import {
  countPrompts,
  createPrompt,
  deletePrompt,
  flowsPlaying,
  getPrompt,
  listPrompts,
  lockPrompt,
  type Prompt,
  updatePrompt,
} from '../../db/queries/prompts.ts';
import { promptName } from '../../domain/flow/speech.ts';
import type { Caller } from '../context.ts';
import { decodeCursor, pageFrom } from '../cursor.ts';
import { type Api, answerChange, type Call, change, endpoint, read, type Spec } from '../endpoint.ts';
import { ApiError, fromZod, notFound } from '../errors.ts';
import { MAX_PROMPT_BYTES, receivePrompt, removePrompt, storePrompt } from '../prompt-files.ts';
import { idParam, maybeMoment, moment, pageOf, paging } from '../schemas.ts';
import type { Upload } from '../upload.ts';

/** More recordings than any flow's author could tell apart; a check reads all their names. */
const MAX_PROMPTS = 5_000;
const MAX_TAGS = 20;

const tagText = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[^\p{Cc},]+$/u, 'must not contain commas or control characters');
const tags = z
  .array(tagText)
  .max(MAX_TAGS)
  .transform((list) => [...new Set(list)])
  .openapi({ type: 'array', items: { type: 'string', maxLength: 64 }, maxItems: MAX_TAGS });

const promptShape = {
  id: z.int(),
  accountId: z.int(),
  name: z.string(),
  tags: z.array(z.string()),
  status: z.enum(['PENDING', 'APPROVED', 'REJECTED']),
  reason: z.string().nullable().openapi({ description: 'Of a rejected prompt: why.' }),
  format: z.enum(['mp3', 'wav']),
  bytes: z.int(),
  sha256: z.string().openapi({ description: 'Of the file as given.' }),
  durationMs: z.int(),
  createdAt: moment,
  decidedAt: maybeMoment,
};
export const promptDetail = z.object(promptShape).openapi('Prompt');
const upload = z
  .object({
    file: z.string().openapi({
      format: 'binary',
      description: `mp3 or WAV, at most ${MAX_PROMPT_BYTES / 1024 / 1024} MB and ten minutes.`,
    }),
    name: promptName.openapi({ description: 'Unique in the account. Flows play it by this name.' }),
    tags: z.string().optional().openapi({ description: 'Comma separated.' }),
  })
  .openapi('PromptUpload');
const changes = z
  .strictObject({ name: promptName, tags })
  .partial()
  .refine((given) => Object.keys(given).length > 0, 'give a name or tags')
  .openapi('PromptChanges');

export const showPrompt = (prompt: Prompt): z.input<typeof promptDetail> => {
  const { originalKey: _, telephoneKey: __, createdBy: ___, decidedBy: ____, ...shown } = prompt;
  return shown;
};

/** @throws ApiError NOT_FOUND */
export async function requirePrompt(
  find: typeof getPrompt,
  db: Database,
  account: Account,
  promptId: number,
): Promise<Prompt> {
  const prompt = await find(db, { accountId: account.id, promptId });
  if (!prompt) throw notFound('prompt');
  return prompt;
}

const nameTaken = (name: string): ApiError =>
  new ApiError('NAME_TAKEN', `The account has a prompt named "${name}" already.`, [
    { field: 'name', message: 'is in use' },
  ]);

/** @throws ApiError PROMPT_IN_USE. The caller holds the prompt's row, so no flow begins to play it meanwhile. */
async function refuseInUse(db: Database, prompt: Prompt): Promise<void> {
  const flows = await flowsPlaying(db, { accountId: prompt.accountId, prompt: prompt.name });
  if (flows.length === 0) return;
  const named = flows.map((flow) => `"${flow}"`).join(', ');
  throw new ApiError('PROMPT_IN_USE', `These flows play the prompt "${prompt.name}": ${named}.`);
}

const tag = 'Prompts';

const addSpec = {
  method: 'post',
  path: '/prompts',
  tag,
  summary: 'Add a recording',
  description:
    'It is kept as given, converted for the telephone (8 kHz, mono), and waits for operations to approve it. Only approved prompts are played. The account holder is told by mail.',
  scope: 'prompts:write',
  otherBodies: { 'multipart/form-data': upload },
  status: 201,
  reply: promptDetail,
  errors: ['NAME_TAKEN', 'NOT_AUDIO', 'TOO_MANY_PROMPTS', 'STORAGE_UNAVAILABLE'],
} satisfies Spec<undefined, undefined, undefined, typeof promptDetail>;

const fieldsOf = z.strictObject({ name: promptName, tags: tags.optional().default([]) });

/** @throws ApiError INVALID_INPUT naming the field */
function readFields(fields: Upload['fields']): z.output<typeof fieldsOf> {
  const given = Object.fromEntries(fields);
  const parsed = fieldsOf.safeParse({
    ...given,
    ...(given.tags !== undefined && {
      tags: given.tags.split(',').filter((text) => text.trim() !== ''),
    }),
  });
  if (!parsed.success) throw fromZod(parsed.error);
  return parsed.data;
}

async function add(
  api: Api,
  call: Pick<Call<unknown, unknown>, 'c' | 'caller'>,
  accountId: number,
  received: Upload,
): Promise<Response> {
  const { caller } = call;
  const { name, tags: given } = readFields(received.fields);
  // Before the transaction: a conversion of seconds must hold no connection.
  const files = await storePrompt(api.deps, accountId, received);
  let kept = false;
  const parts = ['post', addSpec.path, ...received.fingerprint];
  try {
    const reply = await answerChange(api, addSpec, call, parts, async ({ db, audit }) => {
      if ((await countPrompts(db, { accountId })) >= MAX_PROMPTS) {
        throw new ApiError('TOO_MANY_PROMPTS', `An account may have at most ${MAX_PROMPTS} prompts.`);
      }
      const made = await createPrompt(db, {
        accountId,
        name,
        tags: given,
        createdBy: caller.actor,
        ...files,
      });
      if (!made) throw nameTaken(name);
      await audit('prompt.add', `prompt/${made.id}`, { name, durationMs: made.durationMs });
      kept = true;
      return showPrompt(made);
    });
    // A repeated call is answered by the first one's reply, whose files these are not.
    if (!kept) await removePrompt(api.deps, files);
    return reply;
  } catch (error) {
    // Any other error may have come after the commit: then the files are the prompt's.
    if (error instanceof ApiError) await removePrompt(api.deps, files);
    throw error;
  }
}

function addRoute(api: Api): void {
  endpoint(api, addSpec, async (call) => {
    // Whoever named no account is told before ten megabytes are read and converted.
    const { account } = call;
    const received = await receivePrompt(api.deps.storage, call.c.req.raw);
    try {
      return await add(api, call, account.id, received);
    } finally {
      await received.discard();
    }
  });
}

const listQuery = z.strictObject({
  ...paging.shape,
  status: promptShape.status.optional(),
  name: z.string().max(64).optional(),
  tag: z.string().max(64).optional(),
});

/** Operations that name no account see every account's prompts. */
const accountOf = (caller: Caller, named: () => Account): number | undefined =>
  caller.operations && caller.account === undefined ? undefined : named().id;

function readRoutes(api: Api): void {
  read(
    api,
    {
      method: 'get',
      path: '/prompts',
      tag,
      summary: 'Prompts, newest first',
      description: 'A key of operations that names no account lists the prompts of every account.',
      scope: 'prompts:read',
      query: listQuery,
      reply: pageOf(promptDetail, 'PromptPage'),
    },
    async (call) => {
      const { limit, cursor, ...filter } = call.query;
      const rows = await listPrompts(call.db, {
        ...filter,
        accountId: accountOf(call.caller, () => call.account),
        limit: limit + 1,
        beforeId: decodeCursor(z.int(), cursor),
      });
      return pageFrom(rows.map(showPrompt), limit, (last) => last.id);
    },
  );
  read(
    api,
    {
      method: 'get',
      path: '/prompts/{id}',
      tag,
      summary: 'One prompt',
      scope: 'prompts:read',
      params: idParam,
      reply: promptDetail,
    },
    async ({ db, account, params }) => showPrompt(await requirePrompt(getPrompt, db, account, params.id)),
  );
}

function editRoutes(api: Api): void {
  change(
    api,
    {
      method: 'patch',
      path: '/prompts/{id}',
      tag,
      summary: 'Change the name or the tags',
      description:
        'A prompt that a published flow plays keeps its name. Another recording is another prompt.',
      scope: 'prompts:write',
      params: idParam,
      body: changes,
      reply: promptDetail,
      errors: ['NAME_TAKEN', 'PROMPT_IN_USE'],
    },
    async ({ db, account, params, body, audit }) => {
      const prompt = await requirePrompt(lockPrompt, db, account, params.id);
      if (body.name !== undefined && body.name !== prompt.name) {
        await refuseInUse(db, prompt);
        const [other] = await listPrompts(db, { accountId: account.id, name: body.name, limit: 1 });
        if (other) throw nameTaken(body.name);
      }
      const changed = await updatePrompt(db, { accountId: account.id, promptId: params.id, ...body });
      if (!changed) throw notFound('prompt');
      await audit('prompt.change', `prompt/${params.id}`, { fields: Object.keys(body) });
      return showPrompt(changed);
    },
  );
  const removeSpec = {
    method: 'delete',
    path: '/prompts/{id}',
    tag,
    summary: 'Remove a prompt and its sound',
    description: 'Refused while a published flow, or a request that has not ended, plays it.',
    scope: 'prompts:write',
    params: idParam,
    status: 204,
    errors: ['PROMPT_IN_USE'],
  } satisfies Spec<typeof idParam, undefined, undefined, undefined>;
  endpoint(api, removeSpec, async (call) => {
    const { account, params } = call;
    let files: Prompt | undefined;
    const reply = await answerChange(api, removeSpec, call, [], async ({ db, audit }) => {
      files = await requirePrompt(lockPrompt, db, account, params.id);
      await refuseInUse(db, files);
      await deletePrompt(db, { accountId: account.id, promptId: params.id });
      await audit('prompt.remove', `prompt/${params.id}`, { name: files.name });
    });
    if (files) await removePrompt(api.deps, files);
    return reply;
  });
}

export function promptRoutes(api: Api): void {
  addRoute(api);
  readRoutes(api);
  editRoutes(api);
}
