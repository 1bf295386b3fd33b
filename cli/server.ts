/**
 * The way to the server: the typed client on a `fetch` that repeats what may be repeated when the connection
 * breaks, and that turns every refusal into one sentence with what to do next.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type ClarionClient, createClarionClient, type Problem } from '../client/index.ts';
import { CommandError, EXIT } from './exit.ts';
import type { Settings } from './settings.ts';

/** Calls of it give `data` or throw CommandError: REFUSED when the server says no, UNREACHABLE when it says nothing. */
export interface Server extends ClarionClient {
  /** Sends a form to a path below `/api/v1`: what a description in OpenAPI types badly. */
  sendForm<T>(path: string, form: FormData, idempotencyKey: string): Promise<T>;
}

/** Waits between tries, in ms: a server that restarts is back within them. */
const RETRY_AFTER_MS = [250, 1_000, 2_500];
/** An upload of 25 MB over a slow line takes minutes; anything else answers sooner. */
const DEADLINE_MS = 300_000;

export function createServer(settings: Settings): Server {
  const ask: typeof fetch = async (input, init) => {
    const response = await withRetries(
      settings.url,
      methodOf(input, init) === 'GET',
      makeAttempt(input, init),
    );
    if (response.ok) return response;
    throw await refusal(response, settings.url);
  };
  const client = createClarionClient({ baseUrl: settings.url, apiKey: settings.apiKey, fetch: ask });
  return Object.assign(client, {
    async sendForm<T>(path: string, form: FormData, idempotencyKey: string): Promise<T> {
      const headers = { authorization: `Bearer ${settings.apiKey}`, 'idempotency-key': idempotencyKey };
      const response = await ask(`${settings.url}/api/v1${path}`, { method: 'POST', headers, body: form });
      return (await response.json()) as T;
    },
  });
}

/** The value of a call whose failures have been thrown already. */
export async function answer<T>(call: Promise<{ data?: T }>): Promise<T> {
  const { data } = await call;
  if (data !== undefined) return data;
  throw new CommandError(EXIT.UNREACHABLE, 'the server answered without content, where there should be some');
}

const methodOf = (input: Parameters<typeof fetch>[0], init: RequestInit | undefined): string =>
  init?.method ?? (input instanceof Request ? input.method : 'GET');

/** One try, made anew each time. Every POST gets an Idempotency-Key, so that however many tries act once. */
function makeAttempt(
  input: Parameters<typeof fetch>[0],
  init: RequestInit | undefined,
): () => Promise<Response> {
  // The client hands over either a whole Request, or an address with a form that can be read again and again.
  const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
  if (methodOf(input, init) === 'POST' && !headers.has('idempotency-key'))
    headers.set('idempotency-key', crypto.randomUUID());
  return () =>
    fetch(input instanceof Request ? input.clone() : input, {
      ...init,
      headers,
      redirect: 'error',
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
}

/**
 * Repeats a call whose connection broke, or that met a server on its way up or the first try of itself still
 * being answered. All calls are safe to repeat: reads by nature, POSTs by their Idempotency-Key, the others
 * because they say what shall be and not what to add.
 */
async function withRetries(
  url: string,
  reading: boolean,
  attempt: () => Promise<Response>,
): Promise<Response> {
  for (let tries = 0; ; tries++) {
    const wait = RETRY_AFTER_MS[tries];
    let response: Response;
    try {
      response = await attempt();
    } catch (error) {
      if (wait === undefined) throw unreachable(url, error);
      await sleep(wait);
      continue;
    }
    const passing =
      [502, 503, 504].includes(response.status) ||
      // A fault of the server's: a read may fare better in a moment, a change is the person's to repeat.
      (response.status === 500 && reading) ||
      (response.status === 409 && (await codeOf(response)) === 'IDEMPOTENCY_IN_PROGRESS');
    if (!passing || wait === undefined) return response;
    await sleep(wait);
  }
}

async function codeOf(response: Response): Promise<string | undefined> {
  const body = (await response
    .clone()
    .json()
    .catch(() => ({}))) as Partial<Problem>;
  return body.code;
}

function unreachable(url: string, error: unknown): CommandError {
  const cause = (error as { cause?: NodeJS.ErrnoException }).cause;
  const why = cause?.code ?? cause?.message ?? (error as Error).message;
  return new CommandError(EXIT.UNREACHABLE, `cannot reach ${url} (${why})`, {
    advice: 'Is the stack up? Start it with `npm start`, or set CLARION_URL to where it is.',
  });
}

const ADVICE: Partial<Record<Problem['code'], string>> = {
  UNAUTHENTICATED: 'Check CLARION_API_KEY, or start the local stack again to have its key written anew.',
  MISSING_SCOPE: 'Use a key that has the scope; the owner of the account can make one.',
  UNKNOWN_FLOW: '`clarion flow list` shows the flows of the account.',
  FLOW_NOT_RUNNABLE: '`clarion flow list` shows which flows are published and approved.',
  FLOW_HAS_PROBLEMS: '`clarion flow check FILE` shows them with their warnings.',
  NOT_WHITELISTED:
    'Status mail goes to whitelisted addresses alone; `clarion whitelist emails add` adds one.',
  CONFIRM_NEEDED: 'Add --confirm if that is what you want.',
  ADDRESS_NOT_ALLOWED: 'Use the key from a whitelisted address, or ask operations to list this one.',
  DOMAIN_NOT_ALLOWED: 'A program names no site: `clarion` works from a whitelisted address alone.',
  NO_CODE: '`clarion whitelist phones add` sends another code.',
  IDEMPOTENCY_KEY_REUSED:
    'Use another --idempotency-key for another list, or the same list and options for this key.',
};

async function refusal(response: Response, url: string): Promise<CommandError> {
  const text = await response.text();
  let problem: Partial<Problem> = {};
  try {
    problem = JSON.parse(text) as Partial<Problem>;
  } catch {
    // Not ours: a proxy's page, or another program on that port. Told below by its status.
  }
  if (!problem.code) {
    return new CommandError(EXIT.UNREACHABLE, `${url} answered ${response.status}, and not as Clarion does`, {
      advice: 'Check CLARION_URL: something else seems to listen there.',
    });
  }
  const advice = problem.reference ? `The reference is ${problem.reference}.` : ADVICE[problem.code];
  return new CommandError(EXIT.REFUSED, problem.detail ?? problem.title ?? problem.code, {
    code: problem.code,
    errors: problem.errors ?? [],
    ...(advice !== undefined && { advice }),
  });
}
