import { join } from 'node:path';
import { expect, it } from 'vitest';
import { answerMails } from '../../activities/answer-mails.ts';
import { createSes } from '../../providers/email/ses.ts';
import { testEngine } from '../support/engine.ts';
import { csv, mailPlace } from '../support/mail-in.ts';
import { sesInbox } from '../support/ses-inbox.ts';

process.env.AWS_ACCESS_KEY_ID ??= 'test';
process.env.AWS_SECRET_ACCESS_KEY ??= 'test';

const inbox = await sesInbox();
const engine = await testEngine();
const place = await mailPlace({
  at: { db: engine.database, accountId: engine.accountId, directory: join(engine.dataDir, 'storage') },
});

it('a list that came by mail is called, and its sender gets a receipt and then the status mail', async () => {
  await engine.whileAway(async () => {
    engine.providers.email = createSes({ region: 'us-east-1', endpoint: inbox.endpoint });
  });
  const bad = 'name,city\nAsha,Pune\n';
  const good = 'number,name\n+919811000050,Asha\n+919811000060,Ravi\nnobody,Meera\n';
  const mail = await place.judged({ attachments: [csv('people.csv', good), csv('cities.csv', bad)] });
  expect(mail.verdict).toBe('ACCEPTED');
  const [people = 0, cities = 0] = mail.files.map(({ requestId }) => requestId ?? 0);
  await answerMails({
    db: place.db,
    email: engine.providers.email,
    mailFrom: 'clarion@clarion.test',
    log: place.log,
  });
  for (const requestId of [people, cities]) await engine.notify(requestId);

  expect(await engine.finished(people)).toMatchObject({ status: 'COMPLETED', loaded: 3, added: 2 });
  expect(await engine.finished(cities)).toMatchObject({ status: 'REJECTED' });
  expect(await engine.outcomes(people)).toEqual({ ANSWERED: 2 });

  const to = async (address: string) =>
    (await inbox.mails()).filter((one) => one.destination.to.includes(address));
  const mails = await engine.until(async () => {
    const came = await to('ops@shop.test');
    return came.length >= 3 && came;
  });
  expect(mails.map(({ subject }) => subject.replace(/\d+/, 'N')).sort()).toEqual([
    'Received: survey',
    'Request N completed: survey, people.csv',
    'Request N rejected: survey, cities.csv',
  ]);
  const status = mails.find(({ subject }) => subject.includes('completed'));
  expect(Buffer.from(status?.attachments[0]?.content ?? '', 'base64').toString()).toContain('+919811000050');
  // A file that is turned away whole is told to the account's holder, with notification off, too.
  const held = await engine.until(async () => {
    const came = await to('holder@example.com');
    return came.length > 0 && came;
  });
  expect(held.map(({ body }) => body.text)).toEqual([expect.stringContaining('NO_PHONE_COLUMN')]);
});
