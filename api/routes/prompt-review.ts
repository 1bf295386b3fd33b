/** Listening to prompts, and operations' decision on each. */
import { z } from '@hono/zod-openapi';
import { decidePrompt, getPrompt, lockPrompt } from '../../db/queries/prompts.ts';
import { type Api, change, endpoint } from '../endpoint.ts';
import { readWhole } from '../prompt-files.ts';
import { idParam } from '../schemas.ts';
import { promptDetail, requirePrompt, showPrompt } from './prompts.ts';

const tag = 'Prompts';
const sound = z.string().openapi({ format: 'binary' });

const TYPES = { mp3: 'audio/mpeg', wav: 'audio/wav' };

function playable(content: Buffer, type: string, fileName: string): Response {
  return new Response(new Uint8Array(content), {
    headers: {
      'content-type': type,
      'content-length': String(content.length),
      // Names are letters, digits and underscores: they need no quoting rules.
      'content-disposition': `inline; filename="${fileName}"`,
      'cache-control': 'private, max-age=3600',
    },
  });
}

function soundRoutes(api: Api): void {
  endpoint(
    api,
    {
      method: 'get',
      path: '/prompts/{id}/audio',
      tag,
      summary: 'The recording as it was given',
      scope: 'prompts:read',
      params: idParam,
      reply: sound,
      replyType: 'audio/*',
    },
    async ({ db, account, params }) => {
      const prompt = await requirePrompt(getPrompt, db, account, params.id);
      const content = await readWhole(api.deps.storage, prompt.originalKey);
      return playable(content, TYPES[prompt.format], `${prompt.name}.${prompt.format}`);
    },
  );
  endpoint(
    api,
    {
      method: 'get',
      path: '/prompts/{id}/telephone-audio',
      tag,
      summary: 'The recording as people hear it on the telephone',
      description: 'WAV, G.711 u-law, 8 kHz, mono: browsers play it.',
      scope: 'prompts:read',
      params: idParam,
      reply: sound,
      replyType: 'audio/wav',
    },
    async ({ db, account, params }) => {
      const prompt = await requirePrompt(getPrompt, db, account, params.id);
      const wav = api.deps.sound.asWav(await readWhole(api.deps.storage, prompt.telephoneKey));
      return playable(wav, TYPES.wav, `${prompt.name}_telephone.wav`);
    },
  );
}

const rejection = z
  .strictObject({
    reason: z
      .string()
      .trim()
      .min(1)
      .max(500)
      .regex(/^[^\p{Cc}]+$/u, 'must be one line'),
  })
  .openapi('PromptRejection');

function decisionRoutes(api: Api): void {
  const shared = { method: 'post', tag, scope: 'prompts:write', operationsOnly: true } as const;
  change(
    api,
    {
      ...shared,
      path: '/prompts/{id}/approve',
      summary: 'Approve a prompt: flows may play it',
      description: 'For operations. The account holder is told by mail.',
      params: idParam,
      reply: promptDetail,
    },
    async ({ db, account, caller, params, audit }) => {
      const prompt = await requirePrompt(lockPrompt, db, account, params.id);
      await audit('prompt.approve', `prompt/${params.id}`, { name: prompt.name });
      const decided = { prompt, status: 'APPROVED', reason: null, decidedBy: caller.actor } as const;
      return showPrompt(await decidePrompt(db, decided));
    },
  );
  change(
    api,
    {
      ...shared,
      path: '/prompts/{id}/reject',
      summary: 'Reject a prompt, with the reason',
      description:
        'For operations. One that was approved is taken back: calls stop playing it within seconds. The account holder is told by mail.',
      params: idParam,
      body: rejection,
      reply: promptDetail,
    },
    async ({ db, account, caller, params, body, audit }) => {
      const prompt = await requirePrompt(lockPrompt, db, account, params.id);
      await audit('prompt.reject', `prompt/${params.id}`, { name: prompt.name, reason: body.reason });
      const decided = {
        prompt,
        status: 'REJECTED',
        reason: body.reason,
        decidedBy: caller.actor,
      } as const;
      return showPrompt(await decidePrompt(db, decided));
    },
  );
}

export function promptReviewRoutes(api: Api): void {
  soundRoutes(api);
  decisionRoutes(api);
}
