/** The production compose file and the code agree: it cannot be started here, so its promises are compared. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readConfig } from '../../config.ts';
import { QUEUES } from '../../workflows/contract.ts';
import { ROOT } from './source-files.ts';

const service = z.object({
  image: z.string(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
  healthcheck: z.unknown().optional(),
  volumes: z.array(z.string()).optional(),
  ports: z.array(z.string()).optional(),
});
const composeFile = z.object({
  services: z.record(z.string(), service),
  volumes: z.record(z.string(), z.unknown()),
});

const compose = composeFile.parse(
  parse(readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8'), { merge: true }),
);
const services = Object.entries(compose.services);

/** As compose fills in `${NAME:-default}` and `${NAME:?needed}`. */
function filled(
  environment: Record<string, string | number>,
  more: Record<string, string> = {},
): Record<string, string> {
  const given: Record<string, string> = {
    POSTGRES_PASSWORD: 'secret',
    CLARION_SECRET: 'a secret of 32 characters or more',
    ...more,
  };
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      String(value).replace(
        /\$\{(\w+)(?::([-?])([^}]*))?\}/g,
        (_, variable: string, kind: string, rest: string) => {
          const known = given[variable];
          if (known === undefined && kind === '?') throw new Error(`${variable} is needed`);
          return known ?? (kind === '-' ? rest : '');
        },
      ),
    ]),
  );
}

test('every process of ours is told what config.ts demands, and nothing it does not accept', () => {
  const ours = services.filter(([, { command }]) => command?.includes('tsx'));
  expect(ours.map(([name]) => name).sort()).toEqual(['api', 'ingest', 'setup', 'worker']);
  for (const [name, { environment }] of ours) {
    expect(() => readConfig(filled(environment ?? {})), name).not.toThrow();
    expect(readConfig(filled(environment ?? {})).DATABASE_URL).toBe(
      'postgres://clarion:secret@postgres:5432/clarion',
    );
  }
});

test('the workers take every queue, and reading lists has a process of its own', () => {
  const queuesOf = (name: string) =>
    readConfig(filled(compose.services[name]?.environment ?? {})).CLARION_QUEUES;
  expect(queuesOf('ingest')).toEqual(['ingest']);
  expect(queuesOf('worker')).not.toContain('ingest');
  expect([...queuesOf('worker'), ...queuesOf('ingest')].sort()).toEqual(Object.values(QUEUES).sort());
});

test('programs that are run exist, and parts that are waited for exist and can be waited for', () => {
  for (const [name, { command, depends_on }] of services) {
    for (const path of command?.filter((word) => word.endsWith('.ts')) ?? []) {
      expect(existsSync(join(ROOT, path)), `${name} runs ${path}`).toBe(true);
    }
    for (const [other, { condition }] of Object.entries(depends_on ?? {})) {
      const target = compose.services[other];
      expect(target, `${name} waits for ${other}`).toBeDefined();
      if (condition === 'service_healthy')
        expect(target?.healthcheck, `${other} tells its health`).toBeDefined();
    }
  }
});

test('what must outlive a container is on a named volume', () => {
  const mounted = services.flatMap(([, { volumes }]) =>
    (volumes ?? []).map((volume) => volume.split(':')[0] ?? ''),
  );
  // A folder beside the file is the operator's own, and only read.
  const own = services.flatMap(([, { volumes }]) =>
    (volumes ?? []).filter((volume) => volume.startsWith('./')),
  );
  expect(own).toEqual(['./carriers:/carriers:ro']);
  const named = new Set(mounted.filter((name) => !name.startsWith('./')));
  expect([...named].sort()).toEqual(Object.keys(compose.volumes).sort());
  expect(compose.services.api?.volumes).toEqual(compose.services.ingest?.volumes);
});

test('the worker carries as many calls at once as .env says, and else the usual number', () => {
  const environment = compose.services.worker?.environment ?? {};
  const slots = (more: Record<string, string>) => readConfig(filled(environment, more)).CLARION_VOICE_SLOTS;
  expect(slots({ CLARION_VOICE_SLOTS: '250' })).toBe(250);
  expect(slots({})).toBe(readConfig(filled(compose.services.api?.environment ?? {})).CLARION_VOICE_SLOTS);
});

test('images are named by version', () => {
  for (const [, { image }] of services) expect(image).toMatch(/:(\$\{|\d)/);
});

test('with real telephones the worker and Asterisk mean the same user, password, folders and record', () => {
  const given = { CLARION_VOICE: 'asterisk', CLARION_ASTERISK_PASSWORD: 'shared' };
  const { worker, asterisk } = compose.services;
  const config = readConfig(filled(worker?.environment ?? {}, given));
  const server = filled(asterisk?.environment ?? {}, given);
  expect(config).toMatchObject({
    CLARION_ASTERISK_URLS: ['http://asterisk:8088'],
    CLARION_ASTERISK_USER: server.ARI_USER,
    CLARION_ASTERISK_PASSWORD: server.ARI_PASSWORD,
    CLARION_ASTERISK_CALL_RECORDS: ['/call-records/clarion.csv'],
    CLARION_ASTERISK_SOUNDS: '/sounds',
    CLARION_ASTERISK_SOUNDS_THERE: '/sounds',
  });
  for (const volume of ['sounds:/sounds', 'call-records:/call-records']) {
    expect(
      worker?.volumes?.some((mounted) => mounted.startsWith(volume)),
      volume,
    ).toBe(true);
    expect(
      asterisk?.volumes?.some((mounted) => mounted.startsWith(volume)),
      volume,
    ).toBe(true);
  }
  expect(asterisk?.ports?.some((port) => port.includes('8088'))).toBe(false);
  expect(asterisk?.ports).toContain(
    `${server.RTP_START}-${server.RTP_END}:${server.RTP_START}-${server.RTP_END}/udp`,
  );
});
