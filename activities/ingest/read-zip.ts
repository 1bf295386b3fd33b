/**
 * A zip of csv: looked through before anything is unpacked, and refused for whatever could do harm. Names
 * are only ever shown, never used as paths.
 */
import type { Readable } from 'node:stream';
import { type Entry, openPromise, validateFileName, type ZipFile } from 'yauzl';
import { LIST_LIMITS } from '../../domain/list/limits.ts';
import { ListRejected } from '../../domain/list/rejection.ts';

const LIST_NAME = /\.(csv|tsv|txt)$/i;
const ARCHIVE_NAME = /\.(zip|gz|tgz|bz2|xz|zst|7z|rar|tar|jar)$/i;
/** Other files that lists of people are kept in. */
const DOCUMENT_NAME = /\.(xlsx?|xlsm|xlsb|ods|numbers|pdf|docx?|json|xml|vcf)$/i;
/** What file managers put in by themselves. */
const CLUTTER = /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)/i;
const FILE_TYPE_MASK = 0o170000;
const SYMBOLIC_LINK = 0o120000;

const unsafe = (sentence: string): ListRejected => new ListRejected('ZIP_UNSAFE', sentence);

/** A name in a sentence: shortened, and without characters that would mislead a terminal. */
export const shownName = (name: string): string => `"${name.replace(/\p{C}/gu, '?').slice(-80)}"`;

export interface ZippedCsv {
  name: string;
  open(): Promise<Readable>;
}

/**
 * @param path of the zip on this machine
 * @param use is given the csv files in the zip's order; the zip is closed when it returns
 * @throws ListRejected ZIP_UNSAFE, ZIP_TOO_LARGE, NOT_CSV, EMPTY_FILE
 */
export async function withZip<T>(path: string, use: (files: ZippedCsv[]) => Promise<T>): Promise<T> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false, decodeStrings: true }).catch(
    (error: Error) => {
      throw new ListRejected('NOT_CSV', `the file is not a zip that can be read (${error.message})`);
    },
  );
  try {
    const entries = await readDirectory(zip);
    return await use(entries.map((entry) => ({ name: entry.fileName, open: () => openEntry(zip, entry) })));
  } finally {
    zip.close();
  }
}

function openEntry(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) reject(unsafe(`${shownName(entry.fileName)} cannot be unpacked (${error.message})`));
      else resolve(stream);
    });
  });
}

async function readDirectory(zip: ZipFile): Promise<Entry[]> {
  if (zip.entryCount > LIST_LIMITS.zipEntries) {
    throw unsafe(`the zip has ${zip.entryCount} entries; at most ${LIST_LIMITS.zipEntries} are taken`);
  }
  const all = await listEntries(zip);
  const files = all.filter((entry) => isList(entry));
  if (files.length === 0) {
    const names = all.filter((entry) => !entry.fileName.endsWith('/')).map((entry) => entry.fileName);
    throw names.length === 0
      ? new ListRejected('EMPTY_FILE', 'the zip is empty')
      : new ListRejected(
          'NOT_CSV',
          `the zip has no csv, only ${names.slice(0, 5).map(shownName).join(', ')}`,
        );
  }
  const unpacked = files.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  if (unpacked > LIST_LIMITS.unpackedBytes) {
    const [has, most] = [unpacked, LIST_LIMITS.unpackedBytes].map((bytes) => Math.ceil(bytes / 1_048_576));
    throw new ListRejected('ZIP_TOO_LARGE', `the zip holds ${has} MB unpacked; at most ${most} MB are taken`);
  }
  return files;
}

function listEntries(zip: ZipFile): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    zip.on('error', (error: Error) => {
      // yauzl checks names itself and says which rule one breaks.
      reject(unsafe(`the zip's directory is not to be trusted (${error.message})`));
    });
    zip.on('entry', (entry: Entry) => {
      try {
        refuseHarm(entry);
      } catch (error) {
        reject(error as Error);
        return;
      }
      entries.push(entry);
      // The count in the end record may be a lie.
      if (entries.length > LIST_LIMITS.zipEntries) reject(unsafe('the zip has too many entries'));
      else zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.readEntry();
  });
}

/** @throws ListRejected ZIP_UNSAFE */
function refuseHarm(entry: Entry): void {
  const name = shownName(entry.fileName);
  const wrongName = validateFileName(entry.fileName.replaceAll('\\', '/'));
  if (wrongName !== null) throw unsafe(`the entry ${name} has a name that leads out of the zip`);
  if (((entry.externalFileAttributes >>> 16) & FILE_TYPE_MASK) === SYMBOLIC_LINK) {
    throw unsafe(`the entry ${name} is a link`);
  }
  if (entry.isEncrypted()) throw unsafe(`the entry ${name} is encrypted; send the zip without a password`);
  if (ARCHIVE_NAME.test(entry.fileName)) throw unsafe(`the entry ${name} is an archive in the archive`);
  const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
  if (entry.uncompressedSize > LIST_LIMITS.ratioFreeBytes && ratio > LIST_LIMITS.compressionRatio) {
    throw unsafe(`the entry ${name} unpacks to ${Math.round(ratio)} times its size`);
  }
}

/** @throws ListRejected NOT_CSV for a file that may hold people but is no csv: passed over, they would be lost */
function isList(entry: Entry): boolean {
  if (entry.fileName.endsWith('/') || CLUTTER.test(entry.fileName)) return false;
  if (DOCUMENT_NAME.test(entry.fileName)) {
    throw new ListRejected('NOT_CSV', `${shownName(entry.fileName)} is not csv; save the list in it as csv`);
  }
  return LIST_NAME.test(entry.fileName);
}
