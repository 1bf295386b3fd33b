import { beforeEach, describe, expect, it } from 'vitest';
import { utter } from '../../activities/utter.ts';
import { createPromptSounds } from '../../db/queries/prompt-sounds.ts';
import { createPrompt, decidePrompt } from '../../db/queries/prompts.ts';
import type { FlowDefinitionInput } from '../../domain/flow/schema.ts';
import { testAccount, testDatabase } from '../support/database.ts';
import { phone } from '../support/phone.ts';

const db = await testDatabase();
let clockMs = 0;
beforeEach(() => {
  clockMs = 0;
});
const sounds = () => createPromptSounds(db, () => clockMs);

async function prompt(accountId: number, name: string, status: 'PENDING' | 'APPROVED' | 'REJECTED') {
  const made = await createPrompt(db, {
    accountId,
    name,
    tags: [],
    format: 'wav',
    bytes: 1,
    sha256: '0',
    durationMs: 1,
    originalKey: 'a',
    telephoneKey: `prompts/${accountId}/${name}.ulaw`,
    createdBy: 'test',
  });
  if (!made) throw new Error('no prompt');
  if (status === 'PENDING') return made;
  return decidePrompt(db, { prompt: made, status, reason: null, decidedBy: 'test' });
}
const speech = (...names: string[]) => names.map((name) => ({ kind: 'PROMPT' as const, prompt: name }));

describe('what a trunk is given of what a flow says', () => {
  it('approved prompts of this account with their sound; others are left out and named; texts stay', async () => {
    const [mine, theirs] = [await testAccount(db), await testAccount(db)];
    await prompt(mine, 'yes', 'APPROVED');
    await prompt(mine, 'waiting', 'PENDING');
    await prompt(mine, 'no', 'REJECTED');
    await prompt(theirs, 'other', 'APPROVED');
    const text = { kind: 'TEXT' as const, text: 'hello', language: 'en' };
    const said = [...speech('yes', 'waiting'), text, ...speech('no', 'other', 'never', 'yes')];
    const yes = { kind: 'PROMPT', prompt: 'yes', sound: `prompts/${mine}/yes.ulaw` };
    expect(await utter(sounds(), mine, said)).toEqual({
      utterances: [yes, text, yes],
      missing: ['waiting', 'no', 'other', 'never'],
    });
  });

  it('a decision is heard in calls after five seconds at the latest, and asked for no more often', async () => {
    const account = await testAccount(db);
    const made = await prompt(account, 'p', 'PENDING');
    const find = sounds();
    expect((await utter(find, account, speech('p'))).missing).toEqual(['p']);
    const approved = await decidePrompt(db, {
      prompt: made,
      status: 'APPROVED',
      reason: null,
      decidedBy: 'x',
    });
    clockMs = 4_999;
    expect((await utter(find, account, speech('p'))).missing).toEqual(['p']);
    clockMs = 5_000;
    expect((await utter(find, account, speech('p'))).missing).toEqual([]);
    await decidePrompt(db, { prompt: approved, status: 'REJECTED', reason: 'x', decidedBy: 'x' });
    clockMs = 10_000;
    expect((await utter(find, account, speech('p'))).missing).toEqual(['p']);
  });

  it('while the database is away, what was played a while ago is played', async () => {
    const account = await testAccount(db);
    await prompt(account, 'p', 'APPROVED');
    let away = false;
    const sql = new Proxy(db.sql, {
      apply: (target, self, args) =>
        away ? Promise.reject(new Error('away')) : Reflect.apply(target, self, args),
    });
    const find = createPromptSounds({ ...db, sql }, () => clockMs);
    await find(account, ['p']);
    away = true;
    clockMs = 60_000;
    expect((await find(account, ['p'])).get('p')).toBe(`prompts/${account}/p.ulaw`);
    await expect(find(account, ['never_seen'])).rejects.toThrow('away');
  });
});

describe('a call whose flow plays prompts', () => {
  const flow: FlowDefinitionInput = {
    schemaVersion: 1,
    start: 'begin',
    widgets: {
      begin: { type: 'start', next: 'play' },
      play: { type: 'prompt', prompt: 'gone', next: 'ask' },
      ask: {
        type: 'gather',
        speech: [{ prompt: 'gone' }, { text: 'Press a key.' }],
        variable: 'answer',
        maxDigits: 1,
        next: 'bye',
      },
      bye: { type: 'hang-up' },
    },
  };

  it('goes on without one that may not be played any more, and its journey says so', async () => {
    const account = await testAccount(db);
    const { run, moments } = await phone('+919811000035')
      .answers()
      .hears('Press a key.')
      .presses('3')
      .through(flow, { utter: (said) => utter(sounds(), account, said) });
    const missing = run?.entries.filter(({ event }) => event === 'PROMPT_MISSING');
    expect(missing).toMatchObject([
      { widget: 'play', widgetType: 'prompt', data: { prompt: 'gone' } },
      { widget: 'ask', widgetType: 'gather', data: { prompt: 'gone' } },
    ]);
    expect(moments).not.toContainEqual(expect.objectContaining({ words: expect.stringContaining('gone') }));
  });

  it('goes on with its texts when the look-up itself fails, and the error is told', async () => {
    const errors: unknown[] = [];
    const { run } = await phone('+919811000035')
      .answers()
      .hears('Press a key.')
      .presses('3')
      .through(flow, {
        utter: () => Promise.reject(new Error('away')),
        onError: (error) => errors.push(error),
      });
    expect(run?.keys).toBe('3');
    expect(errors).toHaveLength(2);
  });
});
