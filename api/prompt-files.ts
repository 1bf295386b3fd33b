/**
 * The two files of a prompt: as it was given, and as the telephone plays it. Both are stored under drawn keys before
 * the row that names them; a process killed in between leaves files that nothing names, and nothing else.
 */
import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Storage } from '../providers/storage/storage.ts';
import type { Deps } from './context.ts';
import { ApiError, invalid } from './errors.ts';
import { receiveUpload, type Upload } from './upload.ts';

/** As product documentation and the conversion have it. */
export const MAX_PROMPT_BYTES = 10 * 1024 * 1024;

export interface PromptFiles {
  format: 'mp3' | 'wav';
  bytes: number;
  /** Of the file as given, hex. */
  sha256: string;
  durationMs: number;
  originalKey: string;
  telephoneKey: string;
}

/** @throws ApiError for a body that is no upload of one file */
export const receivePrompt = (storage: Storage, request: Request): Promise<Upload> =>
  receiveUpload(storage, request, {
    field: 'file',
    maxFiles: 1,
    limitBytes: { csv: MAX_PROMPT_BYTES, zip: MAX_PROMPT_BYTES },
  });

/**
 * Converts what was uploaded and stores both forms.
 * @throws ApiError for no file, one too large, or one that is no sound
 */
export async function storePrompt(deps: Deps, accountId: number, upload: Upload): Promise<PromptFiles> {
  const [file] = upload.files;
  if (!file) throw invalid('file', 'send a file');
  if (!file.key) throw new ApiError('BODY_TOO_LARGE', `The file may have at most ${MAX_PROMPT_BYTES} bytes.`);
  const given = await readWhole(deps.storage, file.key);
  const sound = await deps.sound.take(given);
  if (sound.kind === 'REFUSED') {
    throw new ApiError('NOT_AUDIO', `file: ${sound.why}`, [{ field: 'file', message: sound.why }]);
  }
  const { format, durationMs, ulaw } = sound;
  const base = `prompts/${accountId}/${randomUUID()}`;
  const files: PromptFiles = {
    format,
    bytes: given.length,
    sha256: createHash('sha256').update(given).digest('hex'),
    durationMs,
    originalKey: `${base}.${format}`,
    telephoneKey: `${base}.ulaw`,
  };
  try {
    await deps.storage.write(files.originalKey, Readable.from([given]), given.length);
    await deps.storage.write(files.telephoneKey, Readable.from([ulaw]), ulaw.length);
  } catch (error) {
    await removePrompt(deps, files);
    throw error;
  }
  return files;
}

export async function removePrompt(
  deps: Pick<Deps, 'storage' | 'log'>,
  files: { originalKey: string; telephoneKey: string },
): Promise<void> {
  for (const key of [files.originalKey, files.telephoneKey]) {
    // A file too many does no harm.
    await deps.storage
      .remove(key)
      .catch((error: unknown) => deps.log.warn({ err: error }, 'a sound file was not removed'));
  }
}

/** For what is small enough to be held whole: sound files have limits. */
export async function readWhole(storage: Storage, key: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of await storage.read(key)) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
