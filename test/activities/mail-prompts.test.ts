import { beforeEach, describe, expect, it } from 'vitest';
import { type MailPromptsDeps, mailPrompts } from '../../activities/mail-prompts.ts';
import { inTransaction } from '../../db/client.ts';
import { createPrompt, decidePrompt, deletePrompt, lockPrompt } from '../../db/queries/prompts.ts';
import { type EmailMessage, type EmailProvider, EmailUnavailable } from '../../providers/email/provider.ts';
import { testAccount, testDatabase } from '../support/database.ts';

const db = await testDatabase();
const sent: EmailMessage[] = [];
/** What the provider does with the next mails; once used up, it takes them. */
let troubles: (() => Promise<never>)[] = [];
const email: EmailProvider = {
  name: 'kept',
  async send(message) {
    const trouble = troubles.shift();
    if (trouble) return trouble();
    sent.push(message);
    return { outcome: 'SENT', providerRef: `ref-${sent.length}`, cause: 'taken' };
  },
  close: async () => {},
};
const deps: MailPromptsDeps = {
  db,
  email,
  mailFrom: 'Clarion <clarion@localhost>',
  log: { info: () => {}, warn: () => {} },
};

beforeEach(async () => {
  sent.length = 0;
  troubles = [];
  await db.sql`delete from prompt_mails`;
});

async function submitted(name = `p_${Math.random().toString(36).slice(2)}`) {
  const accountId = await testAccount(db);
  const prompt = await inTransaction(db, (tx) =>
    createPrompt(tx, {
      accountId,
      name,
      tags: [],
      format: 'mp3',
      bytes: 1,
      sha256: '0',
      durationMs: 1,
      originalKey: 'a',
      telephoneKey: 'b',
      createdBy: 'test',
    }),
  );
  if (!prompt) throw new Error('no prompt');
  return prompt;
}
const decide = (
  accountId: number,
  promptId: number,
  status: 'APPROVED' | 'REJECTED',
  reason: string | null,
) =>
  inTransaction(db, async (tx) => {
    const prompt = await lockPrompt(tx, { accountId, promptId });
    if (prompt) await decidePrompt(tx, { prompt, status, reason, decidedBy: 'test' });
  });
/** As if time had passed. */
const later = () =>
  db.sql`update prompt_mails set due_at = now() - interval '1 second' where due_at is not null`;
const rows = () => db.sql`select state, sends, cause from prompt_mails order by id`;

describe('mails about prompts', () => {
  it('tell the holder of the submission and of the decision with its reason, each once', async () => {
    const { accountId, id } = await submitted('greeting');
    expect(await mailPrompts(deps)).toBe(1);
    await decide(accountId, id, 'REJECTED', 'Too <loud>');
    expect(await mailPrompts(deps)).toBe(1);
    expect(await mailPrompts(deps)).toBe(0);
    expect(sent.map(({ subject, to }) => [subject, to])).toEqual([
      ['Prompt greeting waits for approval', ['holder@example.com']],
      ['Prompt greeting rejected', ['holder@example.com']],
    ]);
    expect(sent[1]?.text).toContain('Too <loud>');
    expect(sent[1]?.html).toContain('Too &lt;loud&gt;');
    expect(await rows()).toMatchObject([{ state: 'SENT' }, { state: 'SENT' }]);
  });

  it('are sent although the prompt is gone by then, under the name it had', async () => {
    const { accountId, id } = await submitted('short_lived');
    await deletePrompt(db, { accountId, promptId: id });
    await mailPrompts(deps);
    expect(sent.map(({ subject }) => subject)).toEqual(['Prompt short_lived waits for approval']);
  });

  it('of two workers at once, one sends', async () => {
    for (let count = 0; count < 10; count++) await submitted();
    await Promise.all([mailPrompts(deps), mailPrompts(deps), mailPrompts(deps)]);
    expect(new Set(sent.map(({ reference }) => reference)).size).toBe(10);
    expect(sent).toHaveLength(10);
  });

  it('a worker that dies in the middle loses none: the next sends it when the lease is over, and says so', async () => {
    await submitted();
    troubles = [() => new Promise<never>(() => {})];
    void mailPrompts({ ...deps, leaseMs: 300 });
    await expect.poll(rows).toMatchObject([{ state: 'RESERVED', sends: 1 }]);
    expect(await mailPrompts(deps)).toBe(0);
    await later();
    expect(await mailPrompts(deps)).toBe(1);
    expect(sent[0]?.text).toContain('earlier copy');
  });

  it('an unknown ending is tried three times in all, and then left for a person to look at', async () => {
    await submitted();
    troubles = Array.from({ length: 9 }, () => () => Promise.reject(new Error('connection lost')));
    for (let round = 0; round < 5; round++) {
      await mailPrompts(deps);
      await later();
    }
    expect(troubles).toHaveLength(6);
    expect(await rows()).toMatchObject([{ state: 'UNKNOWN', sends: 3, cause: 'connection lost' }]);
  });

  it('a provider that certainly took nothing is asked again for as long as it takes', async () => {
    await submitted();
    troubles = Array.from({ length: 5 }, () => () => Promise.reject(new EmailUnavailable('refused')));
    for (let round = 0; round < 6; round++) {
      await mailPrompts(deps);
      await later();
    }
    expect(await rows()).toMatchObject([{ state: 'SENT', sends: 1 }]);
    expect(sent[0]?.text).not.toContain('earlier copy');
  });

  it('nobody on the blacklist gets one', async () => {
    const { accountId } = await submitted();
    await db.sql`insert into blacklist_emails (account_id, email) values (${accountId}, 'holder@example.com')`;
    await mailPrompts(deps);
    expect(sent).toEqual([]);
    expect(await rows()).toMatchObject([{ state: 'FAILED', cause: 'the address is on the blacklist' }]);
  });
});
