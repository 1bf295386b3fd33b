/**
 * Sends a form with files, and says how much of it has gone: `fetch` cannot tell. As with every other call it acts for the
 * account that the page shows, and waits for somebody to sign in again where the session has ended.
 */
import { ClarionError, type Problem } from '../../client/index.ts';
import { signInAgain } from '../session/expired.ts';

export interface Sending {
  accountId: number | undefined;
  /** The same key and form answer the first reply again. */
  idempotencyKey?: string;
  signal: AbortSignal;
  /** 0 to 1; 1 is told when the server has it all and thinks. */
  onProgress(share: number): void;
}

/** Letters and digits nobody else has drawn. `crypto.randomUUID` is not there on pages without https. */
export const drawnKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );

/** @throws what `signal` was aborted with; ClarionError with the server's problem; TypeError when it is not reached */
export async function sendForm<T>(path: `/${string}`, form: FormData, sending: Sending): Promise<T> {
  for (;;) {
    const answer = await once(path, form, sending);
    if (answer.status === 401 && (await signInAgain())) continue;
    if (answer.status >= 200 && answer.status < 300) return answer.body as T;
    throw new ClarionError(answer.status, isProblem(answer.body) ? answer.body : undefined);
  }
}

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body;

function once(
  path: string,
  form: FormData,
  { accountId, idempotencyKey, signal, onProgress }: Sending,
): Promise<{ status: number; body: unknown }> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const call = new XMLHttpRequest();
    const abort = (): void => call.abort();
    call.open('POST', `/api/v1${path}`);
    call.responseType = 'text';
    if (accountId !== undefined) call.setRequestHeader('X-Account-Id', String(accountId));
    if (idempotencyKey !== undefined) call.setRequestHeader('Idempotency-Key', idempotencyKey);
    call.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    call.upload.onload = () => onProgress(1);
    call.onload = () => resolve({ status: call.status, body: parsed(call.responseText) });
    // The words are never shown: `ProblemAlert` has its own for what cannot be reached.
    call.onerror = () => reject(new TypeError('not reached'));
    call.onabort = () => reject(signal.reason);
    call.onloadend = () => signal.removeEventListener('abort', abort);
    signal.addEventListener('abort', abort, { once: true });
    call.send(form);
  });
}

/** What something other than the API answers may be no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
