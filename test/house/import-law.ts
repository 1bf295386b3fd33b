/** Which folder may import what, and how to find the imports that break it. The law is told in docs/architecture.md. */
import { dirname, posix } from 'node:path';
import ts from 'typescript';

/** What the files of a folder may import, besides their own folder. A path ends with `/` for a whole folder. */
interface Room {
  /** A folder (`domain/`) or a file (`api/main.ts`); the longest that fits a file counts. */
  of: string;
  own: string[];
  /** Packages and `node:` modules; `*` is any. Types may come from anywhere. */
  packages: string[];
}

/** Pure computation over tables of numbers, zones and countries: no I/O, no clock. */
const PURE = ['libphonenumber-js', 'luxon', 'countries-and-timezones'];

export const ROOMS: Room[] = [
  { of: 'domain/', own: [], packages: ['zod', ...PURE] },
  // The sandbox's own package, and nothing that does anything.
  { of: 'workflows/', own: ['domain/'], packages: ['@temporalio/workflow', '@temporalio/common'] },
  { of: 'db/', own: ['domain/'], packages: ['*'] },
  { of: 'providers/', own: ['domain/', 'log.ts'], packages: ['*'] },
  {
    of: 'activities/',
    own: ['domain/', 'db/', 'providers/', 'workflows/contract.ts', 'log.ts'],
    packages: ['*'],
  },
  {
    of: 'api/',
    own: ['domain/', 'db/', 'providers/storage/storage.ts', 'workflows/contract.ts', 'log.ts'],
    packages: ['*'],
  },
  { of: 'client/', own: [], packages: ['*'] },
  { of: 'cli/', own: ['client/'], packages: ['*'] },
  // Runs in browsers: what it knows of the server is the client, and the flow language, which is pure.
  {
    of: 'web/',
    own: ['client/', 'domain/flow/', 'domain/policy.ts', 'domain/template.ts'],
    packages: [
      ...['react', 'react-dom', '@mantine/core', '@mantine/dates', '@mantine/dropzone', '@mantine/hooks'],
      ...[
        '@mantine/notifications',
        '@tanstack/react-query',
        '@tanstack/react-router',
        '@tanstack/react-virtual',
      ],
      ...['@primer/octicons-react', '@xyflow/react', '@dagrejs/dagre', 'recharts', 'uqr', 'zod'],
    ],
  },
  { of: 'web/vite.config.ts', own: [], packages: ['*'] },
  // Looks at this machine's stack, for which there is no server to ask.
  { of: 'cli/commands/doctor.ts', own: ['cli/', 'local/doctor.ts'], packages: ['*'] },
  // Where everything is put together or tried out, anything may be imported.
  ...['api/main.ts', 'worker/', 'local/', 'telephony/', 'test/', 'bench/', 'chaos/'].map((of) => ({
    of,
    own: ['*'],
    packages: ['*'],
  })),
  // Settings and logs are handed in by the mains: the files themselves need no room of ours.
  ...['config.ts', 'log.ts', 'vitest.config.ts', 'drizzle.config.ts'].map((of) => ({
    of,
    own: [],
    packages: ['*'],
  })),
];

/** config.ts reads the environment: for the processes that are started, nobody else. */
const MAINS = ['worker/main.ts', 'api/main.ts', 'local/', 'test/', 'bench/', 'chaos/'];

export interface Broken {
  file: string;
  line: number;
  message: string;
}

/**
 * @param file path from the root of the project, with `/`
 * @param source the file's text
 */
export function brokenImports(file: string, source: string): Broken[] {
  const room = roomOf(file);
  if (!room)
    return [{ file, line: 1, message: 'is in no room of the house: add it to test/house/import-law.ts' }];
  return importsOf(file, source).flatMap(({ line, target, typeOnly }) => {
    const message = target.startsWith('.')
      ? ownLaw(room, file, target, typeOnly)
      : packageLaw(room, target, typeOnly);
    return message ? [{ file, line, message }] : [];
  });
}

function roomOf(file: string): Room | undefined {
  return ROOMS.filter(({ of }) => (of.endsWith('/') ? file.startsWith(of) : file === of)).sort(
    (a, b) => b.of.length - a.of.length,
  )[0];
}

function ownLaw(room: Room, file: string, target: string, typeOnly: boolean): string | undefined {
  const path = posix.normalize(posix.join(dirname(file), target));
  if (!/\.(tsx?|mts|mjs|json|css)$/.test(path)) return `imports '${target}' without its ending`;
  if (path === 'config.ts' && !typeOnly && !MAINS.some((main) => fits(main, file))) {
    return 'imports config.ts, which only the mains may read';
  }
  const home = room.of.endsWith('/') ? [room.of] : [];
  if ([...home, ...room.own].some((allowed) => allowed === '*' || fits(allowed, path))) return undefined;
  // Workflows may name the types of what they ask for; types are gone before they run.
  if (room.of.startsWith('workflows/') && typeOnly && path.startsWith('activities/')) return undefined;
  return `imports ${path}: ${room.of} may import ${[...home, ...room.own].join(', ') || 'no file of ours'}`;
}

function packageLaw(room: Room, target: string, typeOnly: boolean): string | undefined {
  const name = target.startsWith('@')
    ? target.split('/').slice(0, 2).join('/')
    : (target.split('/')[0] ?? target);
  if (typeOnly || room.packages.includes('*') || room.packages.includes(name)) return undefined;
  return `imports '${target}': ${room.of} may import ${room.packages.join(', ')}`;
}

function fits(allowed: string, path: string): boolean {
  return allowed.endsWith('/') ? path.startsWith(allowed) : path === allowed;
}

/** Every module a file names: import, export from, import() and import types. */
function importsOf(file: string, source: string): { line: number; target: string; typeOnly: boolean }[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const found: { line: number; target: string; typeOnly: boolean }[] = [];
  const note = (node: ts.Node, target: ts.Node | undefined, typeOnly: boolean) => {
    if (!target || !ts.isStringLiteralLike(target)) return;
    const line = tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
    found.push({ line, target: target.text, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      note(node, node.moduleSpecifier, node.importClause?.isTypeOnly ?? false);
    else if (ts.isExportDeclaration(node)) note(node, node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node))
      note(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      note(node, node.arguments[0], false);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}
