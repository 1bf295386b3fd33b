/** Puts together what takes and judges mails that bring lists, as the environment asks for it. */
import { readFile } from 'node:fs/promises';
import { createTakeMail } from '../activities/take-mail.ts';
import type { Config } from '../config.ts';
import type { Database } from '../db/client.ts';
import type { Logger } from '../log.ts';
import { createLookUp, type LookUp, readOwnNames } from '../providers/mail-in/dns.ts';
import { createS3Fetch, createSesReceiver, type SesReceiver } from '../providers/mail-in/ses.ts';
import { createSmtpReceiver } from '../providers/mail-in/smtp.ts';
import type { Storage } from '../providers/storage/storage.ts';
import { startMailJudging } from './mail-in.ts';
import { orderByMail } from './mail-requests.ts';

interface Parts {
  config: Config;
  db: Database;
  storage: Storage;
  log: Logger;
}

const now = (): Date => new Date();

/** @throws Error naming the file, and what is wrong with it */
async function lookUpOf(file: string | undefined): Promise<LookUp> {
  if (file === undefined) return createLookUp();
  try {
    return createLookUp(readOwnNames(await readFile(file, 'utf8')));
  } catch (error) {
    throw new Error(`CLARION_MAIL_IN_NAMES (${file}): ${(error as Error).message}`);
  }
}

/**
 * Takes mail by SMTP where there is a port for it, and judges whatever came by any way.
 * @returns a function that stops both and waits for what is under way
 * @throws Error that says which file or port cannot be used, before anything is begun
 */
export async function startMailIn({ config, db, storage, log }: Parts): Promise<() => Promise<void>> {
  const {
    CLARION_MAIL_IN_DOMAIN: domain,
    CLARION_MAIL_IN_PORT: port,
    CLARION_MAIL_IN_HOST: host,
    CLARION_MAIL_IN_TLS_CERT: certFile,
    CLARION_MAIL_IN_TLS_KEY: keyFile,
  } = config;
  if (domain === undefined) return async () => {};
  const lookUp = await lookUpOf(config.CLARION_MAIL_IN_NAMES);
  const take = createTakeMail({ db, storage, domain, now, log });
  const tls = certFile && keyFile ? { certFile, keyFile } : undefined;
  const smtp =
    port === undefined ? undefined : await createSmtpReceiver({ host, port, domain, take, log, tls });
  const s3 = createS3Fetch({ region: config.AWS_REGION, endpoint: config.CLARION_MAIL_IN_S3_ENDPOINT });
  const stopJudging = startMailJudging({
    db,
    storage,
    lookUp,
    fetchRemote: s3.fetch,
    order: orderByMail,
    keepDays: config.CLARION_MAIL_IN_KEEP_DAYS,
    now,
    log,
  });
  return async () => {
    await smtp?.close();
    await stopJudging();
    s3.close();
  };
}

/** What the API is given to take notifications of SES; undefined where there is no topic. */
export function sesReceiverOf({ config, db, storage, log }: Parts): SesReceiver | undefined {
  const {
    CLARION_MAIL_IN_DOMAIN: domain,
    CLARION_MAIL_IN_SNS_TOPIC: topicArn,
    CLARION_MAIL_IN_S3_BUCKET: bucket,
  } = config;
  if (domain === undefined || topicArn === undefined) return undefined;
  return createSesReceiver({
    topicArn,
    bucket,
    domain,
    take: createTakeMail({ db, storage, domain, now, log }),
    log,
  });
}
