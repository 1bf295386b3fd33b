/**
 * Gets a real Asterisk, SIPp, espeak-ng and sox from Debian without installing anything: an apt of our own,
 * with its own lists and cache, downloads them with all they need and checks Debian's signatures; only the
 * files that are used are kept, and run by Debian's own loader, whatever this machine's C library is.
 */
import { execFile } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { executableOnPath } from '../local/temporal-binary.ts';
import { Trouble } from '../local/trouble.ts';

const run = promisify(execFile);
const MODULES_CONF = fileURLToPath(new URL('./asterisk/modules.conf', import.meta.url));
const KEYRINGS = ['debian-archive-keyring.gpg', 'debian-archive-keyring.pgp'].map((name) =>
  join('/usr/share/keyrings', name),
);
/** Asterisk is not in every Debian release: the first of these that has version 22 or later is taken. */
const SUITES = ['forky', 'sid', 'stable'];
const OLDEST_ASTERISK = 22;
const PACKAGES = ['asterisk', 'asterisk-core-sounds-en-gsm', 'sip-tester', 'espeak-ng', 'sox'];
/** What those packages name as needed and none of the kept files does. */
const UNUSED =
  /^(perl|libperl|python3|libpython3|openssl_|debconf|adduser|passwd|asterisk-config|gnupg|gpg|dirmngr)/;
/** Loaded by name when names are looked up, so no file says that it needs them. */
const LOADED_BY_NAME = ['libnss_files.so.2', 'libnss_dns.so.2', 'libresolv.so.2'];
const STEP_LIMIT_MS = 10 * 60_000;

/** By Node's name of the processor: Debian's, its folder of libraries, and its loader. */
const PROCESSORS: Record<string, { debian: string; triplet: string; loader: string }> = {
  x64: { debian: 'amd64', triplet: 'x86_64-linux-gnu', loader: 'ld-linux-x86-64.so.2' },
  arm64: { debian: 'arm64', triplet: 'aarch64-linux-gnu', loader: 'ld-linux-aarch64.so.1' },
};
type Processor = (typeof PROCESSORS)[string];

/** What decides the content of a kit: a change of it is another kit. */
export function recipeText(): string {
  return readFileSync(fileURLToPath(import.meta.url), 'utf8') + readFileSync(MODULES_CONF, 'utf8');
}

/** Names of Asterisk's modules in the order of `modules.conf`, without their ending. */
function moduleNames(): string[] {
  return [...readFileSync(MODULES_CONF, 'utf8').matchAll(/^(?:load|require)=(\w+)\.so$/gm)].map(
    (match) => match[1] ?? '',
  );
}

/**
 * Makes a whole kit in `dest`, working in `work`; both exist and are empty.
 * @param say told in a line each what is being done
 * @throws Trouble naming what is missing on this machine, or what apt said
 */
export async function fetchInto(dest: string, work: string, say: (line: string) => void): Promise<void> {
  const processor = checkMachine();
  const mirrors = await debianMirrors(processor);
  const { suite } = await download({ work, mirrors, processor, say });
  say('Unpacking Asterisk ...');
  const root = join(work, 'root');
  await unpack(join(work, 'cache/archives'), root);
  await keepWhatIsUsed(root, dest, processor);
  const { stdout } = await run(join(dest, 'asterisk'), ['-V']);
  writeFileSync(join(dest, 'VERSION'), `${stdout.trim()} (Debian ${suite})\n`);
}

/** Why there can be no kit on this machine; undefined when nothing speaks against trying. */
export function whyNot(): string | undefined {
  try {
    checkMachine();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function checkMachine(): Processor {
  const processor = PROCESSORS[process.arch];
  const needs = 'a real Asterisk can be fetched on Debian and its relatives, on amd64 and arm64';
  if (process.platform !== 'linux' || !processor) {
    throw new Trouble(`${needs}; this is ${process.platform} on ${process.arch}. Use docker compose instead`);
  }
  for (const program of ['apt-get', 'dpkg-deb']) {
    if (!executableOnPath(program))
      throw new Trouble(`${needs}; ${program} is not here. Use docker compose instead`);
  }
  if (!keyring()) {
    throw new Trouble(
      "Debian's keys are not on this machine; install them with `apt-get install debian-archive-keyring`",
    );
  }
  return processor;
}

function keyring(): string | undefined {
  return KEYRINGS.find((path) => existsSync(path));
}

/** Where this machine's own apt gets packages from, archives of security fixes last: they hold no whole release. */
async function debianMirrors(processor: Processor): Promise<string[]> {
  if (process.env.CLARION_DEBIAN_MIRROR) return [process.env.CLARION_DEBIAN_MIRROR];
  const args = ['indextargets', '--no-release-info', '--format', '$(REPO_URI)', 'Created-By: Packages'];
  const { stdout } = await run('apt-get', ['-o', `APT::Architecture=${processor.debian}`, ...args]);
  const mirrors = [...new Set(stdout.split('\n').filter((line) => line !== ''))].map((uri) =>
    uri.replace(/\/$/, ''),
  );
  if (mirrors.length === 0)
    throw new Trouble(
      'apt knows no mirror on this machine; set CLARION_DEBIAN_MIRROR to the URL of a Debian archive',
    );
  const isSecurity = (uri: string) => (/security/.test(uri) ? 1 : 0);
  return mirrors.sort((a, b) => isSecurity(a) - isSecurity(b));
}

interface Download {
  work: string;
  mirrors: string[];
  processor: Processor;
  say: (line: string) => void;
}

/** Downloads the packages with all they need from the first mirror and release that have them. */
async function download(options: Download): Promise<{ suite: string }> {
  const reasons: string[] = [];
  for (const mirror of options.mirrors) {
    for (const suite of SUITES) {
      options.say(`Fetching Asterisk from Debian ${suite} (about 60 MB, once) ...`);
      const reason = await downloadFrom(mirror, suite, options);
      if (reason === undefined) return { suite };
      reasons.push(`${suite}: ${reason}`);
    }
  }
  throw new Trouble(
    `Asterisk could not be fetched from Debian (${[...new Set(reasons)].join('; ')}). See whether ` +
      '`apt-get update` works on this machine, or set CLARION_DEBIAN_MIRROR to the URL of a Debian archive',
  );
}

/** @returns why it did not work, if so */
async function downloadFrom(mirror: string, suite: string, options: Download): Promise<string | undefined> {
  const { work, processor } = options;
  const env = { ...process.env, APT_CONFIG: writeAptConfig(work, mirror, suite, processor) };
  const apt = (program: string, ...args: string[]) =>
    run(program, args, { env, timeout: STEP_LIMIT_MS, maxBuffer: 64 * 1024 * 1024 });
  try {
    await apt('apt-get', '-qq', '--error-on=any', 'update');
    const { stdout } = await apt('apt-cache', 'show', '--no-all-versions', 'asterisk');
    const version = /^Version: (?:\d+:)?(\d+)/m.exec(stdout)?.[1];
    if (Number(version) < OLDEST_ASTERISK) return `its Asterisk is version ${version}`;
    await apt('apt-get', '-qq', '-y', '--download-only', 'install', ...PACKAGES);
    return undefined;
  } catch (error) {
    return lastComplaint(error);
  }
}

function lastComplaint(error: unknown): string {
  const words = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  const lines = words.split('\n').filter((line) => line.trim() !== '');
  // What failed first says more than what came of it.
  const line = lines.find((text) =>
    /failed to fetch|not found|unable to locate|not signed|NO_PUBKEY/i.test(text),
  );
  // Mirrors' names may carry passwords.
  return (line ?? lines.at(-1) ?? 'it ended without a word').trim().replace(/\/\/[^/\s]*@/g, '//');
}

/** The whole of apt's state inside `work`; nothing of the machine's own is read but its keys. */
function writeAptConfig(work: string, mirror: string, suite: string, { debian }: Processor): string {
  for (const dir of ['lists/partial', 'cache/archives/partial', 'etc/apt.conf.d', 'etc/preferences.d']) {
    mkdirSync(join(work, dir), { recursive: true });
  }
  writeFileSync(join(work, 'status'), '');
  const config = {
    'Dir::Etc': join(work, 'etc'),
    'Dir::Etc::sourcelist': join(work, 'etc/sources.list'),
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::State': work,
    'Dir::State::lists': join(work, 'lists'),
    'Dir::State::status': join(work, 'status'),
    'Dir::Cache': join(work, 'cache'),
    'Dir::Cache::archives': join(work, 'cache/archives'),
    'APT::Architecture': debian,
    'APT::Architectures': debian,
    'APT::Install-Recommends': 'false',
    'APT::Sandbox::User': '',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '3',
    // A mirror that is a little behind, or a machine whose clock is ahead, is no reason to have no telephone.
    'Acquire::Check-Valid-Until': 'false',
    'Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled': 'false',
    'Debug::NoLocking': 'true',
  };
  const path = join(work, 'apt.conf');
  writeFileSync(
    path,
    Object.entries(config)
      .map(([name, value]) => `${name} "${value}";\n`)
      .join(''),
  );
  writeFileSync(
    join(work, 'etc/sources.list'),
    `deb [arch=${debian} signed-by=${keyring()}] ${mirror} ${suite} main\n`,
  );
  return path;
}

async function unpack(archives: string, root: string): Promise<void> {
  mkdirSync(root, { recursive: true });
  const packages = readdirSync(archives).filter((name) => name.endsWith('.deb') && !UNUSED.test(name));
  for (const name of packages) await run('dpkg-deb', ['-x', join(archives, name), root]);
}

/** Copies programs, modules, the libraries they name, and data. */
async function keepWhatIsUsed(root: string, dest: string, { triplet, loader }: Processor): Promise<void> {
  const libraries = join(root, 'usr/lib', triplet);
  const bin = join(root, 'usr/bin');
  const asteriskModules = join(libraries, 'asterisk/modules');
  for (const dir of ['bin', 'lib', 'modules', 'share/asterisk/sounds'])
    mkdirSync(join(dest, dir), { recursive: true });
  const take = (from: string, to: string) =>
    cpSync(from, join(dest, to), { recursive: true, dereference: true });
  const programs = {
    asterisk: join(root, 'usr/sbin/asterisk'),
    sipp: join(bin, 'sipp'),
    'espeak-ng': join(bin, 'espeak-ng'),
    sox: join(bin, 'sox'),
  };
  const modules = moduleNames().map((name) => join(asteriskModules, `${name}.so`));
  for (const [name, path] of Object.entries(programs)) take(path, `bin/${name}`);
  for (const path of modules) take(path, `modules/${basename(path)}`);

  const loaderPath = join(root, 'usr/lib', triplet, loader);
  const folders = await libraryFolders(root, libraries);
  for (const path of await namedLibraries(loaderPath, folders, [...Object.values(programs), ...modules])) {
    take(path, `lib/${basename(path)}`);
  }
  for (const name of LOADED_BY_NAME.filter((name) => existsSync(join(libraries, name)))) {
    take(join(libraries, name), `lib/${name}`);
  }
  take(loaderPath, 'lib/ld.so');
  const share = join(root, 'usr/share/asterisk');
  for (const name of ['rest-api', 'documentation']) take(join(share, name), `share/asterisk/${name}`);
  take(join(share, 'sounds/en_US_f_Allison'), 'share/asterisk/sounds/en');
  take(join(libraries, 'espeak-ng-data'), 'share/espeak-ng-data');
  take(join(root, 'usr/share/sip-tester'), 'share/sipp');
  for (const name of Object.keys(programs)) writeLauncher(dest, name);
}

/** Every folder with libraries in it: some packages keep theirs in one of their own. The common one first. */
async function libraryFolders(root: string, common: string): Promise<string[]> {
  const { stdout } = await run('find', [join(root, 'usr/lib'), '-name', 'lib*.so*', '-printf', '%h\n'], {
    maxBuffer: 16 * 1024 * 1024,
  });
  return [...new Set([common, ...stdout.split('\n').filter((line) => line !== '')])];
}

/** Paths of every library that these files name, and those name in turn. */
async function namedLibraries(loader: string, folders: string[], files: string[]): Promise<Set<string>> {
  const paths = new Set<string>();
  const env = { ...process.env, LD_LIBRARY_PATH: '' };
  for (const file of files) {
    const { stdout } = await run(loader, ['--library-path', folders.join(':'), '--list', file], { env });
    const missing = /^\s*(\S+) => not found/m.exec(stdout)?.[1];
    if (missing) throw new Trouble(`${basename(file)} needs ${missing}, which Debian did not name`);
    for (const match of stdout.matchAll(/=> (\/\S+)/g)) if (match[1]) paths.add(match[1]);
  }
  return paths;
}

/** A program in a kit is started by a script beside it, which finds its libraries wherever the kit lies. */
function writeLauncher(dest: string, name: string): void {
  const lines = [
    '#!/bin/sh',
    'd=$(dirname "$(readlink -f "$0")")',
    // Hundreds of calls hold thousands of sockets.
    'ulimit -n 65536 2>/dev/null || ulimit -n "$(ulimit -Hn)"',
    'export ESPEAK_DATA_PATH="$d/share"',
    `exec "$d/lib/ld.so" --library-path "$d/lib" "$d/bin/${name}" "$@"`,
  ];
  writeFileSync(join(dest, name), `${lines.join('\n')}\n`);
  chmodSync(join(dest, name), 0o755);
}
