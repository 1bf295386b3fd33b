/** Codes that simulated people got: the local stack's worker writes them where its developer can read them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface LocalCode {
  at: string;
  number: string;
  code: string;
}

const FILE = 'simulated-codes.jsonl';

/** @returns the newest code for a number since a moment; undefined while there is none */
export async function findLocalCode(
  env: Record<string, string | undefined>,
  number: string,
  since: string,
): Promise<string | undefined> {
  const text = await readFile(join(env.CLARION_DATA_DIR || '.clarion', FILE), 'utf8').catch(() => '');
  const found = text.split('\n').flatMap((line): LocalCode[] => {
    try {
      return [JSON.parse(line) as LocalCode];
    } catch {
      // A line that is being written, or the end.
      return [];
    }
  });
  return found.filter((one) => one.number === number && one.at >= since).at(-1)?.code;
}
