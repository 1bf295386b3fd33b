/** Licences of everything that runs in production: only such as ask for no more than their notice. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './source-files.ts';

const ALLOWED = [
  ...['MIT', 'MIT-0', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0'],
  ...['Unlicense', 'CC0-1.0', 'Python-2.0', 'PostgreSQL', 'Zlib'],
  // For data (caniuse-lite), not for code.
  'CC-BY-4.0',
];

/** Manifests that name none, or not in the register's words; read in the packages' own files. */
const READ_BY_HAND: Record<string, string> = {
  unionfs: 'Unlicense',
  sprintf: 'BSD-3-Clause',
  'swagger-client': 'Apache-2.0',
  btoa: 'Apache-2.0',
};

interface Manifest {
  name?: string;
  license?: string | { type?: string };
  licenses?: { type?: string }[];
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

const read = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

/** Folders of all packages that production needs, found as Node finds them. */
function productionPackages(): string[] {
  const found = new Set<string>();
  const visit = (folder: string, names: string[]): void => {
    for (const name of names) {
      const at = locate(folder, name);
      if (!at || found.has(at)) continue;
      found.add(at);
      const { dependencies, optionalDependencies } = read(at);
      visit(at, Object.keys({ ...dependencies, ...optionalDependencies }));
    }
  };
  visit(ROOT, Object.keys(read(ROOT).dependencies ?? {}));
  return [...found];
}

function locate(from: string, name: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const at = join(folder, 'node_modules', name);
    if (existsSync(join(at, 'package.json'))) return at;
    if (dirname(folder) === folder) return undefined;
  }
}

function licenceOf({ name, license, licenses }: Manifest): string {
  const read = READ_BY_HAND[name ?? ''];
  if (read) return read;
  if (typeof license === 'string') return license;
  return license?.type ?? licenses?.map(({ type }) => type).join(' OR ') ?? 'none named';
}

/** `(MIT OR GPL-3.0)` leaves the choice to us, `MIT AND ISC` asks for both. */
function isAllowed(licence: string): boolean {
  const plain = licence.replace(/[()]/g, '');
  return plain
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((one) => ALLOWED.includes(one.trim())));
}

test('every package of production has a licence that lets anybody use this one', () => {
  const packages = productionPackages();
  expect(packages.length).toBeGreaterThan(50);
  const refused = packages
    .map((folder) => ({ ...read(folder), folder }))
    .filter((manifest) => !isAllowed(licenceOf(manifest)))
    .map((manifest) => `${manifest.name ?? manifest.folder}: ${licenceOf(manifest)}`);
  expect(refused).toEqual([]);
});

test('the list refuses what it does not name', () => {
  expect(isAllowed('GPL-3.0')).toBe(false);
  expect(isAllowed('MIT AND AGPL-3.0')).toBe(false);
  expect(isAllowed('(MIT OR GPL-3.0)')).toBe(true);
});
