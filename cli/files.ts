/** Reading the files a command names, and writing downloads so that a broken one leaves nothing half. */
import { createWriteStream } from 'node:fs';
import { readFile, rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { usage } from './exit.ts';

/** No server takes more (a zip may have 25 MB); beyond this the file is not even read. */
const LIST_BYTES = 64 * 1024 * 1024;

/** @throws CommandError USAGE, naming the file */
export async function readInput(path: string, limitBytes = LIST_BYTES): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw usage(`${path} is not a file`);
    if (found.size > limitBytes) {
      const size = Math.round(found.size / 1_048_576);
      throw usage(`${path} has ${size} MB, which no server takes`, 'A list may have 10 MB, a zip 25 MB.');
    }
    return new Uint8Array(await readFile(path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw usage(`there is no file ${path}`);
    if (code === 'EACCES') throw usage(`${path} may not be read`, 'Check its permissions.');
    throw error;
  }
}

/** @throws CommandError USAGE for a file that is not JSON */
export async function readJsonFile(path: string): Promise<unknown> {
  const text = new TextDecoder().decode(await readInput(path));
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw usage(`${path} is not JSON: ${(error as Error).message}`);
  }
}

/**
 * Writes a download to a file, whole or not at all, or to stdout for `-`.
 * @throws CommandError USAGE when the file cannot be written
 */
export async function save(body: ReadableStream<Uint8Array>, path: string): Promise<void> {
  const source = Readable.fromWeb(body as WebStream<Uint8Array>);
  if (path === '-') {
    // stdout stays open: others may still write to it. A reader that has seen enough (`| head`) ends us quietly.
    await pipeline(source, process.stdout, { end: false }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
    return;
  }
  const partial = `${path}.part`;
  try {
    await pipeline(source, createWriteStream(partial));
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (code && ['ENOENT', 'EACCES', 'EISDIR', 'ENOSPC', 'EROFS', 'ENOTDIR'].includes(code)) {
      throw usage(`cannot write ${path} (${code})`);
    }
    throw error;
  }
}
