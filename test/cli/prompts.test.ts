/** What the command promises about prompts: adding, listening, deciding and removing. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tone, wavFile } from '../support/audio.ts';
import { startCommand, testCommand } from './command.ts';

const stack = await testCommand();
const { accountId, run } = stack;
const WAV = wavFile([tone({ hz: 440, ms: 500 })]);
const wav = async (name: string): Promise<string> => {
  await writeFile(join(stack.dir, name), WAV);
  return join(stack.dir, name);
};
const asOperations = async (...args: string[]) => {
  const { key } = await stack.operations();
  return startCommand(args, { ...stack.env, CLARION_API_KEY: key }, stack.dir).ended;
};

test('a file added is listed, heard as given and as on the telephone, decided on, and removed', async () => {
  const added = await run('prompts', 'add', await wav('greeting.wav'), '--tags', 'diwali', '--json');
  const { id, name } = JSON.parse(added.stdout) as { id: number; name: string };
  expect(name).toBe('greeting');
  expect((await run('prompts', 'list', '--status', 'pending')).stdout).toMatch(
    new RegExp(`${id} +${accountId} +greeting +pending +0\\.5 s +diwali`),
  );
  expect((await run('prompts', 'get', 'greeting', '-o', 'given.wav')).code).toBe(0);
  expect((await readFile(join(stack.dir, 'given.wav'))).equals(WAV)).toBe(true);
  expect((await run('prompts', 'get', 'greeting', '--telephone', '-o', 'heard.wav')).code).toBe(0);
  expect((await readFile(join(stack.dir, 'heard.wav'))).length).toBe(58 + 4000);
  const account = ['--account', String(accountId)];
  const rejected = await asOperations('prompts', 'reject', String(id), ...account, '--reason', 'too loud');
  expect([rejected.code, rejected.stdout]).toEqual([0, `prompt ${id} "greeting" is rejected\n`]);
  expect((await run('prompts', 'list')).stdout).toMatch(/greeting +rejected .* too loud/);
  const approved = await asOperations('prompts', 'approve', String(id), ...account);
  expect(approved.stdout).toBe(`prompt ${id} "greeting" is approved\n`);
  expect((await asOperations('prompts', 'list')).stdout).toMatch(/greeting +approved/);
  expect((await run('prompts', 'remove', 'greeting')).code).toBe(0);
  expect((await run('prompts', 'list')).stdout).toContain('no prompts');
});

test('what is wrong is said: wrong usage is exit code 2, a refusal 1', async () => {
  const text = await stack.file('text.wav', 'not a sound');
  const notSound = await run('prompts', 'add', text);
  expect([notSound.code, notSound.stderr]).toEqual([1, expect.stringContaining('neither mp3 nor WAV')]);
  const badName = await run('prompts', 'add', await wav('two words.wav'));
  expect([badName.code, badName.stderr]).toEqual([1, expect.stringContaining('letters, digits')]);
  expect((await run('prompts', 'add', 'nothing.mp3')).code).toBe(2);
  expect((await run('prompts', 'get', 'nothing')).code).toBe(1);
  expect((await run('prompts', 'list', '--status', 'loud')).code).toBe(2);
  expect((await run('prompts', 'get', 'x', '--telephone')).code).toBe(2);
  expect((await run('prompts', 'approve', '1')).code).toBe(2);
  expect((await run('prompts', 'approve', 'x', '--account', '1')).code).toBe(2);
  const own = await run('prompts', 'approve', '1', '--account', String(accountId));
  expect([own.code, own.stderr]).toEqual([1, expect.stringContaining('operations')]);
});
