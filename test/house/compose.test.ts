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
function filled(environment: Record<string, string | number>): Record<string, string> {
  const given: Record<string, string> = { POSTGRES_PASSWORD: 'secret' };
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
    (volumes ?? []).map((volume) => volume.split(':')[0]),
  );
  expect([...new Set(mounted)].sort()).toEqual(Object.keys(compose.volumes).sort());
  expect(compose.services.api?.volumes).toEqual(compose.services.ingest?.volumes);
});

test('images are named by version', () => {
  for (const [, { image }] of services) expect(image).toMatch(/:(\$\{|\d)/);
});
