import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readConsole } from '../../api/console.ts';
import { testApi } from './support.ts';

const built = await testApi();
const dir = join(built.directory, 'console');
await mkdir(join(dir, 'assets'), { recursive: true });
await writeFile(
  join(dir, 'index.html'),
  '<meta content="__CSP_NONCE__"><script src="/assets/a-1.js"></script>',
);
await writeFile(join(dir, 'assets/a-1.js'), 'console.log(1)');
await writeFile(join(dir, 'assets/a-1.js.gz'), gzipSync('console.log(1)'));
await writeFile(join(dir, 'assets/a-1.js.br'), 'brotli');
await writeFile(join(dir, 'icon.svg'), '<svg/>');
await writeFile(join(dir, 'manifest.json'), '{}');
await writeFile(join(built.directory, 'secret.js'), 'no part of it');

const console_ = readConsole(dir);
const api = await testApi(console_ ? { console: console_ } : {});
const get = (path: string, headers: Record<string, string> = {}) => api.app.request(path, { headers });
const page = { accept: 'text/html,*/*' };

describe('the console', () => {
  it.each(['/', '/requests', '/requests/12?tab=x', '/anything/at/all'])('is the page at %s', async (path) => {
    const response = await get(path, page);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.text()).toContain('/assets/a-1.js');
  });

  it('swallows nothing of the API, and no file that is missing', async () => {
    for (const path of [
      '/api/v1/nothing',
      '/api/nothing',
      '/api',
      '/assets/gone.js',
      '/manifest.json',
      '/x.php',
    ]) {
      const response = await get(path, page);
      expect([path, response.status, response.headers.get('content-type')]).toEqual([
        path,
        404,
        'application/problem+json',
      ]);
    }
    expect((await get('/healthz', page)).headers.get('content-type')).toContain('json');
    expect((await get('/api/docs', page)).status).toBe(200);
    expect((await get('/requests')).status).toBe(404);
    expect((await api.app.request('/requests', { method: 'POST', headers: page })).status).toBe(404);
  });

  it('allows scripts from here alone, and styles by a nonce that is never the same', async () => {
    const [one, two] = await Promise.all([get('/', page), get('/', page)]);
    const policy = one.headers.get('content-security-policy') ?? '';
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(nonce).toHaveLength(24);
    expect(await one.text()).toContain(`content="${nonce}"`);
    expect(two.headers.get('content-security-policy')).not.toContain(nonce);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(one.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('sends each file in the smallest form a browser takes, and for ever when its name says what is in it', async () => {
    const sent = async (encoding?: string) => {
      const response = await get('/assets/a-1.js', encoding ? { 'accept-encoding': encoding } : {});
      return { encoding: response.headers.get('content-encoding'), headers: response.headers };
    };
    expect((await sent('gzip, deflate, br')).encoding).toBe('br');
    expect((await sent('gzip;q=1.0')).encoding).toBe('gzip');
    const plain = await sent();
    expect(plain.encoding).toBeNull();
    expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(plain.headers.get('vary')).toContain('Accept-Encoding');
    expect((await get('/icon.svg')).headers.get('cache-control')).toBe('no-cache');
  });

  it('serves nothing outside its folder', async () => {
    for (const path of [
      '/../secret.js',
      '/..%2Fsecret.js',
      '/assets/..%2F..%2Fsecret.js',
      '/%2e%2e/secret.js',
    ]) {
      expect([path, (await get(path)).status]).toEqual([path, 404]);
    }
  });

  it('is absent where it has not been built, and the front page says how to build it', async () => {
    expect(readConsole(join(built.directory, 'nowhere'))).toBeUndefined();
    expect(await (await built.app.request('/', { headers: page })).text()).toContain('npm run build:web');
  });
});
