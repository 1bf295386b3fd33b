/**
 * Asks a server of the account's during the call and keeps what it answers. Every run leaves
 * `$flow.key.response_error` (`true` or `false`) and `$flow.key.error_reason` behind. A request one of
 * whose variables has no value is not made.
 */
import { z } from 'zod';
import { cleanValue, variableName } from '../../template.ts';
import { httpRequest } from '../http-request.ts';
import { type Move, noted, PLAIN, type TextField, type WidgetKind, widgetId } from '../widget.ts';

/** Headers that belong to the connection, not to the flow. */
const RESERVED_HEADERS = new Set(['host', 'content-length', 'transfer-encoding', 'connection', 'upgrade']);

const headerName = z
  .string()
  .max(100)
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'must be the name of an HTTP header')
  .refine((name) => !RESERVED_HEADERS.has(name.toLowerCase()), 'is a header the connection sets itself');

const atMost = (count: number) => (record: Record<string, string>) => Object.keys(record).length <= count;

const schema = z.strictObject({
  type: z.literal('webhook'),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).default('POST'),
  url: z
    .string()
    .max(2000)
    .regex(/^(https?:\/\/|\{?\$(flow|user)\.key\.)/i, 'must begin with https:// or a variable'),
  headers: z
    .record(headerName, z.string().max(2000))
    .default({})
    .refine(atMost(30), 'has more than 30 headers'),
  query: z
    .record(z.string().min(1).max(100), z.string().max(2000))
    .default({})
    .refine(atMost(50), 'has more than 50 entries'),
  /** JSON unless a `content-type` header says otherwise. */
  body: z.string().max(64_000).optional(),
  timeoutMs: z.int().min(100).max(30_000).default(5_000),
  /** Flow variable by path into the JSON that comes back: `{"balance": "account.balances.0.amount"}`. */
  response: z
    .record(
      variableName,
      z.string().regex(/^[^.]{1,100}(\.[^.]{1,100}){0,19}$/, 'must be names joined by full stops'),
    )
    .default({})
    .refine(atMost(50), 'fills more than 50 variables'),
  next: widgetId.optional(),
  /** Without it, as `next`. */
  failed: widgetId.optional(),
});
export type WebhookWidget = z.output<typeof schema>;

/** Why a request that was made counts as failed: HTTP_404, INVALID_RESPONSE, TIMEOUT, ... */
function failure(widget: WebhookWidget, reason: string, status?: number): Move {
  return {
    kind: 'GO',
    branch: widget.failed === undefined ? 'next' : 'failed',
    to: widget.failed ?? widget.next,
    variables: { response_error: 'true', error_reason: reason },
    notes: [{ event: 'WEBHOOK', data: { error: reason, ...(status === undefined ? {} : { status }) } }],
  };
}

/** What lies at a path; nothing where there is no such place. Objects and lists are given as JSON. */
function valueAt(json: unknown, path: string): string {
  let at: unknown = json;
  for (const key of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return '';
    at = (at as Record<string, unknown>)[key];
  }
  if (at === null || at === undefined) return '';
  return cleanValue(typeof at === 'object' ? JSON.stringify(at) : String(at));
}

function success(widget: WebhookWidget, status: number, body: string): Move {
  const filled: [string, string][] = [];
  if (Object.keys(widget.response).length > 0) {
    try {
      const json: unknown = JSON.parse(body);
      for (const [name, path] of Object.entries(widget.response)) filled.push([name, valueAt(json, path)]);
    } catch {
      return failure(widget, 'INVALID_RESPONSE', status);
    }
  }
  return {
    kind: 'GO',
    branch: 'next',
    to: widget.next,
    variables: { response_error: 'false', error_reason: '', ...Object.fromEntries(filled) },
    notes: [
      { event: 'WEBHOOK', data: { status } },
      ...filled.map(([variable, value]) => ({ event: 'SET', data: { variable, value: noted(value) } })),
    ],
  };
}

const recordTexts = (field: string, record: Record<string, string>): TextField[] =>
  Object.entries(record).map(([name, text]) => ({ field: `${field}.${name}`, text }));

export const webhook = {
  ...PLAIN,
  type: 'webhook',
  schema,
  edges: (widget: WebhookWidget) => [
    { field: 'next', to: widget.next },
    ...(widget.failed === undefined ? [] : [{ field: 'failed', to: widget.failed }]),
  ],
  texts: (widget: WebhookWidget) => [
    { field: 'url', text: widget.url },
    ...recordTexts('headers', widget.headers),
    ...recordTexts('query', widget.query),
    ...(widget.body === undefined ? [] : [{ field: 'body', text: widget.body }]),
  ],
  sets: (widget: WebhookWidget) => ['response_error', 'error_reason', ...Object.keys(widget.response)],
  enter: (widget, context) => {
    const request = httpRequest(widget, context.values);
    if ('fault' in request) return failure(widget, request.fault);
    return { kind: 'ASK', effect: request.effect };
  },
  take: (widget, _context, event) => {
    if (event.type !== 'WEBHOOK_REPLIED') return undefined;
    if (event.status === 0) {
      const reason = event.error ?? '';
      return failure(widget, /^[A-Z0-9_]{1,64}$/.test(reason) ? reason : 'NO_RESPONSE');
    }
    if (event.status < 200 || event.status > 299)
      return failure(widget, `HTTP_${event.status}`, event.status);
    return success(widget, event.status, event.body);
  },
} satisfies WidgetKind<WebhookWidget>;
