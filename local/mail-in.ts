/**
 * Lists by mail on the local stack. SPF and DKIM cannot pass for `demo.local`, which no DNS knows; so the stack keeps
 * a DKIM key of its own, publishes it in a file that stands in for the DNS of such names, and `clarion mails try`
 * signs with it. The judging is the same as in production.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { openDatabase } from '../db/client.ts';
import { drawMailInAddress, getMailInAddress } from '../db/queries/mail-in-addresses.ts';
import { mailInAddress } from '../domain/mail-in.ts';
import type { DataDir, Handover } from './data-dir.ts';

const DOMAIN = 'lists.demo.local';
const SENDER_DOMAIN = 'demo.local';
const SELECTOR = 'local';
const KEY_BITS = 2048;

export interface LocalMailIn {
  /** Variables for the API and the workers. */
  env: Record<string, string>;
  handover: Required<Pick<Handover, 'mailIn'>>;
}

/**
 * @param options.sender the account's owner, who may be whitelisted and then sends lists
 * @param options.accountId whose address it is; drawn at the first start
 */
export async function prepareMailIn(options: {
  dir: DataDir;
  database: string;
  accountId: number;
  sender: string;
  port: number;
}): Promise<LocalMailIn> {
  const { dir, accountId, port } = options;
  mkdirSync(dir.file('mail-in'), { recursive: true, mode: 0o700 });
  const keyFile = dir.file('mail-in/dkim-private.pem');
  const namesFile = dir.file('mail-in/names.json');
  const publicKey = ensureKey(keyFile);
  const record = `v=DKIM1; k=rsa; p=${publicKey}`;
  writeFileSync(
    namesFile,
    `${JSON.stringify({ [`${SELECTOR}._domainkey.${SENDER_DOMAIN}`]: { TXT: [record] } })}\n`,
  );
  return {
    env: {
      CLARION_MAIL_IN_DOMAIN: DOMAIN,
      CLARION_MAIL_IN_HOST: '127.0.0.1',
      CLARION_MAIL_IN_PORT: String(port),
      CLARION_MAIL_IN_NAMES: namesFile,
    },
    handover: {
      mailIn: {
        url: `smtp://127.0.0.1:${port}`,
        address: await ensureAddress(options.database, accountId),
        sender: options.sender,
        keyFile,
        selector: SELECTOR,
      },
    },
  };
}

/** @returns the public half, as DKIM records hold it */
function ensureKey(file: string): string {
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: KEY_BITS });
    // Whole or not at all: a key cut short by a kill would never sign anything.
    writeFileSync(`${file}.new`, privateKey.export({ type: 'pkcs8', format: 'pem' }), {
      mode: 0o600,
      flush: true,
    });
    renameSync(`${file}.new`, file);
  }
  const key = createPublicKey(createPrivateKey(readFileSync(file)));
  return key.export({ type: 'spki', format: 'der' }).toString('base64');
}

async function ensureAddress(database: string, accountId: number): Promise<string> {
  const db = openDatabase(database, 1);
  try {
    const found = (await getMailInAddress(db, { accountId })) ?? (await drawMailInAddress(db, { accountId }));
    return mailInAddress(found.token, DOMAIN);
  } finally {
    await db.close();
  }
}
