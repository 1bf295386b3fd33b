/**
 * The list of every number, as one attachment that a mail can carry: plain while small, zipped when larger,
 * and only counts when even the zip is too large. Read from the database in batches, so what is held in
 * memory is bounded by the limits below and not by the list.
 */
import { Readable } from 'node:stream';
import yazl from 'yazl';
import type { Database } from '../../db/client.ts';
import { type Count, eachMailRecord, type MailFacts } from '../../db/queries/status-mail.ts';
import { csvLine } from '../../domain/csv-cell.ts';
import type { EmailAttachment } from '../../providers/email/provider.ts';

export interface AttachmentLimits {
  /** A CSV up to this size is attached as it is; a larger one is zipped. */
  plainBytes: number;
  /** A zip larger than this is not attached. */
  zipBytes: number;
}

/**
 * SES takes 10 MB a message through the v1 API that we use, and 40 MB through v2 and SMTP, counted after
 * base64 (Amazon SES Developer Guide, "Service quotas in Amazon SES", message quotas). Base64 with its line
 * ends makes 7,000,000 bytes into about 9.6 million. Mail systems on the way often refuse less than that, and
 * a CSV of numbers shrinks to a fifth, so plain text stops at 1 MB.
 */
export const ATTACHMENT_LIMITS: AttachmentLimits = { plainBytes: 1_000_000, zipBytes: 7_000_000 };

/** Rows read at a time: a few hundred kilobytes. */
const BATCH_ROWS = 5_000;

export interface PackedList {
  attachment: EmailAttachment;
  /** `COUNTS`: too large even zipped, so only the counts are attached and the mail must say where the rest is. */
  form: 'CSV' | 'ZIP' | 'COUNTS';
}

/** Every row of the request in its order, as CSV text, one chunk a batch, the header first. */
export async function* statusCsv(
  db: Database,
  input: { accountId: number; requestId: number },
): AsyncGenerator<Buffer> {
  // The byte order mark tells spreadsheets that this is UTF-8.
  yield Buffer.from(
    `\uFEFF${csvLine(['row', 'number', 'result', 'outcome', 'attempts', 'reason', 'endedAt'])}`,
  );
  for await (const batch of eachMailRecord(db, { ...input, batch: BATCH_ROWS })) {
    const lines = batch.map((record) =>
      csvLine([
        record.row,
        record.number,
        record.result,
        record.outcome,
        record.attempts,
        record.reason,
        record.endedAt,
      ]),
    );
    yield Buffer.from(lines.join(''));
  }
}

/**
 * @param chunks the CSV; read once, and no further than needed
 * @param counts what to attach when the list is too large
 */
export async function packList(
  name: string,
  chunks: AsyncIterable<Buffer>,
  counts: Buffer,
  limits: AttachmentLimits = ATTACHMENT_LIMITS,
): Promise<PackedList> {
  const source = chunks[Symbol.asyncIterator]();
  const held: Buffer[] = [];
  let size = 0;
  for (let next = await source.next(); !next.done; next = await source.next()) {
    held.push(next.value);
    size += next.value.length;
    if (size <= limits.plainBytes) continue;
    const zip = await zipped(`${name}.csv`, rest(held, source), limits.zipBytes);
    if (!zip) return { form: 'COUNTS', attachment: csvFile(`${name}-counts.csv`, counts) };
    const attachment = { fileName: `${name}.csv.zip`, contentType: 'application/zip', content: zip };
    return { form: 'ZIP', attachment };
  }
  return { form: 'CSV', attachment: csvFile(`${name}.csv`, Buffer.concat(held)) };
}

const csvFile = (fileName: string, content: Buffer): EmailAttachment => ({
  fileName,
  contentType: 'text/csv; charset=utf-8',
  content,
});

async function* rest(held: Buffer[], source: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  for (let chunk = held.shift(); chunk; chunk = held.shift()) yield chunk;
  for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
}

/** The zip, or undefined once it outgrows the limit. */
async function zipped(
  entry: string,
  chunks: AsyncIterable<Buffer>,
  limitBytes: number,
): Promise<Buffer | undefined> {
  const input = Readable.from(chunks, { objectMode: false });
  const archive = new yazl.ZipFile();
  const output = archive.outputStream as Readable;
  // A failed read of the database must end the zip, or the loop below would wait for ever.
  input.on('error', (error) => output.destroy(error));
  archive.addReadStream(input, entry);
  archive.end();
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of output) {
    parts.push(part as Buffer);
    size += (part as Buffer).length;
    if (size > limitBytes) {
      input.destroy();
      return undefined;
    }
  }
  return Buffer.concat(parts);
}

/** The counts by result and by outcome: what is attached when the list itself is too large. */
export function countsCsv(facts: Pick<MailFacts, 'results' | 'outcomes' | 'attempts'>): Buffer {
  const lines = (kind: string, counts: Count[]): string =>
    counts.map((each) => csvLine([kind, each.value, each.count])).join('');
  return Buffer.from(
    `\uFEFF${csvLine(['kind', 'value', 'count'])}` +
      lines('row result', facts.results) +
      lines('outcome', facts.outcomes) +
      lines('attempt', facts.attempts),
  );
}
