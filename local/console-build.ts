/**
 * The console of a local stack: built when it is missing or its sources are others than those it was made from, into
 * `dist/console`, beside whatever is being served until it is whole.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Where the built console lies. */
export const CONSOLE_DIR = join(ROOT, 'dist/console');
const VITE = join(ROOT, 'node_modules/vite/bin/vite.js');
/** Everything of ours that ends up in it; packages count by the lock file. */
const SOURCES = ['web', 'client', 'domain', 'package.json', 'package-lock.json'];
const STAMP = 'built-from';
const LIMIT_MS = 5 * 60_000;

function sourcesHash(): string {
  const hash = createHash('sha256');
  const add = (path: string): void => {
    const whole = join(ROOT, path);
    if (!existsSync(whole)) return;
    if (/\.(tsx?|css|html|svg|js|json)$/.test(path)) hash.update(path).update(readFileSync(whole));
    else for (const name of readdirSync(whole).sort()) add(`${path}/${name}`);
  };
  for (const path of SOURCES) add(path);
  return hash.digest('hex');
}

/** Two starts at once each build in a folder of their own, and the last one stays. */
async function build(sources: string): Promise<void> {
  const work = `${CONSOLE_DIR}.${process.pid}`;
  try {
    const args = [VITE, 'build', '--config', 'web/vite.config.ts', '--logLevel', 'error', '--outDir', work];
    await run(process.execPath, args, {
      cwd: ROOT,
      timeout: LIMIT_MS,
      env: { ...process.env, NODE_ENV: 'production' },
    });
    writeFileSync(join(work, STAMP), sources);
    rmSync(CONSOLE_DIR, { recursive: true, force: true });
    renameSync(work, CONSOLE_DIR);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * Makes `dist/console` what the sources say. Never throws: the stack runs without a console, too, and says why.
 * @param say told in a line each what is being done
 */
export async function ensureConsole(say: (line: string) => void): Promise<void> {
  const sources = sourcesHash();
  const stamp = join(CONSOLE_DIR, STAMP);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return;
  if (!existsSync(VITE)) {
    say('The console is not built: the packages of development are missing (`npm install` gets them)');
    return;
  }
  say('Building the console (once for each version; some seconds) ...');
  try {
    await build(sources);
  } catch (error) {
    const words = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    say(`The console could not be built; the rest runs without it:\n${words.trim().slice(0, 2000)}`);
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await ensureConsole((line) => console.log(line));
}
