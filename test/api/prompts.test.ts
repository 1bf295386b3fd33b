import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publishFlow } from '../../db/queries/flows.ts';
import { fromUlaw, loudnessAt, tone, wavFile } from '../support/audio.ts';
import { type Caller, definition, type Reply, testApi } from './support.ts';

const api = await testApi();

const WAV = wavFile([tone({ hz: 440, ms: 500 })]);
const form = (
  fields: Record<string, string>,
  file: Uint8Array | undefined = WAV,
  fileName = '../../etc/greeting.wav',
): FormData => {
  const made = new FormData();
  for (const [name, value] of Object.entries(fields)) made.append(name, value);
  if (file) made.append('file', new File([new Uint8Array(file)], fileName));
  return made;
};
const add = (caller: Caller, fields: Record<string, string>, file?: Uint8Array): Promise<Response> =>
  caller.call('POST', '/prompts', { form: form(fields, file) });
const added = async (caller: Caller, name: string): Promise<number> => {
  const reply = await add(caller, { name });
  expect(reply.status).toBe(201);
  return ((await reply.json()) as Reply).id;
};
const decide = async (accountId: number, id: number, word = 'approve', json: unknown = {}): Promise<Reply> =>
  (await api.operations(accountId)).json('POST', `/prompts/${id}/${word}`, json);
const storedFiles = async (accountId: number): Promise<string[]> =>
  readdir(join(api.directory, 'prompts', String(accountId))).catch(() => []);
const mails = (accountId: number) =>
  api.db
    .sql`select kind, prompt_name, reason, state from prompt_mails where account_id = ${accountId} order by id`;
/** A flow that plays a prompt, in a place of its own among a question's. */
const playing = (prompt: string) =>
  definition({
    widgets: {
      begin: { type: 'start', next: 'play' },
      play: { type: 'prompt', prompt, next: 'bye' },
      bye: { type: 'hang-up' },
    },
  });

describe('adding a prompt', () => {
  it('keeps the file as given and a telephone version, waits for operations, and has the holder told', async () => {
    const caller = await api.caller();
    const reply = await add(caller, { name: 'greeting_1', tags: 'Diwali, 2026 ,Diwali' });
    expect(reply.status).toBe(201);
    const prompt = (await reply.json()) as Reply;
    expect(prompt).toMatchObject({
      accountId: caller.accountId,
      name: 'greeting_1',
      tags: ['Diwali', '2026'],
      status: 'PENDING',
      reason: null,
      format: 'wav',
      bytes: WAV.length,
      durationMs: 500,
      decidedAt: null,
    });
    expect(prompt.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(Object.keys(prompt).filter((key) => /key|by$/i.test(key))).toEqual([]);
    const given = await caller.call('GET', `/prompts/${prompt.id}/audio`);
    expect(given.headers.get('content-type')).toBe('audio/wav');
    expect(Buffer.from(await given.arrayBuffer()).equals(WAV)).toBe(true);
    const telephone = await caller.call('GET', `/prompts/${prompt.id}/telephone-audio`);
    const wav = Buffer.from(await telephone.arrayBuffer());
    // u-law, one track, 8,000 a second; the header takes 58 bytes.
    expect([wav.readUInt16LE(20), wav.readUInt16LE(22), wav.readUInt32LE(24)]).toEqual([7, 1, 8000]);
    expect(wav.length).toBe(58 + 4000);
    expect(loudnessAt(fromUlaw(wav.subarray(458, 3658)), 440)).toBeCloseTo(0.5, 1);
    expect(await mails(caller.accountId)).toMatchObject([
      { kind: 'SUBMITTED', prompt_name: 'greeting_1', state: 'WAITING' },
    ]);
  });

  it('stores under names of its own, never the sender’s', async () => {
    const caller = await api.caller();
    await added(caller, 'a');
    const files = await storedFiles(caller.accountId);
    expect(files.sort().map((name) => name.replace(/^[0-9a-f-]{36}\./, ''))).toEqual(['ulaw', 'wav']);
  });

  it('takes mp3', async () => {
    const caller = await api.caller();
    const mp3 = await readFile(new URL('../data/audio/tone-440-stereo-44100.mp3', import.meta.url));
    const prompt = (await (await add(caller, { name: 'm' }, mp3)).json()) as Reply;
    expect(prompt).toMatchObject({ format: 'mp3', bytes: mp3.length });
    const given = await caller.call('GET', `/prompts/${prompt.id}/audio`);
    expect(given.headers.get('content-type')).toBe('audio/mpeg');
    expect(given.headers.get('content-disposition')).toBe('inline; filename="m.mp3"');
  });

  it('sent again with the same key is answered the first time’s reply, and leaves no second pair of files', async () => {
    const caller = await api.caller();
    const send = () =>
      caller.call('POST', '/prompts', {
        form: form({ name: 'once' }),
        headers: { 'Idempotency-Key': 'k1' },
      });
    const first = await send();
    const second = await send();
    expect(second.headers.get('Idempotency-Replayed')).toBe('true');
    expect(await second.json()).toEqual(await first.json());
    expect(await storedFiles(caller.accountId)).toHaveLength(2);
    expect(await mails(caller.accountId)).toHaveLength(1);
  });

  it.each<[string, Record<string, string>, Uint8Array | undefined, number, string, RegExp]>([
    ['no name', {}, WAV, 422, 'INVALID_INPUT', /^name/],
    [
      'a name with a space',
      { name: 'two words' },
      WAV,
      422,
      'INVALID_INPUT',
      /letters, digits and underscores/,
    ],
    ['a name of 65 letters', { name: 'a'.repeat(65) }, WAV, 422, 'INVALID_INPUT', /^name/],
    ['a field nobody knows', { name: 'a', voice: 'x' }, WAV, 422, 'INVALID_INPUT', /voice/],
    ['a tag that is too long', { name: 'a', tags: 't'.repeat(65) }, WAV, 422, 'INVALID_INPUT', /tags/],
    ['text', { name: 'a' }, Buffer.from('not a sound at all'), 422, 'NOT_AUDIO', /neither mp3 nor WAV/],
    ['an empty file', { name: 'a' }, Buffer.alloc(0), 422, 'NOT_AUDIO', /neither mp3 nor WAV/],
    ['a zip', { name: 'a' }, Buffer.from('PK\x03\x04zzzz', 'latin1'), 422, 'NOT_AUDIO', /neither/],
    ['11 MB', { name: 'a' }, Buffer.alloc(11 * 1024 * 1024), 413, 'BODY_TOO_LARGE', /10485760/],
  ])(
    '%s is refused with the reason, and nothing is kept',
    async (_what, fields, file, status, code, words) => {
      const caller = await api.caller();
      const reply = await add(caller, fields, file);
      const problem = (await reply.json()) as Reply;
      expect([reply.status, problem.code]).toEqual([status, code]);
      expect(problem.detail).toMatch(words);
      expect(await storedFiles(caller.accountId)).toEqual([]);
      expect(await mails(caller.accountId)).toHaveLength(0);
      expect((await caller.json('GET', '/prompts')).items).toEqual([]);
    },
  );

  it('without a file is refused', async () => {
    const caller = await api.caller();
    const body = new FormData();
    body.append('name', 'a');
    const reply = await caller.call('POST', '/prompts', { form: body });
    expect([reply.status, ((await reply.json()) as Reply).detail]).toEqual([422, 'file: send a file']);
  });

  it('under a name in use is refused, and its files are not kept; another account may have the name', async () => {
    const caller = await api.caller();
    await added(caller, 'twice');
    const reply = await add(caller, { name: 'twice' });
    expect([reply.status, ((await reply.json()) as Reply).code]).toEqual([409, 'NAME_TAKEN']);
    expect(await storedFiles(caller.accountId)).toHaveLength(2);
    await added(await api.caller(), 'twice');
  });
});

describe('who may do what', () => {
  it('another account sees, hears and changes nothing', async () => {
    const owner = await api.caller();
    const id = await added(owner, 'mine');
    const other = await api.caller();
    for (const [method, path, json] of [
      ['GET', '', undefined],
      ['GET', '/audio', undefined],
      ['GET', '/telephone-audio', undefined],
      ['PATCH', '', { tags: [] }],
      ['DELETE', '', undefined],
    ] as const) {
      const reply = await other.call(method, `/prompts/${id}${path}`, { json });
      expect(reply.status, `${method} ${path}`).toBe(404);
    }
    expect((await other.json('GET', '/prompts')).items).toEqual([]);
  });

  it('the account cannot approve its own prompt, nor a key without the scope add one', async () => {
    const owner = await api.caller();
    const id = await added(owner, 'mine');
    expect((await owner.json('POST', `/prompts/${id}/approve`)).code).toBe('OPERATIONS_ONLY');
    expect((await owner.json('POST', `/prompts/${id}/reject`, { reason: 'x' })).code).toBe('OPERATIONS_ONLY');
    const reader = await api.caller(['prompts:read']);
    expect(((await (await add(reader, { name: 'a' })).json()) as Reply).code).toBe('MISSING_SCOPE');
  });

  it('operations find what waits for them over all accounts', async () => {
    const [one, two] = [await api.caller(), await api.caller()];
    const ids = [await added(one, 'x'), await added(two, 'x')];
    await decide(one.accountId, await added(one, 'decided'));
    const everywhere = await api.operations();
    const { items } = await everywhere.json('GET', '/prompts?status=PENDING&name=x');
    expect(items.map((item: Reply) => item.id)).toEqual(ids.reverse());
    expect(items[0].accountId).toBe(two.accountId);
  });
});

describe('the decision of operations', () => {
  it('approves, and has the holder told once however often it is said', async () => {
    const caller = await api.caller();
    const id = await added(caller, 'p');
    expect(await decide(caller.accountId, id)).toMatchObject({ status: 'APPROVED', reason: null });
    await decide(caller.accountId, id);
    expect((await mails(caller.accountId)).map((mail) => mail.kind)).toEqual(['SUBMITTED', 'APPROVED']);
  });

  it('rejects with a reason, which the account reads; none, or one of several lines, is refused', async () => {
    const caller = await api.caller();
    const id = await added(caller, 'p');
    for (const reason of [undefined, '', ' ', 'two\nlines', 'x'.repeat(501)]) {
      expect((await decide(caller.accountId, id, 'reject', { reason })).code).toBe('INVALID_INPUT');
    }
    await decide(caller.accountId, id, 'reject', { reason: 'Names another company' });
    expect(await caller.json('GET', `/prompts/${id}`)).toMatchObject({
      status: 'REJECTED',
      reason: 'Names another company',
    });
    expect((await mails(caller.accountId)).at(-1)).toMatchObject({
      kind: 'REJECTED',
      reason: 'Names another company',
    });
  });
});

describe('flows and prompts', () => {
  it('only an approved prompt of the account passes the check and can be published', async () => {
    const caller = await api.caller();
    const other = await api.caller();
    await decide(other.accountId, await added(other, 'hello'));
    const check = async () =>
      (await caller.json('POST', '/flows/check', { definition: playing('hello') })).problems.map(
        (problem: Reply) => [problem.code, problem.widget],
      );
    const flowId = await api.flow(caller.accountId, { definition: playing('hello'), published: false });
    expect(await check()).toEqual([['UNKNOWN_PROMPT', 'play']]);
    const id = await added(caller, 'hello');
    expect(await check()).toEqual([['UNKNOWN_PROMPT', 'play']]);
    expect((await caller.json('POST', `/flows/${flowId}/publish`)).code).toBe('FLOW_HAS_PROBLEMS');
    await decide(caller.accountId, id, 'reject', { reason: 'noise' });
    expect(await check()).toEqual([['UNKNOWN_PROMPT', 'play']]);
    await decide(caller.accountId, id);
    expect(await check()).toEqual([]);
    expect((await caller.json('POST', `/flows/${flowId}/publish`)).version).toBe(1);
  });

  it('a prompt that a published flow plays keeps its name and stays; its tags may change', async () => {
    const caller = await api.caller();
    const id = await added(caller, 'busy');
    await decide(caller.accountId, id);
    await api.flow(caller.accountId, { name: 'player', definition: playing('busy') });
    const refused = await caller.json('DELETE', `/prompts/${id}`);
    expect([refused.code, refused.detail]).toEqual([
      'PROMPT_IN_USE',
      'These flows play the prompt "busy": "player".',
    ]);
    expect((await caller.json('PATCH', `/prompts/${id}`, { name: 'free' })).code).toBe('PROMPT_IN_USE');
    expect((await caller.json('PATCH', `/prompts/${id}`, { tags: ['a'], name: 'busy' })).tags).toEqual(['a']);
  });

  it('a prompt of a question is found as well, and one of an older version only while a request runs it', async () => {
    const caller = await api.caller();
    const id = await added(caller, 'ask');
    await decide(caller.accountId, id);
    const asks = definition({
      widgets: {
        begin: { type: 'start', next: 'ask' },
        ask: {
          type: 'menu',
          speech: [{ text: 'Press 1' }, { prompt: 'ask' }],
          branches: { 1: 'bye' },
        },
        bye: { type: 'hang-up' },
      },
    });
    const flowId = await api.flow(caller.accountId, { definition: asks });
    const remove = async () => (await caller.call('DELETE', `/prompts/${id}`)).status;
    expect(await remove()).toBe(409);
    const [request] = await api.db.sql<{ id: number }[]>`
      insert into requests (account_id, flow_id, flow_version, flow_type, source, created_by)
      values (${caller.accountId}, ${flowId}, 1, 'outbound', 'records', 'test') returning id`;
    await publishFlow(api.db, {
      accountId: caller.accountId,
      flowId,
      definition: definition(),
      publishedBy: 'test',
    });
    expect(await remove()).toBe(409);
    await api.db.sql`update requests set status = 'COMPLETED' where id = ${request?.id ?? 0}`;
    expect(await remove()).toBe(204);
    expect(await storedFiles(caller.accountId)).toEqual([]);
    expect((await caller.call('GET', `/prompts/${id}`)).status).toBe(404);
  });

  it('an unused prompt is renamed, but not to a name in use or to none', async () => {
    const caller = await api.caller();
    const id = await added(caller, 'one');
    await added(caller, 'two');
    expect((await caller.json('PATCH', `/prompts/${id}`, { name: 'two' })).code).toBe('NAME_TAKEN');
    expect((await caller.json('PATCH', `/prompts/${id}`, { name: 'a b' })).code).toBe('INVALID_INPUT');
    expect((await caller.json('PATCH', `/prompts/${id}`, {})).code).toBe('INVALID_INPUT');
    expect((await caller.json('PATCH', `/prompts/${id}`, { name: 'three' })).name).toBe('three');
    const { items } = await caller.json('GET', '/prompts?name=three');
    expect(items.map((item: Reply) => item.id)).toEqual([id]);
  });

  it('the list is paged, and filtered by tag and status', async () => {
    const caller = await api.caller();
    for (const [name, tags] of [
      ['a', 'x'],
      ['b', 'x,y'],
      ['c', ''],
    ] as const) {
      await add(caller, { name, tags });
    }
    const names = async (query: string) =>
      (await caller.json('GET', `/prompts?${query}`)).items.map((item: Reply) => item.name);
    expect(await names('tag=x')).toEqual(['b', 'a']);
    expect(await names('tag=y&status=PENDING')).toEqual(['b']);
    expect(await names('status=APPROVED')).toEqual([]);
    const first = await caller.json('GET', '/prompts?limit=2');
    expect(await names(`limit=2&cursor=${first.nextCursor}`)).toEqual(['a']);
  });
});
