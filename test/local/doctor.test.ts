/** The doctor finds what is wrong and says what to do; against real servers, and against none. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type Check, runDoctor } from '../../local/doctor.ts';
import { freePort } from '../../local/ports.ts';
import { testDatabase } from '../support/database.ts';
import { testTemporal } from '../support/temporal.ts';

const database = await testDatabase();
const temporal = await testTemporal();
const dataDir = mkdtempSync(join(tmpdir(), 'clarion-doctor-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const byName = (checks: Check[], name: string): Check | undefined =>
  checks.find((check) => check.name === name);
const servers = { DATABASE_URL: database.url, TEMPORAL_ADDRESS: temporal.address, CLARION_DATA_DIR: dataDir };

test('finds servers that are well, well', async () => {
  const { checks } = await runDoctor({ env: servers, fix: false });
  for (const name of [
    'Node.js',
    'Data directory',
    'Disk space',
    'PostgreSQL',
    'Temporal',
    'Search attributes',
  ]) {
    expect(byName(checks, name)).toMatchObject({ name, ok: true });
  }
});

test('says what to do about everything that is wrong', async () => {
  const nobody = await freePort();
  const env = {
    CLARION_DATA_DIR: join(dataDir, 'none'),
    DATABASE_URL: `postgres://a:b@127.0.0.1:${nobody}/c`,
    TEMPORAL_ADDRESS: `127.0.0.1:${nobody}`,
    CLARION_SES_ENDPOINT: `http://127.0.0.1:${nobody}`,
    CLARION_URL: `http://127.0.0.1:${nobody}`,
  };
  const { checks } = await runDoctor({ env, fix: false });
  for (const name of ['PostgreSQL', 'Temporal', 'Search attributes', 'Mail', 'API', 'Workers']) {
    expect(byName(checks, name)).toMatchObject({ name, ok: false, fix: expect.stringMatching(/\w+ \w+/) });
  }
});

test('tells a schema that is behind, and one that is ahead', async () => {
  const { sql } = database;
  const [last] = await sql<{ id: number; at: number }[]>`
    select id, created_at as at from drizzle.__drizzle_migrations order by created_at desc limit 1`;
  await sql`update drizzle.__drizzle_migrations set created_at = 1 where id = ${last?.id ?? 0}`;
  const behind = await runDoctor({ env: servers, fix: false });
  expect(byName(behind.checks, 'PostgreSQL')).toMatchObject({ ok: false, detail: '1 migrations to do' });

  await sql`update drizzle.__drizzle_migrations set created_at = ${(last?.at ?? 0) + 1} where id = ${last?.id ?? 0}`;
  const ahead = await runDoctor({ env: servers, fix: false });
  expect(byName(ahead.checks, 'PostgreSQL')).toMatchObject({
    ok: false,
    detail: expect.stringContaining('newer'),
  });
  await sql`update drizzle.__drizzle_migrations set created_at = ${last?.at ?? 0} where id = ${last?.id ?? 0}`;
});

test('survives a local.json that is damaged, and says so', async () => {
  const damaged = mkdtempSync(join(tmpdir(), 'clarion-doctor-'));
  writeFileSync(join(damaged, 'local.json'), '{"url": ');
  const { checks } = await runDoctor({ env: { CLARION_DATA_DIR: damaged }, fix: false });
  expect(byName(checks, 'Data directory')).toMatchObject({
    ok: false,
    detail: expect.stringContaining('local.json'),
  });
  rmSync(damaged, { recursive: true });
});
