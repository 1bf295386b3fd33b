/** Webhooks of flows: what is asked, what comes back, and what an account's URL can never reach. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { isPrivateAddress } from '../../../activities/carry-out/private-address.ts';
import { callWebhook, MAX_REPLY_BYTES } from '../../../activities/carry-out/webhook.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

type Effect = Parameters<typeof callWebhook>[0];
const effect = (url: string, over: Partial<Effect> = {}): Effect => ({
  type: 'WEBHOOK',
  method: 'POST',
  url,
  headers: {},
  body: undefined,
  timeoutMs: 5000,
  ...over,
});
const TRUSTING = { allowPlainHttp: true, allowPrivateAddresses: true };
const STRICT = { allowPlainHttp: true, allowPrivateAddresses: false };

describe('a webhook', () => {
  it('is asked as the flow says, and its status and body come back', async () => {
    let seen = '';
    const url = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        seen = `${request.method} ${request.url} ${request.headers['x-key']} ${body}`;
        response.writeHead(404).end('kein Löffel');
      });
    });
    const reply = await callWebhook(
      effect(`${url}/a?b=1`, { method: 'PUT', headers: { 'x-key': 'v' }, body: '{"n":"ü"}' }),
      TRUSTING,
    );
    expect(seen).toBe('PUT /a?b=1 v {"n":"ü"}');
    expect(reply).toEqual({ status: 404, body: 'kein Löffel', error: undefined });
  });

  it('sets its own host and length, whatever the flow says', async () => {
    let host: string | undefined;
    const url = await serve((request, response) => {
      host = request.headers.host;
      response.end('ok');
    });
    const headers = { Host: 'elsewhere.example', 'Content-Length': '5', 'Transfer-Encoding': 'chunked' };
    expect((await callWebhook(effect(url, { headers, body: 'x' }), TRUSTING)).body).toBe('ok');
    expect(url).toContain(host);
  });

  it('is not followed where it redirects: the redirect is the answer', async () => {
    let asked = 0;
    const url = await serve((_, response) => {
      asked += 1;
      response.writeHead(302, { location: '/other' }).end();
    });
    expect((await callWebhook(effect(url), TRUSTING)).status).toBe(302);
    expect(asked).toBe(1);
  });
});

describe('an answer that cannot be used is one word', () => {
  const body = (bytes: number): RequestListener => {
    return (_, response) => {
      response.end(Buffer.alloc(bytes, 'a'));
    };
  };

  it('TOO_LARGE over 64 KiB, and whole at exactly that', async () => {
    const fits = await callWebhook(effect(await serve(body(MAX_REPLY_BYTES))), TRUSTING);
    expect(fits.body).toHaveLength(MAX_REPLY_BYTES);
    const over = await callWebhook(effect(await serve(body(MAX_REPLY_BYTES + 1))), TRUSTING);
    expect(over).toEqual({ status: 0, body: '', error: 'TOO_LARGE' });
  });

  it('TOO_LARGE for one without end, whose connection is closed', async () => {
    let closed: () => void = () => {};
    const closing = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const url = await serve((_, response) => {
      const more = setInterval(() => response.write(Buffer.alloc(16_384)), 1);
      response.on('close', () => {
        clearInterval(more);
        closed();
      });
    });
    expect((await callWebhook(effect(url), TRUSTING)).error).toBe('TOO_LARGE');
    await closing;
  });

  it('TIMEOUT when nothing comes, and when a body stops half way', async () => {
    const silent = await serve(() => {});
    expect((await callWebhook(effect(silent, { timeoutMs: 100 }), TRUSTING)).error).toBe('TIMEOUT');
    const half = await serve((_, response) => {
      response.write('half');
    });
    expect((await callWebhook(effect(half, { timeoutMs: 300 }), TRUSTING)).error).toBe('TIMEOUT');
  });

  it('REFUSED when nobody listens, BROKEN when the connection is cut, ENCODED when compressed', async () => {
    const gone = await serve(() => {});
    await new Promise((resolve) => servers.pop()?.close(resolve));
    expect((await callWebhook(effect(gone), TRUSTING)).error).toBe('REFUSED');
    const cut = await serve((request) => request.socket.destroy());
    expect((await callWebhook(effect(cut), TRUSTING)).error).toBe('BROKEN');
    const zipped = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('hello'));
    });
    expect((await callWebhook(effect(zipped), TRUSTING)).error).toBe('ENCODED');
  });

  it('INVALID_URL and FORBIDDEN for what is no web address or not https', async () => {
    expect((await callWebhook(effect('https://'), TRUSTING)).error).toBe('INVALID_URL');
    expect((await callWebhook(effect('file:///etc/passwd'), TRUSTING)).error).toBe('FORBIDDEN');
    const plain = { allowPlainHttp: false, allowPrivateAddresses: true };
    expect((await callWebhook(effect(await serve(() => {})), plain)).error).toBe('FORBIDDEN');
  });

  it('INVALID_URL for a header that could smuggle another', async () => {
    const url = await serve((_, response) => response.end());
    const headers = { 'x-a': '1\r\nx-b: 2' };
    expect(await callWebhook(effect(url, { headers }), TRUSTING)).toMatchObject({
      status: 0,
      error: 'INVALID_URL',
    });
  });
});

describe('private addresses', () => {
  it.each([
    'http://127.0.0.1:PORT',
    'http://localhost:PORT',
    'http://0x7f.1:PORT',
    'http://2130706433:PORT',
    'http://[::1]:PORT',
    'http://[::ffff:127.0.0.1]:PORT',
    'http://169.254.169.254/latest/meta-data',
    'http://10.0.0.1',
    'http://[fd00::1]',
    'http://[64:ff9b::7f00:1]',
  ])('%s is FORBIDDEN and nothing is asked', async (template) => {
    let asked = 0;
    const url = await serve((_, response) => {
      asked += 1;
      response.end();
    });
    const reply = await callWebhook(effect(template.replace('PORT', new URL(url).port)), STRICT);
    expect(reply).toEqual({ status: 0, body: '', error: 'FORBIDDEN' });
    expect(asked).toBe(0);
  });

  it('public addresses are not private', () => {
    for (const address of ['8.8.8.8', '1.1.1.1', '172.15.0.1', '172.32.0.1', '2606:4700::1111']) {
      expect(isPrivateAddress(address), address).toBe(false);
    }
  });

  it('an IPv4 address written as IPv6 is never public', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => isPrivateAddress(`::ffff:${address}`)),
      { numRuns: 200 },
    );
  });

  it('what is no address counts as private', () => {
    expect(isPrivateAddress('example.com')).toBe(true);
  });
});
