/**
 * Finds the `temporal` program, whose `server start-dev` is the embedded Temporal server, or gets it. npm
 * carries none, so in this order: one on PATH, one cached earlier, the download of Temporal's SDK (needs
 * their site), a build by Go (needs a Go module proxy and about four minutes, once).
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { waitForLock } from './lock.ts';
import { Trouble } from './trouble.ts';

/** The newest version that `go install` can build: later ones have replace directives in their go.mod. */
export const TEMPORAL_CLI_VERSION = '1.5.1';
/** The first server with fairness keys, which share slots between accounts. */
const OLDEST_SERVER = [1, 29] as const;
/** Folders in which something is being got. */
const GETTING = '.getting-';
const STEP_LIMIT_MS = 30 * 60_000;

/** Folder for what is slow to get and the same for every project on this machine. */
export function cacheDir(env: NodeJS.ProcessEnv = process.env): string {
  return env.CLARION_CACHE_DIR || join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'clarion');
}

/**
 * @param say told in a line each what is being done when it takes time
 * @returns the path of a program that runs
 * @throws Trouble when there is none and none can be had
 */
export async function findTemporal(say: (line: string) => void): Promise<string> {
  const onPath = executableOnPath('temporal');
  if (onPath && (await isNewEnough(onPath, say))) return onPath;
  const bin = join(cacheDir(), 'bin');
  const cached = join(bin, `temporal-${TEMPORAL_CLI_VERSION}`);
  if (isExecutable(cached)) return cached;
  mkdirSync(bin, { recursive: true });
  const release = await waitForLock(`${cached}.lock`, 'getting the Temporal server', say);
  try {
    // Another start may have got it while this one waited.
    if (isExecutable(cached)) return cached;
    return await acquire(bin, cached, say);
  } finally {
    release();
  }
}

/** Gets the program into a folder of its own and renames it when whole: a half one is never run. */
async function acquire(bin: string, cached: string, say: (line: string) => void): Promise<string> {
  // Whoever left one behind was killed: we hold the lock.
  for (const name of readdirSync(bin).filter((entry) => entry.startsWith(GETTING))) {
    rmSync(join(bin, name), { recursive: true, force: true });
  }
  const work = mkdtempSync(join(bin, GETTING));
  const reasons: string[] = [];
  try {
    for (const [what, get] of [
      ["Downloading Temporal's development server", download],
      [`Building Temporal ${TEMPORAL_CLI_VERSION} with Go (about four minutes, once)`, build],
    ] as const) {
      const stop = sayElapsed(what, say);
      const got = await get(work).finally(stop);
      if ('path' in got) {
        renameSync(got.path, cached);
        return cached;
      }
      reasons.push(got.reason);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  throw new Trouble(
    `no Temporal server: there is no \`temporal\` on PATH and it could be neither downloaded nor built ` +
      `(${reasons.join('; ')}). Install the Temporal CLI or Go 1.24 or later, or set TEMPORAL_ADDRESS to a server that runs`,
  );
}

type Got = { path: string } | { reason: string };

/** The SDK knows how to download; it runs in a process of its own because its runtime takes over signals. */
async function download(work: string): Promise<Got> {
  const script = fileURLToPath(new URL('./temporal-download.mjs', import.meta.url));
  const reason = await run(spawn(process.execPath, [script, work], { stdio: ['ignore', 'ignore', 'pipe'] }));
  const name = readdirSync(work).find(
    (file) => file.startsWith('temporal-') && isExecutable(join(work, file)),
  );
  if (reason === undefined && name) return { path: join(work, name) };
  return {
    reason: /dns|connect|request/i.test(reason ?? '')
      ? 'no connection for the download'
      : 'the download failed',
  };
}

async function build(work: string): Promise<Got> {
  if (!executableOnPath('go')) return { reason: 'Go is not installed' };
  const env = {
    ...process.env,
    GOBIN: work,
    // No C compiler needed; and Go refuses to work without a home for its caches.
    CGO_ENABLED: '0',
    ...(process.env.HOME ? {} : { GOPATH: join(work, 'go'), GOCACHE: join(work, 'go-cache') }),
  };
  const target = `github.com/temporalio/cli/cmd/temporal@v${TEMPORAL_CLI_VERSION}`;
  const reason = await run(spawn('go', ['install', target], { env, stdio: ['ignore', 'ignore', 'pipe'] }));
  if (reason === undefined) return { path: join(work, 'temporal') };
  return { reason: `\`go install ${target}\` failed: ${reason}` };
}

/** @returns undefined when the process ended well, else the last line it complained with */
async function run(child: ChildProcess): Promise<string | undefined> {
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-4000);
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), STEP_LIMIT_MS);
  const stopWithUs = () => child.kill('SIGKILL');
  process.once('exit', stopWithUs);
  const code = await new Promise<number | string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (status, signal) => resolve(status ?? signal ?? 'ended'));
  });
  clearTimeout(timer);
  process.off('exit', stopWithUs);
  return code === 0 ? undefined : complaint.trim().split('\n').at(-1) || String(code);
}

function sayElapsed(what: string, say: (line: string) => void): () => void {
  const began = Date.now();
  say(`${what} ...`);
  const timer = setInterval(() => say(`${what} ... ${Math.round((Date.now() - began) / 1000)} s`), 15_000);
  return () => clearInterval(timer);
}

async function isNewEnough(program: string, say: (line: string) => void): Promise<boolean> {
  try {
    const { stdout } = await promisify(execFile)(program, ['--version'], { timeout: 20_000 });
    const server = /Server (\d+)\.(\d+)/.exec(stdout);
    const [major, minor] = [Number(server?.[1] ?? 0), Number(server?.[2] ?? 0)];
    if (major > OLDEST_SERVER[0] || (major === OLDEST_SERVER[0] && minor >= OLDEST_SERVER[1])) return true;
    say(`The temporal on PATH is older than server ${OLDEST_SERVER.join('.')}; looking for another`);
  } catch {
    say('The temporal on PATH does not run; looking for another');
  }
  return false;
}

/** Where PATH finds a program, if it does. */
export function executableOnPath(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((dir) => dir !== '')
    .map((dir) => join(dir, name))
    .find(isExecutable);
}

/** Whether a file may be run. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
