/**
 * The one way from the console to the server: the typed client, with the account that the page shows on every call, and
 * with a pause instead of an error when the session has ended. Whoever signs in again gets their answer; nothing typed
 * is lost.
 */
import { ClarionError, createClarionClient, type Problem } from '../../client/index.ts';
import { signInAgain } from '../session/expired.ts';

let accountId: number | undefined;

/** Names the account of every call from now on, whatever another tab switches to. */
export function actFor(id: number | undefined): void {
  accountId = id;
}

/** Doors that answer 401 to a wrong password, which signing in again would not mend. */
const isDoor = (url: string): boolean => /\/api\/v1\/session(\/code|\/end)?$/.test(new URL(url).pathname);

const send: typeof fetch = async (input, init) => {
  const request = new Request(input, init);
  if (accountId !== undefined && !isDoor(request.url)) request.headers.set('X-Account-Id', String(accountId));
  for (;;) {
    const response = await fetch(request.clone());
    if (response.status !== 401 || isDoor(request.url)) return response;
    // Whoever gives up gets the refusal.
    if (!(await signInAgain())) return response;
  }
};

export const api = createClarionClient({ baseUrl: window.location.origin, fetch: send });

/** Asks who is signed in, without asking anybody to sign in. */
export const quietly = createClarionClient({ baseUrl: window.location.origin });

/**
 * The value of an answer.
 * @throws ClarionError with the server's problem
 */
export async function answerOf<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<NonNullable<T>> {
  const { data, error, response } = await call;
  if (response.ok) return (data ?? {}) as NonNullable<T>;
  const isProblem = typeof error === 'object' && error !== null && 'code' in error;
  throw new ClarionError(response.status, isProblem ? (error as Problem) : undefined);
}
