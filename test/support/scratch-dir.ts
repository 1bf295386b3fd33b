/** A folder for one test file, gone when its tests have ended. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export function scratchDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'clarion-scratch-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}
