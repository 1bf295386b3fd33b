import { readFile } from 'node:fs/promises';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../api/app.ts';
import { CLIENT_TYPES, clientSource, describeApi } from '../../api/client-source.ts';
import { openDatabase } from '../../db/client.ts';
import { testApi } from './support.ts';

const api = await testApi();
const get = (path: string) => api.app.request(path);

describe('the OpenAPI document', () => {
  it('is served, and is valid OpenAPI 3.1', async () => {
    const document = JSON.parse(await (await get('/api/v1/openapi.json')).text());
    expect(document.openapi).toBe('3.1.0');
    expect(document).toEqual(JSON.parse(JSON.stringify(describeApi())));
    const config = await createConfig({ rules: { struct: 'error', 'no-unresolved-refs': 'error' } });
    const faults = async (one: unknown) =>
      (await lintFromString({ source: JSON.stringify(one), config })).map(({ message }) => message);
    expect(await faults(document)).toEqual([]);
    expect(await faults({ ...document, paths: { '/x': { get: { responses: 1 } } } })).not.toEqual([]);
  });

  it('has every route that is served, and no other', () => {
    const served = api.app.routes
      .filter(
        ({ path, method }) =>
          path.startsWith('/api/v1/') && !/\*|openapi\.json$/.test(path) && method !== 'ALL',
      )
      .map(({ path, method }) => `${method} ${path.replace('/api/v1', '').replaceAll(/:(\w+)/g, '{$1}')}`);
    const described = Object.entries(describeApi().paths ?? {}).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect([...new Set(served)].sort()).toEqual(described.sort());
  });

  it('gives every error as a problem, and Idempotency-Key to every POST', () => {
    for (const [path, item] of Object.entries(describeApi().paths ?? {})) {
      for (const [method, operation] of Object.entries(item) as [
        string,
        { responses: object; parameters?: { name: string }[] },
      ][]) {
        for (const [status, response] of Object.entries(operation.responses)) {
          if (Number(status) < 400) continue;
          expect([path, method, status, Object.keys(response.content)]).toEqual([
            ...[path, method, status],
            ['application/problem+json'],
          ]);
        }
        const names = operation.parameters?.map((parameter) => parameter.name) ?? [];
        // Signing in and out holds for one browser and is not repeated by key.
        const takesKey = method === 'post' && !/^\/session\b/.test(path);
        expect([path, method, names.includes('Idempotency-Key')]).toEqual([path, method, takesKey]);
      }
    }
  });

  it('is what the typed client was made from', async () => {
    const written = await readFile(CLIENT_TYPES, 'utf8');
    expect(written === (await clientSource()), 'run npm run client:generate').toBe(true);
  });
});

describe('pages', () => {
  it('browse the documentation without the network', async () => {
    const page = await (await get('/api/docs')).text();
    expect(page).not.toMatch(/https?:\/\//);
    const files = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? '');
    expect(files).toHaveLength(4);
    for (const path of files) expect([path, (await get(path)).status]).toEqual([path, 200]);
    expect((await get('/api/docs/package.json')).status).toBe(404);
    expect((await get('/api/docs/..%2Fpackage.json')).status).toBe(404);
  });

  it('say at the front what runs, and lead on', async () => {
    const response = await get('/');
    const page = await response.text();
    for (const path of ['/api/docs', 'http://127.0.0.1:8233', 'http://127.0.0.1:8005', '/readyz']) {
      expect(page).toContain(`href="${path}"`);
    }
    expect(page).toContain('name="viewport"');
    expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'self'");
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
  });
});

describe('health and metrics', () => {
  it('are ready when the database and Temporal answer', async () => {
    expect((await get('/healthz')).status).toBe(200);
    expect(await (await get('/readyz')).json()).toEqual({ status: 'ready', database: true, temporal: true });
  });

  it('say which part does not answer, and stay up', async () => {
    const gone = openDatabase('postgres://127.0.0.1:1/gone', 1);
    const app = createApp({ ...api.deps, db: gone, temporalReady: () => Promise.reject(new Error('gone')) });
    const response = await app.request('/readyz');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ status: 'not ready', database: false, temporal: false });
    expect((await app.request('/healthz')).status).toBe(200);
    await gone.close();
  });

  it('count calls by template, requests by status and attempts by outcome', async () => {
    const caller = await api.caller();
    await api.flow(caller.accountId, { name: 'survey' });
    const { requestId } = await caller.json('POST', '/calls', {
      flowName: 'survey',
      number: '+919876543210',
    });
    await caller.call('GET', `/requests/${requestId}`);
    await api.db.sql`
      insert into request_tallies (request_id, kind, value, shard, account_id, count)
      values (${requestId}, 'attempt', 'BUSY', 0, ${caller.accountId}, 3), (${requestId}, 'attempt', 'BUSY', 1, ${caller.accountId}, 4)`;
    const text = await (await get('/metrics')).text();
    expect(text).toContain('clarion_requests{status="RECEIVED"} 1');
    expect(text).toContain('clarion_attempts{outcome="BUSY"} 7');
    expect(text).toContain(
      'clarion_http_request_duration_seconds_count{method="GET",route="/api/v1/requests/{id}",status="200"} 1',
    );
  });
});
