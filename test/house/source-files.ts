/** The project's own source: what git knows or would take, so nothing built or downloaded is judged. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface SourceFile {
  /** From the root of the project, with `/`. */
  path: string;
  text: string;
}

/** Every TypeScript file, generated ones (`*.gen.ts`) excepted. */
export function sourceFiles(): SourceFile[] {
  return projectPaths()
    .filter((path) => /\.(m?ts|tsx)$/.test(path) && !path.endsWith('.gen.ts'))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

/** An archive of the project without git's folder is searched instead. */
export function projectPaths(): string[] {
  try {
    const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return listed.split('\0').filter((path) => path !== '' && existsSync(join(ROOT, path)));
  } catch {
    return search('');
  }
}

function search(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', '.git', '.clarion', '.cache', 'dist', 'coverage'].includes(entry.name)) return [];
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? search(path) : [path];
  });
}
