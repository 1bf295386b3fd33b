/**
 * Calls the webhook of a flow. The URL was written by an account, so it is not trusted: it may not reach
 * this machine or its network (unless operations allow it), its answer is cut at a limit, and redirects are
 * not followed: a 3xx is the answer. A name is resolved once, every address it has is checked, and the
 * connection is made to exactly those addresses, so a name that resolves differently a moment later (DNS
 * rebinding) gains nothing.
 */
import { type LookupAddress, lookup as resolve } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { FlowEffect } from '../../domain/flow/machine.ts';
import type { WebhookReply } from '../run-flow.ts';
import { isPrivateAddress } from './private-address.ts';

type WebhookEffect = Extract<FlowEffect, { type: 'WEBHOOK' }>;

/** Why there is no usable answer. */
export type WebhookError =
  | 'INVALID_URL'
  /** Plain HTTP where only https is allowed, another scheme, or a private address. */
  | 'FORBIDDEN'
  | 'UNRESOLVED'
  | 'REFUSED'
  | 'TLS'
  | 'TIMEOUT'
  | 'TOO_LARGE'
  /** The answer is compressed though we asked for plain. */
  | 'ENCODED'
  /** The connection broke, or the answer was not HTTP. */
  | 'BROKEN';

export interface WebhookOptions {
  /** `http:` URLs; off unless operations switched it on for the account. */
  allowPlainHttp: boolean;
  /** Loopback, private and link-local addresses; for development and tests. */
  allowPrivateAddresses: boolean;
}

/** The answer's largest body, in bytes: as much as the interpreter takes. */
export const MAX_REPLY_BYTES = 64 * 1024;
/** A person is on the line: no webhook is waited for longer. */
const MAX_TIMEOUT_MS = 30_000;

/** Headers that decide where a request ends or goes; they are ours to set. */
const OWN_HEADERS = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

class Refusal extends Error {
  readonly reason: WebhookError;
  constructor(reason: WebhookError) {
    super(reason);
    this.reason = reason;
  }
}

/** Never throws: what went wrong is in `error`, and `status` is then 0. */
export async function callWebhook(effect: WebhookEffect, options: WebhookOptions): Promise<WebhookReply> {
  const signal = AbortSignal.timeout(Math.min(effect.timeoutMs, MAX_TIMEOUT_MS));
  try {
    const url = allowedUrl(effect.url, options);
    const response = await send(effect, url, options, signal);
    return { status: response.statusCode ?? 0, body: await readBody(response), error: undefined };
  } catch (error) {
    return { status: 0, body: '', error: signal.aborted ? 'TIMEOUT' : reasonOf(error) };
  }
}

function allowedUrl(text: string, options: WebhookOptions): URL {
  if (!URL.canParse(text)) throw new Refusal('INVALID_URL');
  const url = new URL(text);
  const schemes = options.allowPlainHttp ? ['https:', 'http:'] : ['https:'];
  if (!schemes.includes(url.protocol)) throw new Refusal('FORBIDDEN');
  // An address written out is connected to without any look-up, so it is checked here.
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !options.allowPrivateAddresses && isPrivateAddress(host)) {
    throw new Refusal('FORBIDDEN');
  }
  return url;
}

/** Resolves for the connection about to be made, and refuses a name with any private address among its own. */
const checkedLookup: LookupFunction = (host, options, callback) => {
  resolve(host, { ...options, all: true }, (error, found: LookupAddress[]) => {
    if (error) return callback(error, '');
    if (found.some(({ address }) => isPrivateAddress(address))) return callback(new Refusal('FORBIDDEN'), '');
    const first = found[0];
    if (options.all === true) return callback(null, found);
    return first ? callback(null, first.address, first.family) : callback(new Refusal('UNRESOLVED'), '');
  });
};

function send(
  effect: WebhookEffect,
  url: URL,
  options: WebhookOptions,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const headers = Object.fromEntries(
    Object.entries(effect.headers).filter(([name]) => !OWN_HEADERS.has(name.toLowerCase())),
  );
  const body = effect.body === undefined ? undefined : Buffer.from(effect.body);
  return new Promise((take, fail) => {
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
      method: effect.method,
      headers: {
        'user-agent': 'Clarion',
        ...headers,
        'accept-encoding': 'identity',
        ...(body && { 'content-length': body.length }),
      },
      // A connection of its own: one kept alive would have been checked for another request.
      agent: false,
      signal,
      ...(options.allowPrivateAddresses ? {} : { lookup: checkedLookup }),
    });
    request.on('error', fail);
    request.on('response', take);
    request.end(body);
  });
}

async function readBody(response: IncomingMessage): Promise<string> {
  const encoding = response.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    response.destroy();
    throw new Refusal('ENCODED');
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop destroys the connection.
    if (size > MAX_REPLY_BYTES) throw new Refusal('TOO_LARGE');
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function reasonOf(error: unknown): WebhookError {
  if (error instanceof Refusal) return error.reason;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ECONNREFUSED' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return 'REFUSED';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'ENODATA') return 'UNRESOLVED';
  if (code === 'ETIMEDOUT') return 'TIMEOUT';
  if (/CERT|TLS|SSL|EPROTO|SELF_SIGNED|UNABLE_TO_/.test(code)) return 'TLS';
  if (code.startsWith('ERR_INVALID_') || code === 'ERR_UNESCAPED_CHARACTERS') return 'INVALID_URL';
  return 'BROKEN';
}
