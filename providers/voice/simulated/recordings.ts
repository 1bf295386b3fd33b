/**
 * The simulated network's recordings: files in a folder that all processes of one network share, so that a
 * recording outlives the process that made it and another can fetch it.
 */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Recordings {
  /** Resolves once the whole file is there. @throws what the file system throws */
  save(name: string, data: Buffer): Promise<void>;
  fetch(name: string): Promise<Buffer | undefined>;
  forget(name: string): Promise<void>;
}

export function openRecordings(dir: string): Recordings {
  const pathOf = (name: string): string => {
    // It becomes the name of a file.
    if (!/^[A-Za-z0-9_-]{1,240}$/.test(name)) throw new RangeError(`"${name}" cannot be a recording's name`);
    return join(dir, `${name}.gsm`);
  };
  return {
    async save(name, data) {
      const path = pathOf(name);
      await mkdir(dir, { recursive: true });
      // Renamed when whole: killed before that, there is no recording rather than half a one.
      await writeFile(`${path}.part`, data);
      await rename(`${path}.part`, path);
    },
    async fetch(name) {
      try {
        return await readFile(pathOf(name));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    forget: (name) => rm(pathOf(name), { force: true }),
  };
}
