/** Storage on a local disk: whole or not at all, bounded, and never outside its folder. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test } from 'vitest';
import { localFiles } from '../../providers/storage/local-files.ts';
import { StorageLimitExceeded, StorageMissing } from '../../providers/storage/storage.ts';

const root = await mkdtemp(join(tmpdir(), 'clarion-storage-'));
afterAll(() => rm(root, { recursive: true, force: true }));
const storage = localFiles(join(root, 'files'));
const from = (...pieces: string[]): Readable => Readable.from(pieces.map((piece) => Buffer.from(piece)));
const files = async (): Promise<string[]> =>
  (await readdir(root, { recursive: true, withFileTypes: true }))
    .filter((f) => f.isFile())
    .map((f) => f.name);

test('what is written is read, and removing it twice is harmless', async () => {
  expect(await storage.write('upload/1/list.csv', from('mobile\n', '98'), 100)).toBe(9);
  expect(await text(await storage.read('upload/1/list.csv'))).toBe('mobile\n98');
  expect(await storage.localPath('upload/1/list.csv')).toBe(join(root, 'files/upload/1/list.csv'));
  await storage.remove('upload/1/list.csv');
  await storage.remove('upload/1/list.csv');
  await expect(storage.read('upload/1/list.csv')).rejects.toThrow(StorageMissing);
  await expect(storage.localPath('upload/1/list.csv')).rejects.toThrow(StorageMissing);
});

test('more than the limit is refused and leaves nothing', async () => {
  await expect(storage.write('upload/2', from('12345', '67890', '1'), 10)).rejects.toThrow(
    StorageLimitExceeded,
  );
  expect(await storage.write('upload/3', from('12345', '67890'), 10)).toBe(10);
  expect(await files()).toEqual(['3']);
});

test('a stream that breaks leaves nothing', async () => {
  const broken = Readable.from(
    (async function* () {
      yield Buffer.from('half');
      throw new Error('connection lost');
    })(),
  );
  await expect(storage.write('upload/4', broken, 100)).rejects.toThrow('connection lost');
  expect(await files()).toEqual(['3']);
});

test.each([
  '../x',
  'a/../../x',
  '/etc/passwd',
  '..',
  '',
  'a//b',
  'a/./b',
  'a\\b',
  'a\0b',
  '.hidden',
  'x'.repeat(600),
])('the key %j is refused by every method', async (key) => {
  await expect(storage.write(key, from('x'), 10)).rejects.toThrow(TypeError);
  await expect(storage.read(key)).rejects.toThrow(TypeError);
  await expect(storage.localPath(key)).rejects.toThrow(TypeError);
  await expect(storage.remove(key)).rejects.toThrow(TypeError);
});
