/** Storage in a folder of this machine: enough for one host, and for several that mount the same disk. */
import { randomBytes } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { type Storage, StorageLimitExceeded, StorageMissing } from './storage.ts';

/** Parts of letters, digits, `_`, `-` and inner dots, joined by slashes: nothing that could leave the folder. */
const KEY = /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*(?:\/[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)*$/;
const MAX_KEY_LENGTH = 512;
/** Larger reads mean fewer trips through the event loop: a list of 10 MB comes in 40 pieces. */
const READ_BYTES = 256 * 1024;

/**
 * @param directory made when it is missing
 * @throws TypeError from every method for a key of another shape
 */
export function localFiles(directory: string): Storage {
  const root = resolve(directory);
  const pathOf = (key: string): string => {
    const path = join(root, key);
    if (key.length > MAX_KEY_LENGTH || !KEY.test(key) || !path.startsWith(root + sep)) {
      throw new TypeError('a storage key is made of letters, digits, "_", "-", "." and "/"');
    }
    return path;
  };
  const present = async (key: string): Promise<string> => {
    const path = pathOf(key);
    await access(path, constants.R_OK).catch(() => {
      throw new StorageMissing(`nothing is stored under ${key}`);
    });
    return path;
  };
  return {
    write: async (key, content, limitBytes) => storeWhole(pathOf(key), content, limitBytes),
    async read(key): Promise<Readable> {
      return createReadStream(await present(key), { highWaterMark: READ_BYTES });
    },
    localPath: present,
    async remove(key) {
      await rm(pathOf(key), { force: true });
    },
    list: (folder) => keysBelow(folder, pathOf),
  };
}

/** One folder at a time in memory; a file of a name that is no key was put there by somebody else, and is left out. */
async function* keysBelow(folder: string, pathOf: (key: string) => string): AsyncGenerator<string> {
  const entries = await readdir(pathOf(folder), { withFileTypes: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  for (const entry of entries) {
    const key = `${folder}/${entry.name}`;
    if (!KEY.test(key)) continue;
    if (entry.isDirectory()) yield* keysBelow(key, pathOf);
    else if (entry.isFile()) yield key;
  }
}

/**
 * Under a temporary name, flushed to the disk, then renamed: after a crash the key is there whole or not at
 * all, and what is left of the temporary file is overwritten by nobody and read by nobody; `list` shows it.
 */
async function storeWhole(path: string, content: Readable, limitBytes: number): Promise<number> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${randomBytes(6).toString('hex')}.part`;
  let bytes = 0;
  const file = await open(temporary, 'wx', 0o600);
  try {
    for await (const chunk of content) {
      const piece = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk as string | Uint8Array);
      bytes += piece.length;
      if (bytes > limitBytes) throw new StorageLimitExceeded(`more than ${limitBytes} bytes`);
      await file.writeFile(piece);
    }
    await file.sync();
    await file.close();
    await rename(temporary, path);
  } catch (error) {
    await file.close().catch(() => {});
    await rm(temporary, { force: true });
    throw error;
  }
  await syncDirectory(dirname(path));
  return bytes;
}

/** The rename itself reaches the disk with its directory; some systems cannot open one, and need not. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r').catch(() => undefined);
  if (!directory) return;
  await directory.sync().catch(() => {});
  await directory.close();
}
