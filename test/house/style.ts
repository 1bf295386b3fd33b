/** Rules of style that a formatter does not know: each a name, and the lines that break it. */
import ts from 'typescript';
import type { Broken } from './import-law.ts';

/** The aim is 300; beyond this nobody reads a file as one thing. */
const LONGEST_FILE_LINES = 400;

/** Configuration files that their tools want a default export of. */
const DEFAULT_EXPORTS = [
  'vitest.config.ts',
  'drizzle.config.ts',
  'web/vite.config.ts',
  'test/support/global-setup.ts',
];

/** Written in two halves, so that this file holds none of them. */
const FORBIDDEN: [RegExp, string][] = [
  [new RegExp(`@ts-${'ignore'}|@ts-${'nocheck'}`), 'silences the type checker'],
  [
    new RegExp(`\\b(${['TO', 'FIX'].map((start) => start + (start === 'TO' ? 'DO' : 'ME')).join('|')})\\b`),
    'leaves work for later',
  ],
  [/biome-ignore(?!.*:\s*\S)/, 'silences the linter without a reason'],
];

/** @param path from the root of the project, with `/` */
export function brokenStyle(path: string, text: string): Broken[] {
  const broken: Broken[] = [];
  const say = (line: number, message: string) => broken.push({ file: path, line, message });
  // A test's titles say what it is about.
  if (!path.endsWith('.test.ts') && !/^(#!.*\n)?\s*(\/\*\*|\/\/)/.test(text))
    say(1, 'does not open with a comment on what it owns and why');
  const lines = text.split('\n');
  if (lines.length > LONGEST_FILE_LINES) say(lines.length, `is longer than ${LONGEST_FILE_LINES} lines`);
  if (/(^|\/)(utils?|helpers?)(\/|\.)/.test(path)) say(1, 'is named for nothing: say what it is about');
  lines.forEach((line, index) => {
    for (const [pattern, message] of FORBIDDEN) if (pattern.test(line)) say(index + 1, message);
  });
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const lineOf = (node: ts.Node) => tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) say(lineOf(node), 'says `any`');
    if (ts.isNonNullExpression(node)) say(lineOf(node), 'asserts with `!`');
    if (isDefaultExport(node) && !DEFAULT_EXPORTS.includes(path)) say(lineOf(node), 'exports by default');
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return broken;
}

function isDefaultExport(node: ts.Node): boolean {
  if (ts.isExportAssignment(node)) return true;
  return (
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node) ?? []).some((one) => one.kind === ts.SyntaxKind.DefaultKeyword)
  );
}
