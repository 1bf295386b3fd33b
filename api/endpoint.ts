/**
 * How every route is made: one description gives the OpenAPI entry, the checks of its input, the scope it
 * asks for and the errors it may answer. Handlers are left with: parsed input in, value out.
 */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Database } from '../db/client.ts';
import type { Account } from '../db/queries/accounts.ts';
import { authenticate } from './auth.ts';
import { BODY_LIMIT_BYTES, readJson } from './body.ts';
import { type Change, commit, fingerprintOf, idempotencyKeyOf } from './commit.ts';
import type { Caller, Deps, Env } from './context.ts';
import { ApiError, ERRORS, type ErrorCode, fromZod, problem } from './errors.ts';
import { allows, type Scope } from './scopes.ts';
import type { SignIn } from './sign-in/library.ts';
import { requireOwnPage } from './sign-in/same-site.ts';

export const API_ROOT = '/api/v1';
export type Api = { app: OpenAPIHono<Env>; deps: Deps; signIn: SignIn };

type Fields = z.ZodObject | undefined;
type Schema = z.ZodType | undefined;
type Out<S> = S extends z.ZodType ? z.output<S> : undefined;
type In<S> = S extends z.ZodType ? z.input<S> : undefined;

export interface Spec<P extends Fields, Q extends Fields, B extends Schema, R extends Schema> {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below `/api/v1`, such as `/requests/{id}`. */
  path: string;
  tag: string;
  summary: string;
  description?: string;
  /** `any`: whoever is known may call. `public`: nobody is asked (`open` makes such a route). */
  scope: Scope | 'any' | 'public';
  params?: P;
  query?: Q;
  body?: B;
  bodyLimitBytes?: number;
  /** Further kinds of body a handler of its own reads, by content type. */
  otherBodies?: Record<string, z.ZodType>;
  status?: 200 | 201 | 202 | 204;
  /** The status of the same reply when the work is only taken on. */
  orLater?: 202;
  reply?: R;
  /** For replies that are not JSON. */
  replyType?: string;
  errors?: readonly ErrorCode[];
  /** For operations' keys alone. */
  operationsOnly?: boolean;
  /** See ChangeInput. */
  kept?: (value: unknown) => unknown;
}

export interface Call<P, Q> {
  c: Context<Env>;
  caller: Caller;
  /** @throws ApiError ACCOUNT_REQUIRED when operations named none */
  readonly account: Account;
  params: P;
  query: Q;
  db: Database;
}

const COMMON: readonly ErrorCode[] = [
  'UNAUTHENTICATED',
  'MISSING_SCOPE',
  'WRONG_ACCOUNT',
  'ADDRESS_NOT_ALLOWED',
  'DOMAIN_NOT_ALLOWED',
  'CROSS_SITE',
  'NO_ACCOUNT',
  'ACCOUNT_REQUIRED',
  'INTERNAL',
];
const OF_CHANGES: readonly ErrorCode[] = [
  'MALFORMED_BODY',
  'BODY_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'INVALID_INPUT',
];
const OF_POSTS: readonly ErrorCode[] = ['IDEMPOTENCY_IN_PROGRESS', 'IDEMPOTENCY_KEY_REUSED'];

const callHeaders = z.object({
  'X-Account-Id': z.string().optional().openapi({
    description: 'The account acted for. Needed by keys of operations; a session acts for its own without.',
  }),
});
const postHeaders = callHeaders.extend({
  'Idempotency-Key': z.string().max(255).optional().openapi({
    description:
      'The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422.',
  }),
});

function errorResponses(codes: readonly ErrorCode[]) {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set(codes)) {
    const { status } = ERRORS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      status,
      {
        description: list.map((code) => `\`${code}\`: ${ERRORS[code].title}.`).join(' '),
        content: { 'application/problem+json': { schema: problem } },
      },
    ]),
  );
}

const SCOPE_WORDS: Record<string, string | undefined> = {
  any: 'For everybody who is known.',
  public: 'For everybody.',
};

/** Signing in and out holds for one browser and is not repeated by key. */
const isSessionPath = (path: string): boolean => path === '/session' || path.startsWith('/session/');

function document(api: Api, spec: Spec<Fields, Fields, Schema, Schema>): void {
  const { method, path, tag, summary, description, params, query, body, reply, status = 200 } = spec;
  const bodies = { ...(body && { 'application/json': body }), ...spec.otherBodies };
  const isPublic = spec.scope === 'public';
  const codes = [
    ...(isPublic ? (['CROSS_SITE', 'INTERNAL'] as const) : COMMON),
    ...(query || params ? (['INVALID_INPUT'] as const) : []),
    ...(params ? (['NOT_FOUND'] as const) : []),
    ...(method === 'get' || method === 'delete' ? [] : OF_CHANGES),
    ...(method === 'post' && !isSessionPath(path) ? OF_POSTS : []),
    ...(spec.operationsOnly ? (['OPERATIONS_ONLY'] as const) : []),
    ...(spec.errors ?? []),
  ];
  const content = reply && { [spec.replyType ?? 'application/json']: { schema: reply } };
  api.app.openAPIRegistry.registerPath(
    createRoute({
      method,
      path,
      tags: [tag],
      summary,
      description: [description, SCOPE_WORDS[spec.scope] ?? `Scope: \`${spec.scope}\`.`]
        .filter(Boolean)
        .join('\n\n'),
      security: isPublic ? [] : [{ key: [] }, { session: [] }],
      request: {
        ...(!isPublic && { headers: method === 'post' && !isSessionPath(path) ? postHeaders : callHeaders }),
        ...(params && { params }),
        ...(query && { query }),
        ...(Object.keys(bodies).length > 0 && {
          body: {
            required: true,
            content: Object.fromEntries(Object.entries(bodies).map(([type, schema]) => [type, { schema }])),
          },
        }),
      },
      responses: {
        [status]: { description: status === 204 ? 'Done.' : summary, ...(content && { content }) },
        ...(spec.orLater && { [spec.orLater]: { description: 'Taken on.', ...(content && { content }) } }),
        ...errorResponses(codes),
      },
    }),
  );
}

function parse<S extends z.ZodType>(schema: S, value: unknown, at: string): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw fromZod(parsed.error, at);
}

function authorise(
  caller: Caller,
  spec: { scope: Scope | 'any' | 'public'; operationsOnly?: boolean },
): void {
  if (spec.operationsOnly && !caller.operations) {
    throw new ApiError('OPERATIONS_ONLY', 'Only operations may do this.');
  }
  if (spec.scope === 'any' || spec.scope === 'public' || allows(caller.scopes, spec.scope)) return;
  const who = caller.session ? 'Your role here' : 'The key';
  throw new ApiError('MISSING_SCOPE', `${who} lacks the scope ${spec.scope}.`);
}

/** A route whose handler makes the whole response: downloads, streams, uploads. */
export function endpoint<P extends Fields, Q extends Fields, B extends Schema, R extends Schema>(
  api: Api,
  spec: Spec<P, Q, B, R>,
  handle: (call: Call<Out<P>, Out<Q>>) => Promise<Response>,
): void {
  document(api, spec);
  const template = `${API_ROOT}${spec.path}`;
  api.app.on(spec.method.toUpperCase(), template.replaceAll(/\{(\w+)\}/g, ':$1'), async (c) => {
    c.set('route', template);
    const caller = await authenticate(api.deps, api.signIn, c);
    authorise(caller, spec);
    const call: Call<unknown, unknown> = {
      c,
      caller,
      get account() {
        if (caller.account) return caller.account;
        throw new ApiError('ACCOUNT_REQUIRED', 'Name the account in X-Account-Id.');
      },
      params: spec.params && parse(spec.params, c.req.param(), 'path'),
      query: spec.query && parse(spec.query, c.req.query(), 'query'),
      db: api.deps.db,
    };
    return handle(call as Call<Out<P>, Out<Q>>);
  });
}

/** A route before anybody is known: it takes JSON from pages of ours and makes its own reply. */
export function open<B extends Schema, R extends Schema>(
  api: Api,
  spec: Spec<undefined, undefined, B, R> & { scope: 'public' },
  handle: (call: { c: Context<Env>; body: Out<B>; db: Database }) => Promise<Response>,
): void {
  document(api, spec);
  const template = `${API_ROOT}${spec.path}`;
  api.app.on(spec.method.toUpperCase(), template, async (c) => {
    c.set('route', template);
    requireOwnPage(c.req.raw, api.deps.publicUrl);
    const read = spec.body && (await readJson(c.req.raw, spec.bodyLimitBytes ?? BODY_LIMIT_BYTES));
    const body = (spec.body && parse(spec.body, read?.value, 'body')) as Out<B>;
    return handle({ c, body, db: api.deps.db });
  });
}

/** A route that answers JSON and changes nothing. */
export function read<P extends Fields, Q extends Fields, R extends z.ZodType>(
  api: Api,
  spec: Spec<P, Q, undefined, R>,
  handle: (call: Call<Out<P>, Out<Q>>) => Promise<z.input<R>>,
): void {
  endpoint(api, spec, async (call) => Response.json(await handle(call)));
}

export type ChangeCall<P, Q, B> = Call<P, Q> & Change & { body: B };

/** Runs the work of a change in its transaction and answers its reply. */
export async function answerChange<R>(
  api: Api,
  spec: Pick<Spec<Fields, Fields, Schema, Schema>, 'status' | 'kept' | 'method'>,
  call: Pick<Call<unknown, unknown>, 'c' | 'caller'>,
  fingerprint: readonly string[],
  work: (change: Change) => Promise<R>,
): Promise<Response> {
  const key = spec.method === 'post' ? idempotencyKeyOf(call.c.req.header('idempotency-key')) : undefined;
  const committed = await commit(
    api.deps,
    {
      caller: call.caller,
      status: spec.status ?? 200,
      kept: spec.kept,
      idempotency: key === undefined ? undefined : { key, fingerprint: fingerprintOf(fingerprint) },
    },
    work,
  );
  return new Response(committed.body, {
    status: committed.status,
    headers: {
      ...(committed.body !== null && { 'content-type': 'application/json' }),
      ...(committed.replayed && { 'Idempotency-Replayed': 'true' }),
    },
  });
}

/** A route that takes JSON and changes something, in one transaction. */
export function change<P extends Fields, Q extends Fields, B extends Schema, R extends Schema>(
  api: Api,
  spec: Spec<P, Q, B, R>,
  handle: (call: ChangeCall<Out<P>, Out<Q>, Out<B>>) => Promise<In<R>>,
): void {
  endpoint(api, spec, async (call) => {
    const { text, value } = await readJson(call.c.req.raw, spec.bodyLimitBytes ?? BODY_LIMIT_BYTES);
    const body = (spec.body && parse(spec.body, value, 'body')) as Out<B>;
    return answerChange(api, spec, call, [spec.method, call.c.req.path, text], (change) =>
      // The account stays a getter: it throws only for those who ask for it.
      handle(
        Object.defineProperties(
          {},
          {
            ...Object.getOwnPropertyDescriptors(call),
            ...Object.getOwnPropertyDescriptors({ ...change, body }),
          },
        ) as ChangeCall<Out<P>, Out<Q>, Out<B>>,
      ),
    );
  });
}
