/**
 * Multipart uploads, straight from the network to storage in flat memory. Files are stored under drawn keys
 * before anything is written to the database; a process killed in between leaves a file that no request
 * names, under a key that begins with its day, and nothing else.
 */
import { createHash, randomUUID } from 'node:crypto';
import { PassThrough, Readable, Transform } from 'node:stream';
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import { LIST_LIMITS } from '../domain/list/limits.ts';
import { type Storage, StorageLimitExceeded } from '../providers/storage/storage.ts';
import { ApiError, invalid } from './errors.ts';

export interface UploadLimits {
  /** The name under which files come. */
  field: string;
  maxFiles: number;
  /** Of one file, by its format. */
  limitBytes: { csv: number; zip: number };
}

/** Lists to call. */
export const LISTS: UploadLimits = {
  field: 'files',
  maxFiles: 20,
  limitBytes: { csv: LIST_LIMITS.fileBytes, zip: LIST_LIMITS.zipBytes },
};

/** Fields are options, not lists. */
const MAX_FIELD_BYTES = 16 * 1024;
const MAX_FIELDS = 100;
/** A body with every file at its limit, and room for its fields. More is not read to its end. */
const bodyLimit = ({ maxFiles, limitBytes }: UploadLimits): number =>
  maxFiles * Math.max(limitBytes.csv, limitBytes.zip) + 2 * 1024 * 1024;
/** What a disk says that takes nothing more. */
const FULL = ['ENOSPC', 'EDQUOT', 'EROFS'];
/** First bytes of a zip archive, an empty one among them (APPNOTE.TXT 4.3.7, 4.3.16). */
const ZIP_STARTS = ['504b0304', '504b0506'];

export interface StoredFile {
  fileName: string;
  format: 'csv' | 'zip';
  /** As stored; 0 for a file that was not. */
  bytes: number;
  /** Absent for a file over its limit: nothing of it was kept. */
  key: string | undefined;
  /** SHA-256 of what was read of it, hex. */
  sha256: string;
}

export interface Upload {
  /** In the order sent. */
  fields: [name: string, value: string][];
  files: StoredFile[];
  /** Says what was sent: for idempotency. */
  fingerprint: string[];
  /** Removes the stored files again. */
  discard(): Promise<void>;
}

/** The first four bytes, and the stream with them still in it. */
async function peek(stream: Readable): Promise<{ start: string; whole: Readable }> {
  const read: Buffer[] = [];
  const rest = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  while (Buffer.concat(read).length < 4) {
    const next = await rest.next();
    if (next.done) break;
    read.push(next.value);
  }
  async function* whole(): AsyncGenerator<Buffer> {
    yield* read;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  }
  const start = Buffer.concat(read).subarray(0, 4).toString('hex');
  return { start, whole: Readable.from(whole(), { objectMode: false }) };
}

/** Stores one file, or reads past it when it is over its limit, so that those after it are still reached. */
async function store(
  storage: Storage,
  fileName: string,
  stream: Readable,
  limitBytes: UploadLimits['limitBytes'],
): Promise<StoredFile> {
  // The parser reports a body that breaks off on its parts as well, and more than once.
  stream.on('error', () => {});
  const hash = createHash('sha256');
  const hashed = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const { start, whole } = await peek(stream);
  const format = ZIP_STARTS.includes(start) ? 'zip' : 'csv';
  const key = `uploads/${new Date().toISOString().slice(0, 10)}/${randomUUID()}.${format}`;
  // Storage may stop listening at the limit; what it reads is a stream of its own, so the source goes on.
  const kept = new PassThrough();
  // It may break off before storage listens, which finds it broken when it does.
  kept.on('error', () => {});
  whole.on('error', (error) => hashed.destroy(error));
  hashed.on('error', (error) => kept.destroy(error));
  whole.pipe(hashed).pipe(kept);
  try {
    const bytes = await storage.write(key, kept, limitBytes[format]);
    return { fileName, format, bytes, key, sha256: hash.digest('hex') };
  } catch (error) {
    if (FULL.includes((error as NodeJS.ErrnoException).code ?? '')) {
      throw new ApiError('STORAGE_UNAVAILABLE', 'There is no room to store the upload. Try again later.');
    }
    if (!(error instanceof StorageLimitExceeded)) throw error;
    hashed.unpipe();
    for await (const _ of hashed) {
      // Read to the end: only so does the reader of the multipart body reach the next file.
    }
    return { fileName, format, bytes: 0, key: undefined, sha256: hash.digest('hex') };
  }
}

function openBusboy(contentType: string, maxFiles: number): BusboyInstance {
  try {
    return new Busboy({
      headers: { 'content-type': contentType } as BusboyHeaders,
      limits: {
        fieldSize: MAX_FIELD_BYTES,
        fields: MAX_FIELDS,
        files: maxFiles,
        parts: MAX_FIELDS + maxFiles,
      },
    });
  } catch (error) {
    throw new ApiError('MALFORMED_BODY', `The multipart body cannot be read: ${(error as Error).message}.`);
  }
}

/** @throws ApiError for a body that is no multipart, too large, has unknown file fields or too many parts */
export async function receiveUpload(
  storage: Storage,
  request: Request,
  limits: UploadLimits,
): Promise<Upload> {
  const busboy = openBusboy(request.headers.get('content-type') ?? '', limits.maxFiles);
  const fields: [string, string][] = [];
  const storing: Promise<StoredFile>[] = [];
  const faults: ApiError[] = [];
  const open = new Set<Readable>();
  let fatal: unknown;
  busboy.on('field', (name, value, nameTruncated, valueTruncated) => {
    if (nameTruncated || valueTruncated)
      faults.push(invalid(name, `is longer than ${MAX_FIELD_BYTES} bytes`));
    fields.push([name, value]);
  });
  busboy.on('file', (name, stream, fileName) => {
    if (name !== limits.field) {
      faults.push(invalid(name, `is not a file field; send files as "${limits.field}"`));
      stream.resume();
      return;
    }
    const stored = store(storage, fileName?.slice(0, 255) || 'unnamed', stream, limits.limitBytes);
    open.add(stream);
    stored.then(
      () => open.delete(stream),
      (error: unknown) => {
        fatal ??= error;
        busboy.destroy(error as Error);
      },
    );
    storing.push(stored);
  });
  const tooMany = () =>
    faults.push(new ApiError('TOO_MANY_FILES', `Send at most ${limits.maxFiles} files at once.`));
  busboy.on('filesLimit', tooMany);
  busboy.on('partsLimit', tooMany);
  busboy.on('fieldsLimit', () => faults.push(invalid('body', `has more than ${MAX_FIELDS} fields`)));

  await readBody(request, busboy, bodyLimit(limits)).catch((error: unknown) => {
    fatal ??= error;
    // Files whose end will never come, because the body broke off.
    for (const stream of open) stream.destroy(error as Error);
  });
  const settled = await Promise.allSettled(storing);
  const files = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const discard = async () => {
    await Promise.all(files.map(({ key }) => key && storage.remove(key)));
  };
  const fault = fatal ?? faults[0];
  if (fault) {
    await discard();
    throw fault;
  }
  const said = [...fields.flat(), ...files.flatMap(({ fileName, sha256 }) => [fileName, sha256])];
  return { fields, files, fingerprint: [String(fields.length), ...said], discard };
}

/** Feeds the body to the parser, no faster than it takes it, and resolves when it has seen the end. */
async function readBody(request: Request, busboy: BusboyInstance, limitBytes: number): Promise<void> {
  const malformed = (error: Error): ApiError =>
    new ApiError('MALFORMED_BODY', `The multipart body cannot be read: ${error.message}.`);
  busboy.on('error', () => {});
  const ended = new Promise<void>((resolve, reject) => {
    busboy.once('finish', resolve);
    busboy.once('error', (error) => reject(malformed(error as Error)));
  });
  ended.catch(() => {});
  let bytes = 0;
  try {
    for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
      bytes += chunk.byteLength;
      if (bytes > limitBytes) {
        throw new ApiError('BODY_TOO_LARGE', `The body may have at most ${limitBytes} bytes.`);
      }
      if (!busboy.write(chunk)) await Promise.race([new Promise((go) => busboy.once('drain', go)), ended]);
    }
    busboy.end();
  } catch (error) {
    busboy.destroy(error instanceof Error ? error : undefined);
    throw error instanceof ApiError ? error : malformed(error as Error);
  }
  await ended;
}
