/**
 * Reads a mail as far as Clarion needs it: its headers, and the lists attached to it. mailparser takes the MIME
 * apart, as a stream; how many parts, how much header and how many bytes of a file it may cost is limited here.
 */
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { type AddressObject, type AttachmentStream, MailParser } from 'mailparser';
import { LIST_LIMITS } from '../../domain/list/limits.ts';
import { isList, MAIL_IN_LIMITS } from '../../domain/mail-in.ts';

/** The mail is none, or is built so that no two programs would read it alike. The message is a clause for a person. */
export class MalformedMail extends Error {
  override name = 'MalformedMail';
}

export interface MailHead {
  /** All headers as they stand, unfolded, names in lower case. */
  headers: { name: string; value: string }[];
  /** The one address of From, in lower case. */
  from: string;
  subject: string;
  /** As it stands. */
  date: string;
  /** With its angle brackets. */
  messageId: string | null;
}

export interface AttachedFile {
  name: string;
  bytes: number;
  /** SHA-256, hex, of what was read. */
  sha256: string;
  /** A list: its format by its first bytes, and its content unless it is larger than such a list may be. */
  list?: { format: 'csv' | 'zip'; content: Buffer | undefined };
}

/** RFC 5322, 3.6: at most once. Of two, one program believes the first, another the last. */
const ONCE = [
  'from',
  'sender',
  'subject',
  'date',
  'message-id',
  'content-type',
  'content-transfer-encoding',
  'mime-version',
];

const parserOptions = {
  maxChildNodes: MAIL_IN_LIMITS.parts,
  maxHeadSize: MAIL_IN_LIMITS.headerBytes,
  // Text is for people; nobody looks at it here.
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipImageLinks: true,
  skipTextLinks: true,
  maxHtmlLengthToParse: 0,
};

/** @throws MalformedMail; what the stream throws */
export async function readHead(raw: Readable): Promise<MailHead> {
  const parser = new MailParser(parserOptions);
  try {
    await new Promise<void>((resolve, reject) => {
      parser.once('headerLines', () => setImmediate(resolve));
      parser.once('error', (error: Error) =>
        reject(new MalformedMail(`it cannot be read: ${error.message}`)),
      );
      parser.once('end', () => reject(new MalformedMail('it has no headers')));
      raw.once('error', reject);
      parser.on('data', (part: AttachmentStream | { type: 'text' }) => {
        if (part.type === 'attachment') (part as AttachmentStream).content.resume();
      });
      raw.pipe(parser);
    });
  } finally {
    raw.unpipe(parser);
    raw.destroy();
    parser.on('error', () => {});
    parser.destroy();
  }
  return headOf(parser);
}

function headOf(parser: MailParser): MailHead {
  const headers = (parser.headerLines || []).map(({ key, line }) => ({
    name: key,
    value: line
      .slice(line.indexOf(':') + 1)
      .replace(/\r?\n(?=[ \t])/g, '')
      .trim(),
  }));
  for (const name of ONCE) {
    if (headers.filter((header) => header.name === name).length > 1) {
      throw new MalformedMail(`it has more than one header ${name}`);
    }
  }
  if (headers.filter(({ name }) => name === 'dkim-signature').length > MAIL_IN_LIMITS.signatures) {
    throw new MalformedMail(`it has more than ${MAIL_IN_LIMITS.signatures} DKIM signatures`);
  }
  const head = (name: string): string | undefined => headers.find((header) => header.name === name)?.value;
  const date = head('date');
  if (date === undefined) throw new MalformedMail('it has no date');
  const messageId = /^<[^<>\s]{1,298}>$/.exec(head('message-id') ?? '')?.[0] ?? null;
  return { headers, from: onlyAddress(parser.from), subject: parser.subject ?? '', date, messageId };
}

function onlyAddress(from: AddressObject | undefined): string {
  const [only, ...more] = from?.value ?? [];
  const address = only?.address?.toLowerCase() ?? '';
  // A quoted local part or a bare name would be read differently by whoever checks the signature.
  if (
    more.length > 0 ||
    !/^[^\s@<>()[\]\\,;:"]+@[a-z0-9.-]+\.[a-z0-9-]+$/.test(address) ||
    address.length > 254
  ) {
    throw new MalformedMail('its From is not one mail address');
  }
  return address;
}

/** All files of the mail, in order; those that are no lists without their content. @throws MalformedMail; what the stream throws */
export async function readFiles(raw: Readable): Promise<AttachedFile[]> {
  const parser = new MailParser(parserOptions);
  const files: AttachedFile[] = [];
  raw.pipe(parser);
  const broken = new Promise<never>((_, reject) => {
    raw.once('error', reject);
    parser.once('error', (error: Error) => reject(new MalformedMail(`it cannot be read: ${error.message}`)));
  });
  broken.catch(() => {});
  try {
    await Promise.race([broken, collect(parser, files)]);
  } finally {
    raw.destroy();
    parser.on('error', () => {});
    parser.destroy();
  }
  return files;
}

async function collect(parser: MailParser, files: AttachedFile[]): Promise<void> {
  for await (const part of parser as AsyncIterable<AttachmentStream | { type: 'text' }>) {
    if (part.type !== 'attachment') continue;
    files.push(await readFile(part as AttachmentStream, files.length + 1));
    (part as AttachmentStream).release?.();
  }
}

async function readFile(part: AttachmentStream, place: number): Promise<AttachedFile> {
  const name = fileName(part.filename) ?? `unnamed-${place}`;
  const wanted = isList({ name: fileName(part.filename) ?? '', contentType: part.contentType });
  const hash = createHash('sha256');
  const kept: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of part.content as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    hash.update(chunk);
    if (wanted && bytes <= LIST_LIMITS.zipBytes) kept.push(chunk);
  }
  const file = { name, bytes, sha256: hash.digest('hex') };
  if (!wanted) return file;
  const content = Buffer.concat(kept);
  const format = isZip(content) ? ('zip' as const) : ('csv' as const);
  const limit = format === 'zip' ? LIST_LIMITS.zipBytes : LIST_LIMITS.fileBytes;
  return { ...file, list: { format, content: bytes > limit ? undefined : content } };
}

/** First bytes of a zip archive, an empty one among them (APPNOTE.TXT 4.3.7, 4.3.16). */
const isZip = (content: Buffer): boolean =>
  ['504b0304', '504b0506'].includes(content.subarray(0, 4).toString('hex'));

/** A name that may be shown anywhere: one line, no path. */
function fileName(given: string | undefined): string | undefined {
  const name = given
    ?.replace(/\p{Cc}+/gu, ' ')
    .replace(/^.*[/\\]/, '')
    .trim()
    .slice(0, MAIL_IN_LIMITS.fileNameLength);
  return name === '' ? undefined : name;
}
