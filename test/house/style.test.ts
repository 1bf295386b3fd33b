/** The house's style, held by every file, and shown to catch those who break it. */
import { describe, expect, test } from 'vitest';
import { sourceFiles } from './source-files.ts';
import { brokenStyle } from './style.ts';

test('every file keeps the style of the house', () => {
  const broken = sourceFiles().flatMap(({ path, text }) => brokenStyle(path, text));
  expect(broken.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([]);
});

describe('the check itself', () => {
  const opening = '/** A file. */\n';
  test.each([
    ['domain/a.ts', 'const a = 1;\n', 'open with a comment'],
    ['domain/utils/a.ts', opening, 'named for nothing'],
    ['domain/helpers.ts', opening, 'named for nothing'],
    ['domain/a.ts', `${opening}const a = 1 as any;\n`, 'says `any`'],
    ['domain/a.ts', `${opening}const a = b!;\n`, 'asserts'],
    ['domain/a.ts', `${opening}export default 1;\n`, 'by default'],
    ['domain/a.ts', `${opening}export default function a() {}\n`, 'by default'],
    ['domain/a.ts', `${opening}// ${'TO'}DO later\n`, 'for later'],
    ['domain/a.ts', `${opening}// @ts-${'ignore'}\n`, 'type checker'],
    ['domain/a.ts', opening + '\n'.repeat(500), 'longer'],
  ])('finds what is wrong in %s (%#)', (path, text, said) => {
    const broken = brokenStyle(path, text);
    expect(broken.map(({ message }) => message)).toHaveLength(1);
    expect(broken[0]?.message).toContain(said);
  });

  test('has nothing against a file that keeps it', () => {
    expect(brokenStyle('domain/many.ts', `${opening}export const many = 1; // company, 'any'\n`)).toEqual([]);
  });
});
