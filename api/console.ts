/**
 * The built console, served: all its files in memory, each compressed once when it was built, and its page for every
 * address that is a page of the console and nothing of the API.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Env } from './context.ts';

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};
/** What a browser may be sent instead, the smallest first. */
const ENCODINGS = [
  { name: 'br', ending: '.br' },
  { name: 'gzip', ending: '.gz' },
];
const NONCE = '__CSP_NONCE__';

/** Files with their content in their name never change; the others are asked for again. */
const FOR_EVER = 'public, max-age=31536000, immutable';
const ASK_AGAIN = 'no-cache';

export interface Console {
  /** By path from the root, such as `/assets/index-1a2b.js`. */
  files: ReadonlyMap<string, { type: string; content: Buffer; encoded: { name: string; content: Buffer }[] }>;
  /** `index.html`. */
  page: string;
}

/** @returns undefined where the console has not been built */
export function readConsole(dir: string): Console | undefined {
  const page = join(dir, 'index.html');
  if (!existsSync(page)) return undefined;
  const files: Map<string, Console['files'] extends ReadonlyMap<string, infer F> ? F : never> = new Map();
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    const type = TYPES[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const encoded = ENCODINGS.flatMap(({ name, ending }) =>
      existsSync(path + ending) ? [{ name, content: readFileSync(path + ending) }] : [],
    );
    const address = path.slice(dir.length).replaceAll('\\', '/').replace(/^\/?/, '/');
    files.set(address, { type, content: readFileSync(path), encoded });
  }
  return { files, page: readFileSync(page, 'utf8') };
}

/**
 * Scripts from here alone and none inside the page; styles from here, and those that the page's own components make,
 * which carry the nonce.
 */
const policyOf = (nonce: string): string =>
  [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Whether an address could be a page of the console. The API's own never are, nor what looks like a file. */
const isPage = (path: string): boolean =>
  !/^\/(api|healthz|readyz|metrics)(\/|$)/.test(path) && extname(path) === '';

/** To be added after every other route. */
export function consoleRoutes(app: OpenAPIHono<Env>, { files, page }: Console): void {
  app.get('*', (c, next) => {
    const file = files.get(c.req.path);
    if (file) {
      c.set('route', c.req.path.startsWith('/assets/') ? '/assets/*' : c.req.path);
      return sendFile(c, file);
    }
    const wantsPage = (c.req.header('accept') ?? '').includes('text/html') && isPage(c.req.path);
    if (!wantsPage) return next();
    c.set('route', '/*');
    const nonce = randomBytes(16).toString('base64');
    c.set('policy', policyOf(nonce));
    return c.html(page.replaceAll(NONCE, nonce), 200, { 'cache-control': 'no-store' });
  });
}

function sendFile(c: Context<Env>, file: Console['files'] extends ReadonlyMap<string, infer F> ? F : never) {
  const accepted = (c.req.header('accept-encoding') ?? '').split(',').map((one) => one.trim().split(';')[0]);
  const encoding = file.encoded.find(({ name }) => accepted.includes(name));
  return c.body(new Uint8Array(encoding?.content ?? file.content), 200, {
    'content-type': file.type,
    'cache-control': c.req.path.startsWith('/assets/') ? FOR_EVER : ASK_AGAIN,
    vary: 'Accept-Encoding',
    ...(encoding && { 'content-encoding': encoding.name }),
  });
}
