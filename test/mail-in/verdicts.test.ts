import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { testFlow } from '../support/campaign.ts';
import { csv, dkimKey, mailPlace } from '../support/mail-in.ts';

const evil = dkimKey('evil.test');
const sub = dkimKey('mail.shop.test');
const place = await mailPlace({
  names: {
    ...evil.names,
    ...sub.names,
    'evil.test': { TXT: ['v=spf1 ip4:127.0.0.1 -all'] },
    'bounces.other.test': { TXT: ['v=spf1 ip4:127.0.0.1 -all'] },
    'post.shop.test': { TXT: ['v=spf1 ip4:127.0.0.1 -all'] },
  },
});
beforeAll(async () => {
  await testFlow(place.db, place.accountId);
});

const list = { attachments: [csv('people.csv')] };

describe('a list mailed by a whitelisted sender', () => {
  it('becomes a request of the flow its subject names, with the sender as status address', async () => {
    const mail = await place.judged(list);
    expect(mail).toMatchObject({
      verdict: 'ACCEPTED',
      reason: null,
      sender: 'ops@shop.test',
      subject: 'survey',
      files: [{ name: 'people.csv', requestId: expect.any(Number) }],
    });
    expect(mail.authentication?.dkim).toEqual([{ domain: 'shop.test', result: 'pass', aligned: true }]);
    const request = (await place.requests()).at(-1);
    expect(request).toMatchObject({
      id: mail.files[0]?.requestId,
      source: 'email',
      status: 'RECEIVED',
      fileName: 'people.csv',
      emails: ['ops@shop.test'],
      createdBy: `mail:${mail.id}`,
    });
    const stored = readFileSync(join(place.directory, request?.uploadKey ?? ''), 'utf8');
    expect(stored).toBe('number,name\n+919811000010,Asha\n');
    expect((await place.answers()).at(-1)).toMatchObject({ mailId: mail.id, to: 'SENDER', state: 'WAITING' });
  });

  it('is started when its subject says so, in the zone of the account', async () => {
    await place.judged({ ...list, subject: 'flow: survey; start: 2099-12-01 10:00' });
    expect((await place.requests()).at(-1)?.startAt?.toISOString()).toBe('2099-12-01T04:30:00.000Z');
  });
});

describe('a mail is refused, makes no request and gets no answer', () => {
  const silent = async (mail: Parameters<typeof place.judged>[0]) => {
    const before = (await place.requests()).length;
    const answered = (await place.answers()).length;
    const judged = await place.judged(mail);
    expect(judged.verdict).toBe('REFUSED');
    expect((await place.requests()).length).toBe(before);
    expect((await place.answers()).length).toBe(answered);
    return judged;
  };

  it('when it is not signed and SPF knows nothing of its sender', async () => {
    const mail = await silent({ ...list, dkim: undefined });
    expect(mail).toMatchObject({ reason: 'SPF_DKIM_FAILED', sender: 'ops@shop.test' });
    expect(mail.detail).toBe('SPF none for shop.test; no DKIM signature');
  });

  it('when another domain signed it, and SPF passes for that domain alone', async () => {
    const mail = await silent({
      ...list,
      dkim: evil.sign,
      envelope: { from: 'me@evil.test', to: place.address },
    });
    expect(mail.reason).toBe('SPF_DKIM_FAILED');
    expect(mail.authentication).toMatchObject({
      spf: { result: 'pass', domain: 'evil.test', aligned: false },
      dkim: [{ domain: 'evil.test', result: 'pass', aligned: false }],
    });
  });

  it('when its sender is proven and not whitelisted', async () => {
    const mail = await silent({ ...list, from: 'Stranger <who@shop.test>' });
    expect(mail.reason).toBe('NOT_WHITELISTED');
  });
});
