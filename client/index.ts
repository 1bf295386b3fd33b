/**
 * The typed client of Clarion's HTTP API, for the command line and for anybody's programs. Paths, inputs and
 * replies come from the API's own description; added here is what a description cannot say: sending files
 * and watching a request.
 */
import createClient, { type Client } from 'openapi-fetch';
import { readEventStream } from './event-stream.ts';
import type { components, paths } from './openapi.gen.ts';

type Schemas = components['schemas'];
export type Problem = Schemas['Problem'];
export type RequestSummary = Schemas['RequestSummary'];
export type RequestDetail = Schemas['Request'];
export type RecordRow = Schemas['Record'];
export type Attempt = Schemas['Attempt'];
export type CallDetail = Schemas['Call'];
export type Recording = Schemas['Recording'];
export type Flow = Schemas['Flow'];
export type FlowSummary = Schemas['FlowSummary'];
export type FlowVersion = Schemas['FlowVersion'];
export type FlowCheck = Schemas['FlowCheck'];
export type Forecast = Schemas['Forecast'];
export type Me = Schemas['Me'];
export type { components, paths } from './openapi.gen.ts';

export interface ClientOptions {
  /** Where the API is, such as `http://127.0.0.1:8080`. */
  baseUrl: string;
  /** Absent in the console, where the browser's session stands for it. */
  apiKey?: string;
  /** For keys of operations: the account to act for. */
  accountId?: number;
  /** Stands in for the global `fetch`. */
  fetch?: typeof fetch;
}

export interface UploadOptions {
  flowId?: number;
  flowName?: string;
  files: readonly { name: string; content: Blob | Uint8Array<ArrayBuffer> | string }[];
  /** RFC 3339; without an offset, in the account's zone. */
  startAt?: string;
  endAt?: string;
  statusEmails?: readonly string[];
  phoneColumn?: string;
  open?: boolean;
  /** Lays first calls evenly over so many hours of permitted time, or until a moment. */
  spreadOver?: { hours: number } | { until: string };
  /** The same key and files answer the first reply again. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

export interface WatchOptions {
  /** Go on after this event. */
  lastEventId?: string;
  signal?: AbortSignal;
}

/** One server-sent event of a request. */
export type WatchEvent =
  /** How the request stands now. */
  | { type: 'progress'; request: RequestSummary }
  /** Nothing more will come. */
  | { type: 'end'; status: RequestSummary['status'] }
  /** What happened, such as PAUSED. `id` is where to go on after. */
  | { type: 'event'; id: string; event: string; data: Record<string, unknown> };

/** The API answered with a problem. `problem` is absent where something other than the API answered. */
export class ClarionError extends Error {
  override name = 'ClarionError';
  readonly status: number;
  readonly problem: Problem | undefined;

  constructor(status: number, problem: Problem | undefined) {
    super(problem?.detail ?? `The server answered with status ${status}.`);
    this.status = status;
    this.problem = problem;
  }
}

export interface ClarionClient extends Client<paths> {
  /**
   * Sends files, each of which becomes a request.
   * @throws ClarionError when the API refuses, TypeError when it cannot be reached
   */
  uploadRequests(options: UploadOptions): Promise<{ requests: RequestSummary[] }>;
  /**
   * Follows a request until it has ended. A stream that breaks off ends the iteration without `end`: go on
   * with the last event's id.
   * @throws ClarionError when the API refuses
   */
  watchRequest(id: number, options?: WatchOptions): AsyncGenerator<WatchEvent, void, void>;
  /** The CSV at a path below `/api/v1`, as it comes. @throws ClarionError */
  download(path: `/${string}`, signal?: AbortSignal): Promise<ReadableStream<Uint8Array>>;
}

async function refuse(response: Response): Promise<never> {
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json');
  throw new ClarionError(response.status, isProblem ? ((await response.json()) as Problem) : undefined);
}

function formOf(options: UploadOptions): FormData {
  const form = new FormData();
  const fields = ['flowId', 'flowName', 'startAt', 'endAt', 'phoneColumn', 'open'] as const;
  for (const name of fields) {
    const value = options[name];
    if (value !== undefined) form.append(name, String(value));
  }
  if (options.spreadOver) form.append('spreadOver', JSON.stringify(options.spreadOver));
  for (const email of options.statusEmails ?? []) form.append('statusEmails', email);
  for (const { name, content } of options.files) {
    form.append('files', content instanceof Blob ? content : new Blob([content]), name);
  }
  return form;
}

function readEvent(name: string, id: string, data: string): WatchEvent {
  const value: unknown = JSON.parse(data);
  if (name === 'progress') return { type: 'progress', request: value as RequestSummary };
  if (name === 'end') return { type: 'end', status: (value as { status: RequestSummary['status'] }).status };
  return { type: 'event', id, event: name, data: value as Record<string, unknown> };
}

/** A client for one key. Methods `GET`, `POST`, ... answer `{ data }` or `{ error }`, the problem. */
export function createClarionClient(options: ClientOptions): ClarionClient {
  const root = `${options.baseUrl.replace(/\/+$/, '')}/api/v1`;
  const ask = options.fetch ?? fetch;
  const headers: Record<string, string> = {
    ...(options.apiKey !== undefined && { Authorization: `Bearer ${options.apiKey}` }),
    ...(options.accountId !== undefined && { 'X-Account-Id': String(options.accountId) }),
  };
  const client = createClient<paths>({ baseUrl: root, headers, fetch: ask });

  return Object.assign(client, {
    async uploadRequests(upload: UploadOptions) {
      const { idempotencyKey, signal } = upload;
      const response = await ask(`${root}/requests`, {
        method: 'POST',
        headers: { ...headers, ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }) },
        body: formOf(upload),
        ...(signal && { signal }),
      });
      if (!response.ok) return refuse(response);
      return (await response.json()) as { requests: RequestSummary[] };
    },
    async *watchRequest(id: number, { lastEventId, signal }: WatchOptions = {}) {
      const response = await ask(`${root}/requests/${id}/events`, {
        headers: {
          ...headers,
          Accept: 'text/event-stream',
          ...(lastEventId !== undefined && { 'Last-Event-ID': lastEventId }),
        },
        ...(signal && { signal }),
      });
      if (!response.ok || !response.body) return refuse(response);
      for await (const { event, id: eventId, data } of readEventStream(response.body)) {
        yield readEvent(event, eventId, data);
      }
    },
    async download(path: `/${string}`, signal?: AbortSignal) {
      const response = await ask(`${root}${path}`, { headers, ...(signal && { signal }) });
      if (!response.ok || !response.body) return refuse(response);
      return response.body;
    },
  });
}
