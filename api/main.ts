/**
 * The API's process: reads the environment, puts the pieces together, serves until it is told to stop. It
 * starts without Temporal, too: requests are stored, and told to Temporal when it is back.
 */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import { Client, Connection } from '@temporalio/client';
import { importBlacklist } from '../activities/import-blacklist.ts';
import { importRegister } from '../activities/import-register.ts';
import { createSurveyList } from '../activities/survey-list.ts';
import { type Config, ConfigError, readConfig, registerSettingsFile } from '../config.ts';
import { openDatabase } from '../db/client.ts';
import { createLogger } from '../log.ts';
import { createSoundIntake } from '../providers/speech/intake.ts';
import { localFiles } from '../providers/storage/local-files.ts';
import { openRegister } from '../worker/do-not-call.ts';
import { sesReceiverOf } from '../worker/mail-in-setup.ts';
import { createNotifier } from '../worker/telling.ts';
import { createApp } from './app.ts';
import { createClientAddress } from './client-address.ts';
import { readConsole } from './console.ts';

const CONSOLE_DIR = fileURLToPath(new URL('../dist/console', import.meta.url));
const DATABASE_CONNECTIONS = 20;
const REGISTER_CONNECTIONS = 2;
const TEMPORAL_CHECK_MS = 2000;
/** Replies in progress are finished; event streams, which never finish, are cut after this. */
const DRAIN_MS = 3000;

try {
  await main(readConfig(process.env));
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}

async function main(config: Config): Promise<void> {
  const log = createLogger('api', config.CLARION_LOG_LEVEL);
  const db = openDatabase(config.DATABASE_URL, DATABASE_CONNECTIONS);
  const connection = Connection.lazy({ address: config.TEMPORAL_ADDRESS });
  const client = new Client({ connection, namespace: config.TEMPORAL_NAMESPACE });

  const built = readConsole(CONSOLE_DIR);
  if (!built) log.warn('the console is not built: `npm run build:web` builds it');
  const sound = createSoundIntake();
  // Asked from inside transactions of the other pool: connections of its own keep it from waiting for itself.
  const registerDb = openDatabase(config.DATABASE_URL, REGISTER_CONNECTIONS);
  const register = await openRegister(registerDb, registerSettingsFile(config), process.env).catch(
    (error: Error) => {
      throw new ConfigError(error.message);
    },
  );
  const storage = localFiles(join(config.CLARION_DATA_DIR, 'storage'));
  const mailDomain = config.CLARION_MAIL_IN_DOMAIN;
  const app = createApp({
    db,
    storage,
    ...(mailDomain && {
      mailIn: { domain: mailDomain, takeNotification: sesReceiverOf({ config, db, storage, log }) },
    }),
    notify: createNotifier({ db, client, log }),
    importRegister,
    importBlacklist,
    surveyList: createSurveyList({ db, storage, register }),
    register,
    sound,
    clientAddress: createClientAddress(config.CLARION_TRUSTED_PROXIES),
    secret: secretOf(config),
    ...(built ? { console: built } : {}),
    ...(config.CLARION_PUBLIC_URL ? { publicUrl: config.CLARION_PUBLIC_URL } : {}),
    temporalReady: () => answers(connection),
    log,
    links: {
      ...(config.TEMPORAL_UI_URL ? { temporalUi: config.TEMPORAL_UI_URL } : {}),
      ...(config.CLARION_INBOX_URL ? { inbox: config.CLARION_INBOX_URL } : {}),
    },
  });
  const server = serve({ fetch: app.fetch, hostname: config.HOST, port: config.PORT }, ({ port }) =>
    log.info({ port }, 'the API listens'),
  ) as Server;
  server.once('error', (error) => {
    log.fatal({ err: error }, 'the API cannot listen');
    process.exit(1);
  });

  await stopSignal();
  log.info('the API stops');
  await closeServer(server);
  await connection.close();
  await sound.close();
  await db.close();
  await registerDb.close();
  process.exit(0);
}

/** Only the API signs anything: workers need none. @throws ConfigError */
function secretOf({ CLARION_SECRET: secret }: Config): string {
  if (secret !== undefined) return secret;
  throw new ConfigError(
    'CLARION_SECRET is not set (32 characters or more, such as `openssl rand -hex 32` prints)',
  );
}

async function answers(connection: Connection): Promise<boolean> {
  try {
    await connection.withDeadline(Date.now() + TEMPORAL_CHECK_MS, () =>
      connection.workflowService.getSystemInfo({}),
    );
    return true;
  } catch {
    return false;
  }
}

/** Resolves at the first SIGINT or SIGTERM. The listeners stay, so a second one interrupts nothing. */
async function stopSignal(): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  await Promise.race([closed, sleep(DRAIN_MS)]);
  server.closeAllConnections();
  await closed;
}
