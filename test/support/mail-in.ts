/**
 * A place where lists come by mail, for a test file: a real SMTP receiver on loopback, a judge, an account with its
 * address, and senders whose DKIM keys are made here and lie in a DNS of our own. Nothing leaves the machine.
 */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import nodemailer from 'nodemailer';
import type { Options } from 'nodemailer/lib/mailer';
import { afterAll } from 'vitest';
import { type JudgeMailDeps, judgeMails } from '../../activities/judge-mail.ts';
import { createTakeMail } from '../../activities/take-mail.ts';
import type { Database } from '../../db/client.ts';
import { type IncomingMail, listIncomingMails } from '../../db/queries/incoming-mails.ts';
import { drawMailInAddress } from '../../db/queries/mail-in-addresses.ts';
import { addWhitelistEmail } from '../../db/queries/whitelist-emails.ts';
import { mailInAddress } from '../../domain/mail-in.ts';
import { createLogger } from '../../log.ts';
import { createLookUp, type LookUp, type OwnNames } from '../../providers/mail-in/dns.ts';
import { createSmtpReceiver, type SmtpReceiverOptions } from '../../providers/mail-in/smtp.ts';
import { localFiles } from '../../providers/storage/local-files.ts';
import { orderByMail } from '../../worker/mail-requests.ts';
import { testAccount, testDatabase } from './database.ts';

export const DOMAIN = 'lists.test';

/** A DKIM key of a domain, and the record that publishes it. */
export function dkimKey(domain: string, keySelector = 'k1') {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const p = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  return {
    sign: {
      domainName: domain,
      keySelector,
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    },
    names: {
      [`${keySelector}._domainkey.${domain}`]: { TXT: [`v=DKIM1; k=rsa; p=${p}`] },
    } satisfies OwnNames,
  };
}

export async function mailPlace(
  over: {
    names?: OwnNames;
    /** Instead of a DNS of names. */
    lookUp?: LookUp;
    limits?: SmtpReceiverOptions['limits'];
    tls?: SmtpReceiverOptions['tls'];
    fetchRemote?: JudgeMailDeps['fetchRemote'];
    /** Of an engine that goes on with the requests. Absent: a database and a folder of its own. */
    at?: { db: Database; accountId: number; directory: string };
  } = {},
) {
  const { db, accountId, directory } = over.at ?? (await ownPlace());
  await db.sql`update accounts set transactional_contract = true where id = ${accountId}`;
  const storage = localFiles(directory);
  const log = createLogger('test', 'silent');
  const shop = dkimKey('shop.test');
  const names: OwnNames = { ...shop.names, ...over.names };
  const take = createTakeMail({ db, storage, domain: DOMAIN, now: () => new Date(), log });
  const receiver = await createSmtpReceiver({
    host: '127.0.0.1',
    port: 0,
    domain: DOMAIN,
    take,
    log,
    tls: over.tls,
    limits: over.limits,
  });
  afterAll(async () => {
    await receiver.close();
  });
  const { token } = await drawMailInAddress(db, { accountId });
  const address = mailInAddress(token, DOMAIN);
  await addWhitelistEmail(db, { accountId, email: 'ops@shop.test' });
  const deps: JudgeMailDeps = {
    db,
    storage,
    lookUp: over.lookUp ?? createLookUp(names, refuseOutside),
    fetchRemote: over.fetchRemote,
    order: orderByMail,
    now: () => new Date(),
    log,
  };

  let sent = 0;
  async function send(mail: Options & { dkim?: ReturnType<typeof dkimKey>['sign'] | undefined } = {}) {
    const transport = nodemailer.createTransport({
      host: '127.0.0.1',
      port: receiver.port,
      secure: false,
      name: 'mx.shop.test',
      tls: { rejectUnauthorized: false },
    });
    try {
      const whole = {
        from: 'Ops <ops@shop.test>',
        to: address,
        subject: 'survey',
        text: 'Please call these.',
        // Two mails of one second with the same list would be the same mail.
        date: new Date(Date.UTC(2026, 5, 1) + 60_000 * ++sent),
        dkim: shop.sign,
        ...mail,
      };
      // A key of `undefined` means "unsigned".
      return await transport.sendMail(whole.dkim ? whole : { ...whole, dkim: undefined });
    } finally {
      transport.close();
    }
  }
  const mails = (id = accountId): Promise<IncomingMail[]> =>
    listIncomingMails(db, { accountId: id, limit: 100 });

  return {
    db,
    accountId,
    address,
    directory,
    storage,
    receiver,
    shop,
    take,
    deps,
    log,
    send,
    mails,
    judge: (more: Partial<JudgeMailDeps> = {}) => judgeMails({ ...deps, ...more }),
    /** Sends, judges, and answers what became of the newest mail. */
    async judged(mail: Parameters<typeof send>[0] = {}): Promise<IncomingMail> {
      await send(mail);
      await judgeMails(deps);
      const [newest] = await mails();
      if (!newest) throw new Error('no mail came');
      return newest;
    },
    async requests() {
      return db.sql<
        {
          id: number;
          source: string;
          status: string;
          fileName: string;
          rejection: string | null;
          emails: string[];
          uploadKey: string | null;
          startAt: Date | null;
          createdBy: string;
        }[]
      >`select id, source, status, file_name as "fileName", rejection, status_emails as emails,
          upload_key as "uploadKey", start_at as "startAt", created_by as "createdBy"
        from requests where account_id = ${accountId} order by id`;
    },
    async answers() {
      return db.sql<{ mailId: number; to: string; state: string; sends: number }[]>`
        select mail_id as "mailId", "to", state, sends from incoming_mail_answers
        where account_id = ${accountId} order by mail_id, "to" desc`;
    },
  };
}

async function ownPlace() {
  const db = await testDatabase();
  const directory = await mkdtemp(join(tmpdir(), 'clarion-mail-in-'));
  afterAll(() => rm(directory, { recursive: true, force: true }));
  return { db, accountId: await testAccount(db), directory };
}

/** Tests ask no real name server. */
export const refuseOutside: LookUp = async (name) => {
  throw new Error(`a test asked for ${name} outside`);
};

export const csv = (filename: string, content: string | Buffer = 'number,name\n+919811000010,Asha\n') => ({
  filename,
  content,
  contentType: 'text/csv',
});
