/** What is guaranteed about keys that may be used from some places only: over real sockets, proxies and forgeries too. */
import { request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { afterAll, describe, expect, it } from 'vitest';
import { createApp } from '../../api/app.ts';
import { createClientAddress } from '../../api/client-address.ts';
import { type Reply, testApi } from './support.ts';

const api = await testApi();

/** The API on a socket. @returns the port */
async function listen(hostname: string, trusted: string[] = []): Promise<number> {
  const app = createApp({ ...api.deps, clientAddress: createClientAddress(trusted) });
  const server = serve({ fetch: app.fetch, port: 0, hostname });
  await new Promise<void>((resolve) => server.once('listening', () => resolve()));
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  return (server.address() as AddressInfo).port;
}

interface Asking {
  port: number;
  key: string;
  method?: string;
  path?: string;
  json?: unknown;
  headers?: Record<string, string | string[]>;
  /** The loopback address to call from: 127.0.0.2 is another machine, so to say. */
  from?: string;
}

/** A bare request: nothing but what is said here is sent. */
async function send(asking: Asking): Promise<{ status: number; body: Reply }> {
  const { port, key, method = 'GET', path = '/flows', json, headers = {}, from = '127.0.0.1' } = asking;
  return new Promise((resolve, reject) => {
    const call = ask(
      {
        host: '127.0.0.1',
        port,
        localAddress: from,
        method,
        path: `/api/v1${path}`,
        headers: {
          authorization: `Bearer ${key}`,
          ...(json !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
      },
      async (response) => {
        let text = '';
        for await (const chunk of response.setEncoding('utf8')) text += chunk;
        resolve({ status: response.statusCode ?? 0, body: text === '' ? undefined : JSON.parse(text) });
      },
    );
    call.once('error', reject);
    call.end(json === undefined ? undefined : JSON.stringify(json));
  });
}

const direct = await listen('127.0.0.1');
const proxied = await listen('127.0.0.1', ['127.0.0.1']);
/** Reports IPv4 callers as `::ffff:127.0.0.1`. */
const both = await listen('::', ['10.0.0.0/8']);

/** An account that allows one network, and a key of it. */
async function fenced(addresses: string[], domains: string[] = []) {
  const caller = await api.caller();
  const sql = api.db.sql;
  for (const network of addresses)
    await sql`insert into whitelist_addresses (account_id, network) values (${caller.accountId}, ${network}::cidr)`;
  for (const domain of domains)
    await sql`insert into whitelist_domains (account_id, domain) values (${caller.accountId}, ${domain})`;
  return caller;
}

describe('a key of an account that lists addresses', () => {
  it('works from there, and from elsewhere gets 403 before anything is read or written', async () => {
    const { key, accountId } = await fenced(['127.0.0.1/32']);
    expect((await send({ port: direct, key })).status).toBe(200);
    const { sql } = api.db;
    await sql`update api_keys set last_used_at = null where account_id = ${accountId}`;
    const refused = await send({
      port: direct,
      key,
      from: '127.0.0.2',
      method: 'POST',
      path: '/blacklist/phones',
      json: { number: '+919876543210' },
      headers: { 'idempotency-key': 'one' },
    });
    expect(refused).toMatchObject({ status: 403, body: { code: 'ADDRESS_NOT_ALLOWED' } });
    expect(refused.body.detail).toContain('127.0.0.2');
    const [left] = await sql`
      select (select count(*)::int from blacklist_phones where account_id = ${accountId}) as listed,
             (select count(*)::int from audit_log where account_id = ${accountId}) as audited,
             (select count(*)::int from idempotency_keys where account_id = ${accountId}) as replies,
             (select last_used_at from api_keys where account_id = ${accountId}) as used`;
    expect(left).toEqual({ listed: 0, audited: 0, replies: 0, used: null });
    // The same whatever is asked, even of what is not well formed.
    for (const [method, path] of [
      ['GET', '/requests/1'],
      ['PATCH', '/requests/x'],
      ['DELETE', '/prompts/1'],
    ] as const) {
      const one = await send({ port: direct, key, from: '127.0.0.2', method, path });
      expect(one).toMatchObject({ status: 403, body: { code: 'ADDRESS_NOT_ALLOWED' } });
    }
  });

  it('is not helped by a forged X-Forwarded-For, in any spelling or number', async () => {
    const { key } = await fenced(['203.0.113.0/24']);
    for (const forged of [
      '203.0.113.7',
      '203.0.113.7, 203.0.113.8',
      '::ffff:203.0.113.7',
      ['203.0.113.7', '203.0.113.8'],
    ]) {
      const reply = await send({ port: direct, key, headers: { 'x-forwarded-for': forged } });
      expect(reply).toMatchObject({ status: 403, body: { code: 'ADDRESS_NOT_ALLOWED' } });
    }
    const others = { 'x-real-ip': '203.0.113.7', forwarded: 'for=203.0.113.7', 'client-ip': '203.0.113.7' };
    expect((await send({ port: proxied, key, headers: others })).status).toBe(403);
  });

  it('is judged through a trusted proxy by what that proxy says, and not by what stands before it', async () => {
    const { key } = await fenced(['203.0.113.0/24']);
    const by = async (forwarded: string | string[], from = '127.0.0.1') =>
      (await send({ port: proxied, key, from, headers: { 'x-forwarded-for': forwarded } })).status;
    expect(await by('203.0.113.7')).toBe(200);
    expect(await by('198.51.100.9, 203.0.113.7')).toBe(200);
    // The caller wrote the first, the proxy added the second.
    expect(await by('203.0.113.7, 198.51.100.9')).toBe(403);
    expect(await by(['203.0.113.7', '198.51.100.9'])).toBe(403);
    expect(await by('203.0.113.7, nonsense')).toBe(403);
    // Not by a trusted proxy.
    expect(await by('203.0.113.7', '127.0.0.2')).toBe(403);
  });

  it('is recognised over a socket of both families', async () => {
    const { key } = await fenced(['127.0.0.1/32']);
    expect((await send({ port: both, key })).status).toBe(200);
    expect((await send({ port: both, key, from: '127.0.0.2' })).status).toBe(403);
  });
});

describe('a key of an account that lists domains', () => {
  it('is refused from pages of others, and from callers that name no page', async () => {
    const { key } = await fenced([], ['shop.example.com', '*.partner.example']);
    const by = async (headers: Record<string, string>) => send({ port: direct, key, headers });
    expect((await by({ origin: 'https://shop.example.com' })).status).toBe(200);
    expect((await by({ origin: 'https://a.partner.example:8443' })).status).toBe(200);
    expect((await by({ referer: 'https://shop.example.com/cart' })).status).toBe(200);
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'https://shop.example.com.evil.example' },
      { origin: 'null' },
      { origin: 'https://evil.example', referer: 'https://shop.example.com/' },
      { referer: 'not an address' },
      {},
    ] as Record<string, string>[]) {
      expect(await by(headers)).toMatchObject({ status: 403, body: { code: 'DOMAIN_NOT_ALLOWED' } });
    }
  });

  it('serves a program without a page from a listed address', async () => {
    const { key } = await fenced(['127.0.0.1/32'], ['shop.example.com']);
    expect((await send({ port: direct, key })).status).toBe(200);
    expect((await send({ port: direct, key, headers: { origin: 'https://evil.example' } })).status).toBe(403);
    const elsewhere = { origin: 'https://shop.example.com' };
    expect((await send({ port: direct, key, from: '127.0.0.2', headers: elsewhere })).body.code).toBe(
      'ADDRESS_NOT_ALLOWED',
    );
  });
});

it('another account sees and removes nothing of it', async () => {
  const { accountId } = await fenced(['203.0.113.7/32'], ['shop.example.com']);
  const other = await api.caller();
  for (const [path, table] of [
    ['ips', 'whitelist_addresses'],
    ['domains', 'whitelist_domains'],
  ] as const) {
    const { sql } = api.db;
    const [entry] = await sql<{ id: number }[]>`select id from ${sql(table)} where account_id = ${accountId}`;
    expect((await other.json('GET', `/whitelist/${path}`)).items).toEqual([]);
    expect((await other.call('DELETE', `/whitelist/${path}/${entry?.id}`)).status).toBe(404);
    expect(await sql`select 1 from ${sql(table)} where account_id = ${accountId}`).toHaveLength(1);
  }
});

it('a key of operations is bound to no list', async () => {
  const { accountId } = await fenced(['203.0.113.7/32'], ['shop.example.com']);
  const { key } = await api.operations();
  const headers = { 'x-account-id': String(accountId) };
  expect((await send({ port: direct, key, headers })).status).toBe(200);
});

describe('listing', () => {
  it('says when the caller would lock itself out, and does it when that is confirmed', async () => {
    const { key, accountId } = await api.caller();
    const add = (path: string, json: unknown, headers = {}) =>
      send({ port: direct, key, method: 'POST', path, json, headers });
    const refused = await add('/whitelist/ips', { address: '203.0.113.0/24' });
    expect(refused).toMatchObject({
      status: 422,
      body: { code: 'CONFIRM_NEEDED', errors: [{ field: 'confirm' }] },
    });
    expect(refused.body.detail).toContain('127.0.0.1');
    expect((await send({ port: direct, key, path: '/whitelist/ips' })).body.items).toEqual([]);
    expect((await add('/whitelist/domains', { domain: 'shop.example.com' })).body.code).toBe(
      'CONFIRM_NEEDED',
    );
    const mine = await add('/whitelist/ips', { address: '127.0.0.0/8' });
    expect(mine).toMatchObject({ status: 201, body: { address: '127.0.0.0/8' } });
    // Now a listed address speaks for calls that name no site.
    expect((await add('/whitelist/domains', { domain: 'Shop.Example.com' })).body).toMatchObject({
      domain: 'shop.example.com',
    });
    const other = await add('/whitelist/ips', { address: '203.0.113.9' });
    expect(other.body).toMatchObject({ address: '203.0.113.9' });
    expect((await add('/whitelist/ips', { address: '203.0.113.9' })).body.id).toBe(other.body.id);
    const remove = (id: number, query = '') =>
      send({ port: direct, key, method: 'DELETE', path: `/whitelist/ips/${id}${query}` });
    expect((await remove(mine.body.id)).body).toMatchObject({ code: 'CONFIRM_NEEDED' });
    expect((await remove(other.body.id)).status).toBe(204);
    const audited = await api.db.sql<{ action: string; subject: string; detail: unknown; address: string }[]>`
      select action, subject, detail, address from audit_log where account_id = ${accountId} order by id`;
    expect(audited.map((one) => [one.action, one.detail])).toEqual([
      ['whitelist.add', { address: '127.0.0.0/8' }],
      ['whitelist.add', { domain: 'shop.example.com' }],
      ['whitelist.add', { address: '203.0.113.9' }],
      ['whitelist.remove', { address: '203.0.113.9' }],
    ]);
    expect(audited[0]?.address).toBe('127.0.0.1');
    // And once more on purpose.
    const foreign = await add('/whitelist/ips', { address: '198.51.100.7' });
    expect(foreign.status).toBe(201);
    expect((await remove(mine.body.id, '?confirm=true')).status).toBe(204);
    expect((await send({ port: direct, key })).body).toMatchObject({ code: 'ADDRESS_NOT_ALLOWED' });
  });

  it('refuses what is no address or domain by its field, and more than a hundred', async () => {
    const caller = await api.caller();
    const bad = async (path: string, json: unknown) => caller.json('POST', path, json);
    expect(await bad('/whitelist/ips', { address: '203.0.113.7/24' })).toMatchObject({
      status: 422,
      errors: [{ field: 'address', message: expect.stringContaining('203.0.113.0/24') }],
    });
    expect(await bad('/whitelist/ips', {})).toMatchObject({ status: 422, errors: [{ field: 'address' }] });
    expect(await bad('/whitelist/ips', { address: 7 })).toMatchObject({ status: 422 });
    expect(await bad('/whitelist/domains', { domain: 'https://x.example' })).toMatchObject({
      status: 422,
      errors: [{ field: 'domain' }],
    });
    expect(await bad('/whitelist/domains', { domain: 'x.example', extra: 1 })).toMatchObject({
      errors: [{ field: 'extra' }],
    });
    expect(await caller.json('DELETE', '/whitelist/ips/1?confirm=perhaps')).toMatchObject({ status: 422 });
    const operations = await api.operations(caller.accountId);
    await api.db.sql`
      insert into whitelist_addresses (account_id, network)
      select ${caller.accountId}, ('10.0.0.' || n)::cidr from generate_series(1, 100) n`;
    expect(await operations.json('POST', '/whitelist/ips', { address: '10.0.1.1' })).toMatchObject({
      status: 409,
      code: 'TOO_MANY_ENTRIES',
    });
    const page = await operations.json('GET', '/whitelist/ips?limit=60');
    const rest = await operations.json('GET', `/whitelist/ips?limit=60&cursor=${page.nextCursor}`);
    expect([page.items.length, rest.items.length, rest.nextCursor]).toEqual([60, 40, null]);
  });
});
