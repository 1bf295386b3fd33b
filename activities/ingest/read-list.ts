/** An uploaded list, csv or zip, as one run of rows. */
import type { Reading } from '../../domain/list/header.ts';
import { LIST_LIMITS } from '../../domain/list/limits.ts';
import { ListRejected } from '../../domain/list/rejection.ts';
import type { Storage } from '../../providers/storage/storage.ts';
import { type ListBatch, readCsv } from './read-csv.ts';
import { shownName, withZip } from './read-zip.ts';

const megabytes = (bytes: number): number => bytes / 1_048_576;

const fileTooLarge = (): ListRejected =>
  new ListRejected('FILE_TOO_LARGE', `a csv file may have at most ${megabytes(LIST_LIMITS.fileBytes)} MB`);
const zipTooLarge = (): ListRejected =>
  new ListRejected('ZIP_TOO_LARGE', `a zip may have at most ${megabytes(LIST_LIMITS.zipBytes)} MB`);
const unpackedTooLarge = (): ListRejected =>
  new ListRejected('ZIP_UNSAFE', 'the zip unpacks to more than its directory says');

/**
 * Hands every row to `take`, in the file's order.
 * @throws ListRejected when the file is turned away whole
 */
export async function readList(
  storage: Storage,
  upload: { key: string; format: 'csv' | 'zip' },
  reading: Reading,
  take: (batch: ListBatch) => Promise<void>,
): Promise<void> {
  if (upload.format === 'csv') {
    const source = await storage.read(upload.key);
    const limits = { bytes: LIST_LIMITS.fileBytes, tooLarge: fileTooLarge };
    for await (const batch of readCsv(source, reading, limits)) await take(batch);
    return;
  }
  await refuseLargeZip(storage, upload.key);
  await withZip(await storage.localPath(upload.key), async (files) => {
    for (const file of files) {
      try {
        const limits = { bytes: LIST_LIMITS.unpackedBytes, tooLarge: unpackedTooLarge };
        for await (const batch of readCsv(await file.open(), reading, limits)) await take(batch);
      } catch (error) {
        if (error instanceof ListRejected) throw error.within(shownName(file.name));
        if (isZipFault(error)) {
          throw new ListRejected(
            'ZIP_UNSAFE',
            `${shownName(file.name)} is damaged (${(error as Error).message})`,
          );
        }
        throw error;
      }
    }
  });
}

async function refuseLargeZip(storage: Storage, key: string): Promise<void> {
  let bytes = 0;
  for await (const chunk of await storage.read(key)) {
    bytes += (chunk as Buffer).length;
    if (bytes > LIST_LIMITS.zipBytes) throw zipTooLarge();
  }
}

/** Inflating failed, or the unpacked size is not what the directory says: yauzl and zlib throw plain errors. */
function isZipFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return code.startsWith('Z_') || /too many bytes|not enough bytes|invalid .* header/i.test(error.message);
}
