/**
 * Finds a Chromium for the browser tests, or gets one: CLARION_CHROMIUM, one that is installed, one got earlier, or the
 * one that the npm package `@sparticuz/chromium` carries whole, with the libraries it needs, into the cache folder.
 */
import { execFile } from 'node:child_process';
import {
  createReadStream,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';
import { waitForLock } from '../../../local/lock.ts';
import { cacheDir, executableOnPath, isExecutable } from '../../../local/temporal-binary.ts';
import { Trouble } from '../../../local/trouble.ts';

const run = promisify(execFile);
/** The last one whose package says that it may be installed by Node 20. */
const PACKAGE = '@sparticuz/chromium@143.0.4';
const STEP_LIMIT_MS = 10 * 60_000;
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

export interface Chromium {
  executablePath: string;
  /** On top of this process's own. */
  env: Record<string, string>;
}

/**
 * @param say told in a line what takes time
 * @throws Trouble when there is none and none can be had
 */
export async function findChromium(say: (line: string) => void): Promise<Chromium> {
  const given = process.env.CLARION_CHROMIUM;
  const installed =
    given ??
    [...NAMES.map((name) => executableOnPath(name)), ...ELSEWHERE].find((path) => path && isExecutable(path));
  if (installed) return { executablePath: installed, env: {} };
  const dir = join(cacheDir(), PACKAGE.replace(/^@.*\/(.*)@/, '$1-'));
  const found: Chromium = {
    executablePath: join(dir, 'chromium'),
    env: { LD_LIBRARY_PATH: join(dir, 'lib'), FONTCONFIG_PATH: dir },
  };
  if (isExecutable(found.executablePath)) return found;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Trouble('there is no Chromium: install Chrome or Chromium, or name one in CLARION_CHROMIUM');
  }
  mkdirSync(cacheDir(), { recursive: true });
  const release = await waitForLock(`${dir}.lock`, 'getting Chromium', say);
  try {
    // Another test may have got it while this one waited.
    if (!isExecutable(found.executablePath)) {
      say('Getting Chromium (about 65 MB, once) ...');
      await get(dir);
    }
    return found;
  } finally {
    release();
  }
}

/** Into a folder of its own, renamed when whole: a half one is never run. */
async function get(dir: string): Promise<void> {
  const work = mkdtempSync(`${dir}.getting-`);
  try {
    const options = ['--prefix', work, '--no-audit', '--no-fund', '--no-save', '--ignore-scripts'];
    await run('npm', ['install', ...options, PACKAGE], { timeout: STEP_LIMIT_MS });
    const bin = join(work, 'node_modules/@sparticuz/chromium/bin');
    const whole = join(work, 'whole');
    mkdirSync(whole);
    await unpack(join(bin, 'chromium.br'), join(whole, 'chromium'));
    await chmod(join(whole, 'chromium'), 0o755);
    for (const name of ['al2023', 'fonts']) {
      const tar = join(work, `${name}.tar`);
      await unpack(join(bin, `${name}.tar.br`), tar);
      await run('tar', ['-xf', tar, '-C', whole]);
    }
    // Its own file says where the folder lay that it was made for.
    writeFileSync(
      join(whole, 'fonts.conf'),
      `<fontconfig><dir>${join(dir, 'fonts')}</dir><cachedir>${join(dir, 'font-cache')}</cachedir></fontconfig>\n`,
    );
    rmSync(dir, { recursive: true, force: true });
    renameSync(whole, dir);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new Trouble(
      `there is no Chromium and it could not be got (${reason}). Install one, or name it in CLARION_CHROMIUM`,
    );
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const unpack = (from: string, to: string): Promise<void> =>
  pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { executablePath, env } = await findChromium((line) => console.log(line));
  const { stdout } = await run(executablePath, ['--version', '--no-sandbox'], {
    env: { ...process.env, ...env },
  });
  console.log(`${executablePath}: ${stdout.trim()}`);
}
