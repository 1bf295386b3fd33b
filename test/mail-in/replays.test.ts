import { dkimSign } from 'mailauth';
import { beforeAll, describe, expect, it } from 'vitest';
import { testFlow } from '../support/campaign.ts';
import { csv, mailPlace } from '../support/mail-in.ts';

const place = await mailPlace();
beforeAll(async () => {
  await testFlow(place.db, place.accountId);
});

const list = { attachments: [csv('people.csv')] };

const silent = async (mail: Parameters<typeof place.judged>[0]) => {
  const requests = (await place.requests()).length;
  const answers = (await place.answers()).length;
  const judged = await place.judged(mail);
  expect(judged.verdict).toBe('REFUSED');
  expect((await place.requests()).length).toBe(requests);
  expect((await place.answers()).length).toBe(answers);
  return judged;
};

describe('a mail makes no request and gets no answer', () => {
  it('when it repeats an accepted one, changed wherever its signature still holds', async () => {
    const date = 'Tue, 3 Mar 2026 10:00:00 +0530';
    const head = (messageId: string, type: string): string =>
      `From: Ops <ops@shop.test>\r\nTo: x@lists.test\r\nSubject: survey\r\nDate: ${date}\r\n` +
      `Message-ID: <${messageId}@shop.test>\r\nMIME-Version: 1.0\r\nContent-Type: ${type}\r\n\r\n`;
    const plain = 'text/csv; name="people.csv"';
    const body = 'number,name\r\n+919811000010,Asha Rao\r\n';
    const whole = head('a', plain) + body;
    const { domainName: signingDomain, keySelector: selector, privateKey } = place.shop.sign;
    // mailauth's types ask for a list of names, and mailauth itself for names joined by colons.
    const covering: object = { headerList: 'from:to:subject:date' };
    const { signatures } = await dkimSign(Buffer.from(whole), {
      ...{ signingDomain, selector, privateKey },
      canonicalization: 'relaxed/relaxed',
      signatureData: [{ signingDomain, selector, privateKey }],
      ...covering,
    });
    const sent = (text: string) => ({
      raw: Buffer.from(signatures + text),
      dkim: undefined,
      envelope: { from: 'ops@shop.test', to: place.address },
    });
    expect((await place.judged(sent(whole))).verdict).toBe('ACCEPTED');
    const replays = [
      head('b', plain) + body.replace('Asha Rao', 'Asha  Rao'),
      head('c', plain.replace('people', 'others')) + body,
      head('d', `${plain}; charset=iso-8859-15`) + body.replace('Asha Rao', 'Asha   Rao'),
      head('e', plain).replace('Date: Tue, 3', 'Date: Tue, \t3') + body.replace('Rao', 'Rao '),
      head('f', plain).replace('Subject: survey', 'Subject:  survey ') + body.replace('Rao', 'Rao  '),
      head('g', plain).replace('Ops <', 'Ops  <') + body.replace('a R', 'a \t R'),
    ];
    for (const text of replays) {
      const mail = await silent(sent(text));
      expect(mail.authentication?.dkim).toMatchObject([{ result: 'pass', aligned: true }]);
      expect(mail.reason).toBe('DUPLICATE');
    }
  });

  it('but not when it is a new mail: a second later, or of the same second about another flow', async () => {
    await testFlow(place.db, place.accountId, undefined, 'second');
    const at = (time: string) => ({ ...list, date: new Date(`2026-03-04T${time}Z`) });
    const others = { attachments: [csv('others.csv', 'number\n+919811000011\n')] };
    for (const mail of [
      at('10:00:00'),
      { ...at('10:00:01'), ...others },
      { ...at('10:00:00'), ...others, subject: 'second' },
    ]) {
      expect((await place.judged(mail)).verdict).toBe('ACCEPTED');
    }
    // Whoever signs with care is believed no more: other lists, and the very same sender, date and subject.
    expect((await silent({ ...at('10:00:00'), ...others })).reason).toBe('DUPLICATE');
  });
});
