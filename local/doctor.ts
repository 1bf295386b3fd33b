/**
 * What is wrong with a stack, and what to do about it. Looks at the stack of a data directory when there is
 * one (`local.json`), else at what the environment names; changes nothing unless asked to fix.
 */
import { accessSync, constants, existsSync, readFileSync, statfsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { telephonyAtHand } from '../telephony/kit.ts';
import type { Handover } from './data-dir.ts';
import { respondsOk, WORKED_QUEUES } from './parts.ts';
import { isFree } from './ports.ts';
import { postgresAnswers } from './postgres.ts';
import { schemaVersion } from './schema-version.ts';
import { missingSearchAttributes, polledQueues, registerSearchAttributes } from './temporal.ts';

const OLDEST_NODE = [20, 19] as const;
/** Histories, uploads and logs grow; below this a start is likely to end with a full disk. */
const LEAST_FREE_BYTES = 1024 ** 3;
const CHECK_LIMIT_MS = 15_000;

export interface Check {
  name: string;
  ok: boolean;
  /** What was found. */
  detail: string;
  /** What to do; present when the check failed. */
  fix?: string;
}

export interface DoctorOptions {
  env: Record<string, string | undefined>;
  /** Register missing search attributes. */
  fix: boolean;
}

interface Target {
  dataDir: string;
  /** A `local.json` that cannot be read. */
  damaged: string | undefined;
  running: boolean;
  databaseUrl: string | undefined;
  temporalAddress: string | undefined;
  namespace: string;
  url: string | undefined;
  inboxUrl: string | undefined;
  /** Telephone servers that the worker is told of, and how to sign in. */
  ari: { urls: string[]; user: string; password: string };
}

/** Makes every check, at the same time. Never throws: what cannot be checked has failed. */
export async function runDoctor(options: DoctorOptions): Promise<{ checks: Check[] }> {
  const target = findTarget(options.env);
  const checks = [
    check('Node.js', nodeVersion),
    check('Data directory', async () => dataDirectory(target)),
    check('Disk space', async () => diskSpace(target.dataDir)),
    check('Port', () => portFree(target, options.env.PORT)),
    check('PostgreSQL', () => database(target)),
    check('Temporal', () => temporal(target)),
    check('Search attributes', () => searchAttributes(target, options.fix)),
    check('Mail', () => mail(target)),
    check('Telephony', () => telephony(target, options.env)),
    check('API', () => api(target)),
    check('Workers', () => workers(target)),
  ];
  return { checks: await Promise.all(checks) };
}

type Finding = Omit<Check, 'name'>;
const good = (detail: string): Finding => ({ ok: true, detail });
const bad = (detail: string, fix: string): Finding => ({ ok: false, detail, fix });
const NOT_RUNNING = 'start the stack with `npm start`, or set the variable to a server that runs';

async function check(name: string, look: () => Promise<Finding>): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((done) => {
    timer = setTimeout(
      () => done(bad('no answer in time', 'see whether it runs and can be reached')),
      CHECK_LIMIT_MS,
    );
  });
  try {
    return { name, ...(await Promise.race([look(), late])) };
  } catch (error) {
    const detail = error instanceof Error ? error.message || error.name : String(error);
    return { name, ...bad(detail, 'see whether it runs and can be reached') };
  } finally {
    clearTimeout(timer);
  }
}

function findTarget(env: Record<string, string | undefined>): Target {
  const dataDir = resolve(env.CLARION_DATA_DIR || '.clarion');
  const path = join(dataDir, 'local.json');
  const local = readHandover(path);
  const known: Partial<Handover> = typeof local === 'object' ? local : {};
  return {
    dataDir,
    damaged: local === 'damaged' ? path : undefined,
    running: typeof local === 'object',
    databaseUrl: env.DATABASE_URL || known.databaseUrl,
    temporalAddress: env.TEMPORAL_ADDRESS || known.temporalAddress,
    namespace: env.TEMPORAL_NAMESPACE || 'default',
    url: env.CLARION_URL || known.url,
    inboxUrl: env.CLARION_SES_ENDPOINT || known.inboxUrl,
    ari: {
      urls: (env.CLARION_ASTERISK_URLS || known.ariUrl || '').split(',').filter((url) => url !== ''),
      user: env.CLARION_ASTERISK_USER || known.ariUser || 'clarion',
      password: env.CLARION_ASTERISK_PASSWORD || known.ariPassword || '',
    },
  };
}

function readHandover(path: string): Handover | 'damaged' | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Handover;
  } catch {
    return 'damaged';
  }
}

async function nodeVersion(): Promise<Finding> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const enough = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  if (enough) return good(`version ${process.versions.node}`);
  return bad(
    `version ${process.versions.node}`,
    `install Node.js ${OLDEST_NODE.join('.')} or later; 24 is best`,
  );
}

/** The folder itself, or the first one above it that exists, which it would be made in. */
function existing(path: string): string {
  let at = path;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  return at;
}

function dataDirectory({ dataDir: path, damaged }: Target): Finding {
  if (damaged)
    return bad(`${damaged} cannot be read`, 'remove it and start the stack again, which writes it anew');
  const at = existing(path);
  try {
    accessSync(at, constants.W_OK | constants.X_OK);
    return good(at === path ? path : `${path}, to be made`);
  } catch {
    return bad(
      `${at} cannot be written`,
      'set CLARION_DATA_DIR to a folder you may write, or change its owner',
    );
  }
}

function diskSpace(path: string): Finding {
  const { bavail, bsize } = statfsSync(existing(path));
  const free = bavail * bsize;
  const words = `${(free / 1024 ** 3).toFixed(1)} GiB free`;
  return free >= LEAST_FREE_BYTES
    ? good(words)
    : bad(words, 'free some space, or move CLARION_DATA_DIR to a larger disk');
}

async function portFree({ running }: Target, wanted: string | undefined): Promise<Finding> {
  if (running) return good('in use by the running stack');
  const port = Number(wanted || 8080);
  if (await isFree(port)) return good(`${port} is free`);
  if (!wanted) return good(`${port} is in use; \`npm start\` takes a free one`);
  return bad(`${port} is in use`, 'set PORT to another, or leave it unset for a free one');
}

async function database({ databaseUrl }: Target): Promise<Finding> {
  if (!databaseUrl) return bad('no DATABASE_URL, and no stack runs here', NOT_RUNNING);
  if (!(await postgresAnswers(databaseUrl))) {
    return bad(
      'no connection',
      'see whether the server runs, and whether DATABASE_URL has the right host, user and password',
    );
  }
  const { pending, newer } = await schemaVersion(databaseUrl);
  if (newer) return bad('the schema is of a newer Clarion', 'update this Clarion');
  if (pending > 0) return bad(`${pending} migrations to do`, 'run `npm run setup`, or start the stack');
  return good('answers; schema up to date');
}

async function temporal({ temporalAddress, namespace }: Target): Promise<Finding> {
  if (!temporalAddress) return bad('no TEMPORAL_ADDRESS, and no stack runs here', NOT_RUNNING);
  await missingSearchAttributes(temporalAddress, namespace);
  return good(`${temporalAddress} answers; namespace ${namespace}`);
}

async function searchAttributes({ temporalAddress, namespace }: Target, fix: boolean): Promise<Finding> {
  if (!temporalAddress) return bad('Temporal is not known', NOT_RUNNING);
  if (fix) {
    const made = await registerSearchAttributes(temporalAddress, namespace);
    if (made.length > 0) return good(`registered ${made.join(', ')}`);
  }
  const missing = await missingSearchAttributes(temporalAddress, namespace);
  return missing.length === 0
    ? good('all registered')
    : bad(`missing: ${missing.join(', ')}`, 'run `clarion doctor --fix`');
}

async function mail({ inboxUrl }: Target): Promise<Finding> {
  if (!inboxUrl) return good('through AWS SES; not checked without an endpoint of its own');
  // Anything that answers is a mail endpoint as far as this can tell; SES itself has no page at `/`.
  await fetch(inboxUrl, { signal: AbortSignal.timeout(5000) });
  return good(`${inboxUrl} answers`);
}

/** Without real telephones there is the simulated network: that a machine cannot have them is no fault. */
async function telephony({ ari }: Target, env: Record<string, string | undefined>): Promise<Finding> {
  if (ari.urls.length === 0) {
    if (env.CLARION_VOICE === 'asterisk')
      return bad('CLARION_VOICE is asterisk, and no server is named', 'set CLARION_ASTERISK_URLS');
    const { kit, why } = telephonyAtHand();
    if (kit) return good(`${kit.version} for \`npm run telephony\``);
    return good(why ? `simulated calls only: ${why}` : '`npm run telephony` fetches Asterisk');
  }
  const fix = 'see whether Asterisk runs there, and CLARION_ASTERISK_USER and _PASSWORD against its ari.conf';
  for (const url of ari.urls) {
    const authorization = `Basic ${Buffer.from(`${ari.user}:${ari.password}`).toString('base64')}`;
    const reply = await fetch(`${url}/ari/asterisk/ping`, {
      headers: { authorization },
      signal: AbortSignal.timeout(5000),
    }).catch(() => undefined);
    if (reply?.status !== 200) return bad(`${url}: ${reply ? `status ${reply.status}` : 'no answer'}`, fix);
  }
  return good(`${ari.urls.join(', ')} answer`);
}

async function api({ url }: Target): Promise<Finding> {
  if (!url) return bad('no stack runs here', 'start the stack with `npm start`, or set CLARION_URL');
  if (await respondsOk(`${url}/readyz`)) return good(`${url} is ready`);
  if (await respondsOk(`${url}/healthz`))
    return bad(`${url} runs, and is not ready`, 'see PostgreSQL and Temporal above');
  return bad(`${url} does not answer`, 'see logs/api.log in the data directory, or the log of the API');
}

async function workers({ temporalAddress, namespace }: Target): Promise<Finding> {
  if (!temporalAddress) return bad('Temporal is not known', NOT_RUNNING);
  const polled = await polledQueues(temporalAddress, namespace, WORKED_QUEUES);
  const idle = WORKED_QUEUES.filter((name) => !polled.includes(name));
  if (idle.length === 0) return good(`work is taken from ${WORKED_QUEUES.join(', ')}`);
  return bad(
    `nobody takes work from ${idle.join(', ')}`,
    `start a worker with CLARION_QUEUES=${idle.join(',')}`,
  );
}
