/** The import law, held by every file, and shown to catch those who break it. */
import { describe, expect, test } from 'vitest';
import { type Broken, brokenImports } from './import-law.ts';
import { sourceFiles } from './source-files.ts';

const words = ({ file, line, message }: Broken): string => `${file}:${line} ${message}`;

test('every file imports only what its folder may', () => {
  const files = sourceFiles();
  expect(files.length).toBeGreaterThan(50);
  expect(files.flatMap(({ path, text }) => brokenImports(path, text)).map(words)).toEqual([]);
});

describe('the check itself', () => {
  test.each([
    ['domain/a.ts', "import { openDatabase } from '../db/client.ts';", 'imports db/client.ts'],
    ['domain/a.ts', "import { readFile } from 'node:fs/promises';", "imports 'node:fs/promises'"],
    ['workflows/a.ts', "import { Client } from '@temporalio/client';", "imports '@temporalio/client'"],
    ['workflows/a.ts', "import { placeCall } from '../activities/index.ts';", 'imports activities/index.ts'],
    ['workflows/a.ts', "import { z } from 'zod';", "imports 'zod'"],
    ['db/queries/a.ts', "import { x } from '../../api/app.ts';", 'imports api/app.ts'],
    ['providers/sms/a.ts', "import { x } from '../../db/client.ts';", 'imports db/client.ts'],
    ['activities/a.ts', "import { x } from '../api/app.ts';", 'imports api/app.ts'],
    [
      'api/routes/a.ts',
      "import { x } from '../../providers/voice/trunk.ts';",
      'imports providers/voice/trunk.ts',
    ],
    ['api/routes/a.ts', "import { readConfig } from '../../config.ts';", 'config.ts'],
    ['cli/a.ts', "import { x } from '../db/client.ts';", 'imports db/client.ts'],
    ['cli/a.ts', "const x = await import('../db/client.ts');", 'imports db/client.ts'],
    ['cli/a.ts', "export * from '../db/client.ts';", 'imports db/client.ts'],
    ['cli/a.ts', "import { x } from './b';", 'without its ending'],
    ['attic/a.ts', 'export {};', 'in no room'],
  ])('finds what is wrong in %s: %s', (file, offence, said) => {
    const broken = brokenImports(file, `/** A file. */\nconst first = 1;\n${offence}\n`);
    expect(broken).toHaveLength(1);
    expect(broken.map(words).join()).toContain(said);
    expect(broken[0]?.line).toBe(said === 'in no room' ? 1 : 3);
  });

  test.each([
    ['workflows/a.ts', "import type { Activities } from '../activities/index.ts';"],
    ['domain/a.ts', "import { DateTime } from 'luxon';"],
    ['api/main.ts', "import { readConfig } from '../config.ts';"],
    ['local/doctor.ts', "import { x } from '../providers/index.ts';"],
  ])('lets %s: %s', (file, source) => {
    expect(brokenImports(file, source)).toEqual([]);
  });
});
