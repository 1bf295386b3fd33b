/**
 * What `npm start` runs: installs what a fresh clone lacks, then starts the stack in this same process.
 * Plain JavaScript without packages, because there are none yet.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = [20, 19];
const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = `${root}node_modules/.clarion-installed`;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
  console.error(
    `Clarion needs Node.js ${OLDEST_NODE.join('.')} or later (24 is best); this is ${process.versions.node}`,
  );
  process.exit(1);
}
const strange = process.argv.slice(2).find((argument) => !['--no-demo', '--telephony'].includes(argument));
if (strange !== undefined) {
  console.error(`${strange} is not an option of \`npm start\`; there is one: npm start -- --no-demo`);
  process.exit(1);
}
if (isIncomplete()) install();

const { register } = await import('tsx/esm/api');
register();
await import('./main.ts');

/** Changes when other packages are wanted than those that were installed. */
function wanted() {
  return createHash('sha256')
    .update(readFileSync(`${root}package.json`))
    .digest('hex');
}

/** Packages that somebody installed by hand are taken as they are, so long as none is missing. */
function isIncomplete() {
  const { dependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  const missing = Object.keys(dependencies).some(
    (name) => !existsSync(`${root}node_modules/${name}/package.json`),
  );
  return missing || (existsSync(stamp) && readFileSync(stamp, 'utf8') !== wanted());
}

/** Not `npm ci`: it demands every platform's packages of every registry. */
function install() {
  console.log('Installing packages (once; about a minute) ...');
  const npm = process.env.npm_execpath;
  const args = ['install', '--no-audit', '--no-fund'];
  const options = { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' };
  const done = npm
    ? spawnSync(process.execPath, [npm, ...args], { ...options, shell: false })
    : spawnSync('npm', args, options);
  if (done.status === 0) {
    writeFileSync(stamp, wanted());
    return;
  }
  if (done.signal === null)
    console.error(
      'The packages could not be installed; npm says why above. Try again, or run `npm install` yourself',
    );
  process.exit(1);
}
