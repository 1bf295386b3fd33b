/**
 * Server-sent events that stay open: what all such streams share. They are counted, say that they live, pass through
 * proxies unbuffered, and end when their reader is gone or may no longer read.
 */
import { type SSEMessage, streamSSE } from 'hono/streaming';
import { isStillAllowed } from '../db/queries/still-allowed.ts';
import type { Deps } from './context.ts';
import type { Api, Call } from './endpoint.ts';
import { ApiError } from './errors.ts';

/** A comment at least this often keeps proxies from closing a quiet stream. */
const HEARTBEAT_MS = 15_000;
/** How long a revoked key or an ended session may still be read to. */
const ALLOWED_CHECK_MS = 5_000;
/** Streams of one account in one process: every one holds a socket. */
export const MOST_STREAMS = 300;
/** What browsers wait before they connect again. Spread, so that they do not all come at once after a restart. */
const RETRY_MS = { least: 1_000, spread: 2_000 };

export interface LiveStream {
  send(message: SSEMessage): Promise<void>;
  /**
   * Waits, until `until` resolves or the time is over.
   * @returns whether the stream goes on: false when its reader is gone or may no longer read
   */
  wait(ms: number, until?: Promise<void>): Promise<boolean>;
}

const open = new WeakMap<Deps, Map<number, number>>();

/** Takes one of the account's places. @throws ApiError TOO_MANY_STREAMS @returns gives it back, once */
function takePlace(deps: Deps, accountId: number): () => void {
  const counts = open.get(deps) ?? new Map<number, number>();
  open.set(deps, counts);
  const taken = counts.get(accountId) ?? 0;
  if (taken >= MOST_STREAMS) {
    throw new ApiError(
      'TOO_MANY_STREAMS',
      `At most ${MOST_STREAMS} streams of an account are open at once.`,
      [],
      {
        'Retry-After': '10',
      },
    );
  }
  counts.set(accountId, taken + 1);
  return () => {
    const left = (counts.get(accountId) ?? 1) - 1;
    if (left > 0) counts.set(accountId, left);
    else counts.delete(accountId);
  };
}

/** Answers with a stream that `work` feeds; it ends when `work` does. @throws ApiError TOO_MANY_STREAMS */
export function liveStream(
  api: Api,
  call: Call<unknown, unknown>,
  work: (stream: LiveStream) => Promise<void>,
): Response {
  const { c, caller, account } = call;
  const { db, log } = api.deps;
  const giveBack = takePlace(api.deps, account.id);
  // nginx buffers replies unless it is told not to; others change what passes unless they are told not to.
  c.header('X-Accel-Buffering', 'no');
  const response = streamSSE(c, async (stream) => {
    let saidAt = Date.now();
    let allowedAt = Date.now();
    let gone: () => void = () => {};
    const abort = new Promise<void>((resolve) => {
      gone = resolve;
    });
    stream.onAbort(gone);
    const stillAllowed = async (): Promise<boolean> => {
      if (Date.now() - allowedAt < ALLOWED_CHECK_MS) return true;
      allowedAt = Date.now();
      return isStillAllowed(db, {
        accountId: account.id,
        keyId: caller.keyId,
        sessionId: caller.session?.id,
      });
    };
    try {
      await stream.write(`retry: ${RETRY_MS.least + Math.floor(Math.random() * RETRY_MS.spread)}\n`);
      await work({
        send: async (message) => {
          await stream.writeSSE(message);
          saidAt = Date.now();
        },
        wait: async (ms, until) => {
          await firstOf(ms, [abort, ...(until ? [until] : [])]);
          if (stream.aborted || stream.closed) return false;
          if (!(await stillAllowed())) {
            await stream.writeSSE({ event: 'closed', data: JSON.stringify({ code: 'UNAUTHENTICATED' }) });
            return false;
          }
          if (Date.now() - saidAt >= HEARTBEAT_MS) {
            await stream.write(': still here\n\n');
            saidAt = Date.now();
          }
          return true;
        },
      });
    } catch (error) {
      // The reader connects again and gets what is new: nothing is lost by ending here.
      log.error({ err: error, httpRequest: c.get('requestId') }, 'a stream broke off');
    } finally {
      giveBack();
    }
  });
  response.headers.set('Cache-Control', 'no-cache, no-transform');
  return response;
}

/** Resolves with the first of them, or after a time; leaves no timer behind. */
async function firstOf(ms: number, others: readonly Promise<void>[]): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const time = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([time, ...others]);
  clearTimeout(timer);
}
