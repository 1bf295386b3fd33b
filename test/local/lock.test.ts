/** The lock of a data directory binds the living alone. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeLock } from '../../local/lock.ts';
import { processIdentity } from '../../local/processes.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'clarion-lock-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

test('is had by one at a time, who is named to the others', () => {
  const path = join(dir, 'lock');
  const first = takeLock(path);
  expect(takeLock(path)).toMatchObject({ taken: false, holder: { pid: process.pid } });
  if (first.taken) first.release();
  expect(takeLock(path).taken).toBe(true);
});

test('of a process that has ended binds nobody', () => {
  const path = join(dir, 'lock');
  const { pid } = spawnSync('true');
  writeFileSync(path, JSON.stringify({ pid, identity: 'boot:1', parent: null }));
  expect(takeLock(path).taken).toBe(true);
});

test('of a process whose id now belongs to another binds nobody', () => {
  const path = join(dir, 'lock');
  writeFileSync(path, JSON.stringify({ pid: process.pid, identity: 'an earlier process', parent: null }));
  expect(takeLock(path).taken).toBe(true);
});

test('cut short by a full disk binds nobody', () => {
  const path = join(dir, 'lock');
  writeFileSync(path, '{"pid": 1');
  expect(takeLock(path).taken).toBe(true);
});

test('released by one who no longer has it stays with who has it, and nothing else is left behind', () => {
  const path = join(dir, 'lock');
  const first = takeLock(path);
  const other = { pid: process.ppid, identity: processIdentity(process.ppid), parent: null };
  writeFileSync(path, JSON.stringify(other));
  if (first.taken) first.release();
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(other);
  expect(readdirSync(dir)).toEqual(['lock']);
});
