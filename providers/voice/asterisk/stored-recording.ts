/**
 * Fetches a recording that Asterisk has stored, as a stream by a request of our own: the commands' deadline would
 * cut a long one off on a slow line, and the library would hold all of it in memory.
 */
import { Readable } from 'node:stream';
import type { AriServerOptions } from './ari.ts';

/** Nothing came for so long: the server or the line to it stands still. */
const STANDSTILL_MS = 15_000;
/** A recording is given this long at the least, */
const LEAST_MS = 60_000;
/** and so long for each byte: as slow as it was spoken, at 1,650 bytes a second. Slower is as good as not at all. */
const MS_A_BYTE = 1 / 1.65;
/** Taken where the server does not tell the size: the longest call, four hours. */
const LONGEST_BYTES = 24 * 1024 * 1024;
/** In Asterisk's answer. Other resources it does not have (a module that is not loaded yet) are 404, too. */
const NO_SUCH_RECORDING = 'Recording not found';

/**
 * @param options.signal breaks the transfer off
 * @param options.standstillMs how long it may stand still
 * @returns undefined when Asterisk says that it has none of this name. The stream fails when the transfer stands
 * still, breaks off or is slower than speech; whoever does not read it to its end destroys it
 * @throws Error for every other answer, and for none
 */
export async function fetchStored(
  { name: serverName, url, user, password }: AriServerOptions,
  name: string,
  { signal, standstillMs = STANDSTILL_MS }: { signal?: AbortSignal | undefined; standstillMs?: number } = {},
): Promise<Readable | undefined> {
  const abort = new AbortController();
  const what = `${serverName}: the recording`;
  const response = await inTime(
    fetch(`${url}/ari/recordings/stored/${encodeURIComponent(name)}/file`, {
      headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
      redirect: 'error',
      signal: signal === undefined ? abort.signal : AbortSignal.any([abort.signal, signal]),
    }),
    { what, abort, ms: standstillMs },
  );
  if (response.ok) return Readable.from(pieces(response, { what, abort, ms: standstillMs }));
  const answer = await inTime(response.text(), { what, abort, ms: standstillMs });
  if (response.status === 404 && answer.includes(NO_SUCH_RECORDING)) return undefined;
  throw new Error(`${what} was answered with status ${response.status}`);
}

interface Patience {
  what: string;
  abort: AbortController;
  ms: number;
}

/** Only the wait for the network counts: whoever stores the pieces may take their time. */
async function* pieces({ headers, body }: Response, patience: Patience): AsyncGenerator<Buffer> {
  const bytes = Number(headers.get('content-length') ?? LONGEST_BYTES);
  let leftMs = Math.max(LEAST_MS, bytes * MS_A_BYTE);
  const reader = body?.getReader();
  try {
    while (reader !== undefined) {
      const askedAt = performance.now();
      const { done, value } = await inTime(reader.read(), {
        ...patience,
        ms: Math.min(patience.ms, leftMs),
      });
      if (done) return;
      leftMs -= performance.now() - askedAt;
      yield Buffer.from(value);
    }
  } finally {
    // Not read to its end: the connection is of no more use.
    patience.abort.abort();
  }
}

async function inTime<T>(waiting: Promise<T>, { what, abort, ms }: Patience): Promise<T> {
  const timer = setTimeout(() => abort.abort(new Error(`${what} stands still`)), Math.max(0, ms));
  try {
    return await waiting;
  } catch (error) {
    if (abort.signal.aborted) throw abort.signal.reason;
    throw new Error(`${what} cannot be fetched`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
