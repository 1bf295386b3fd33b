/** Which server to talk to, and with which key: the environment first, then the local stack's own notes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, EXIT, usage } from './exit.ts';

export interface Settings {
  /** Without a slash at its end. */
  url: string;
  apiKey: string;
  /** Of the local stack, whose owner is its operations as well. Absent where a key was given. */
  operationsKey?: string | undefined;
}

/**
 * @param env `CLARION_URL` and `CLARION_API_KEY`; what is missing of them is read from `local.json` in
 *   `CLARION_DATA_DIR` (default `.clarion`), which a running `npm start` writes
 * @throws CommandError USAGE for an address that is none, UNREACHABLE when there is nothing to talk to
 */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const { CLARION_URL, CLARION_API_KEY } = env;
  if (CLARION_URL && CLARION_API_KEY) return checked(CLARION_URL, CLARION_API_KEY, 'CLARION_URL');
  const file = join(env.CLARION_DATA_DIR || '.clarion', 'local.json');
  const local = readLocal(file);
  const url = CLARION_URL || local?.url;
  // A key belongs to its server: the local stack's key is not handed to another address.
  const key = CLARION_API_KEY || (CLARION_URL && CLARION_URL !== local?.url ? undefined : local?.apiKey);
  if (!url) {
    throw new CommandError(EXIT.UNREACHABLE, `no server to talk to: ${file} is not there`, {
      advice: 'Start the local stack with `npm start`, or set CLARION_URL and CLARION_API_KEY.',
    });
  }
  if (!key) throw usage('CLARION_API_KEY is not set', 'Set it to a key of your account.');
  const operationsKey = CLARION_API_KEY ? undefined : local?.operationsKey;
  return { ...checked(url, key, CLARION_URL ? 'CLARION_URL' : file), operationsKey };
}

function checked(address: string, apiKey: string, from: string): Settings {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw usage(`${from} is "${address}"`, 'It must be an address such as http://127.0.0.1:8080.');
  }
  return { url: url.href.replace(/\/+$/, ''), apiKey };
}

interface Local {
  url?: string;
  apiKey?: string;
  operationsKey?: string;
}

function readLocal(file: string): Local | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw usage(`cannot read ${file}: ${(error as Error).message}`);
  }
  try {
    return JSON.parse(text) as Local;
  } catch {
    throw usage(`${file} is not JSON`, 'Start the local stack again: it writes the file anew.');
  }
}
