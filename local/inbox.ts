/**
 * The local inbox: an SES endpoint that sends nothing on and shows what it was given on a page. It keeps
 * its mails in memory; this process writes them beside and gives them back at the next start.
 *
 * Environment: INBOX_PORT, INBOX_FILE (JSON lines, one a mail).
 */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Config } from 'aws-ses-v2-local';
import type { Email, Store } from 'aws-ses-v2-local/dist/store.js';

// The package is CommonJS without an exports map; its store is the one its server uses.
const load = createRequire(import.meta.url);
const { default: serve } = load('aws-ses-v2-local') as { default: (config: Config) => Promise<unknown> };
const store = load('aws-ses-v2-local/dist/store.js') as {
  saveEmail(email: Email): void;
  getStoreReadonly(): Store;
};

/** Mails given back at a start; older ones are let go so that the file and the memory stay bounded. */
const KEPT_MAILS = 2000;
const WRITE_EVERY_MS = 250;

const file = process.env.INBOX_FILE ?? 'inbox.jsonl';
const port = Number(process.env.INBOX_PORT);

/** A line that a kill cut short is left out. */
function readMails(): Email[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as Email];
      } catch {
        return [];
      }
    });
}

const line = (mail: Email): string => `${JSON.stringify(mail)}\n`;
const kept = readMails().slice(-KEPT_MAILS);
writeFileSync(file, kept.map(line).join(''), { mode: 0o600 });
for (const mail of kept) store.saveEmail(mail);

let written = kept.length;
/** A mail that came in the last moment before a kill is lost; an orderly end writes everything. */
function writeNew(): void {
  const { emails } = store.getStoreReadonly();
  if (emails.length < written) {
    // The page's "clear" was used.
    writeFileSync(file, '', { mode: 0o600 });
    written = 0;
  }
  if (emails.length === written) return;
  appendFileSync(file, emails.slice(written).map(line).join(''));
  written = emails.length;
}

setInterval(writeNew, WRITE_EVERY_MS);
process.on('SIGTERM', () => {
  writeNew();
  process.exit(0);
});
await serve({ host: '127.0.0.1', port });
