/** What a browser has to load before the console shows anything: held below a limit, compressed and as it is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { CONSOLE_DIR, ensureConsole } from '../../local/console-build.ts';

/** The promise: script of a first load, as it is sent to nearly every browser. */
const LIMIT_SENT_BYTES = 400_000;
/** And as the browser has to read it, so that nothing heavy slips in because it packs well. */
const LIMIT_READ_BYTES = 800_000;

const chunk = z.object({
  file: z.string(),
  isEntry: z.boolean().optional(),
  imports: z.array(z.string()).default([]),
  dynamicImports: z.array(z.string()).default([]),
});
const manifestFile = z.record(z.string(), chunk);

beforeAll(() => ensureConsole((line) => console.log(line)));

function manifest(): z.infer<typeof manifestFile> {
  return manifestFile.parse(JSON.parse(readFileSync(join(CONSOLE_DIR, 'manifest.json'), 'utf8')));
}

/** Files of some chunks and of all they import from the start. */
function filesOf(chunks: z.infer<typeof manifestFile>, names: string[]): Set<string> {
  const files = new Set<string>();
  const visit = (name: string): void => {
    const one = chunks[name];
    if (!one || files.has(one.file)) return;
    files.add(one.file);
    one.imports.forEach(visit);
  };
  names.forEach(visit);
  return files;
}

const bytesOf = (files: Iterable<string>, ending = ''): number =>
  [...files]
    .filter((file) => file.endsWith('.js'))
    .reduce((total, file) => total + readFileSync(join(CONSOLE_DIR, file + ending)).length, 0);

it.each(['pages/sign-in/page.tsx', 'pages/requests/page.tsx'])('a first load of %s stays small', (page) => {
  const chunks = manifest();
  expect(chunks['index.html']?.isEntry).toBe(true);
  expect(chunks[page]).toBeDefined();
  const files = filesOf(chunks, ['index.html', page]);
  const [sent, read] = [bytesOf(files, '.gz'), bytesOf(files)];
  expect(sent).toBeGreaterThan(50_000);
  expect(sent, `${sent} bytes compressed`).toBeLessThan(LIMIT_SENT_BYTES);
  expect(read, `${read} bytes`).toBeLessThan(LIMIT_READ_BYTES);
  expect(bytesOf(files, '.br')).toBeLessThan(sent);
});
