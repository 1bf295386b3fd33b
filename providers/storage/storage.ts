/** What file storage is to Clarion: uploads now, recordings and exports later. */
import type { Readable } from 'node:stream';

export interface Storage {
  /**
   * Stores a stream under a key, whole or not at all, in flat memory.
   * @param limitBytes refuses with StorageLimitExceeded, leaving nothing behind, once more than this has come
   * @returns the number of bytes stored
   */
  write(key: string, content: Readable, limitBytes: number): Promise<number>;
  /** @throws StorageMissing when there is no such key */
  read(key: string): Promise<Readable>;
  /** A file on this machine with the content, for readers that need random access (zip). Not to be written to or removed. */
  localPath(key: string): Promise<string>;
  /** Harmless when there is no such key. */
  remove(key: string): Promise<void>;
  /** All keys below a folder, in no promised order, what a crash left half written among them; none where it is missing. */
  list(folder: string): AsyncIterable<string>;
}

export class StorageLimitExceeded extends Error {
  override name = 'StorageLimitExceeded';
}

export class StorageMissing extends Error {
  override name = 'StorageMissing';
}
