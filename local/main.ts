/**
 * `npm start`: the whole of Clarion on this machine, from nothing. Everything it makes is in the data
 * directory; everything it starts ends with it. `local/start.mjs` has installed the packages before.
 */
import { migrateDatabase } from '../db/migrate.ts';
import { ensureConsole } from './console-build.ts';
import { type DataDir, openDataDir } from './data-dir.ts';
import { ensureDemo } from './demo/account.ts';
import { printNextSteps, runSampleCampaign } from './demo/campaign.ts';
import { type Addresses, type LocalSettings, localSettings, partEnvironment, urlOf } from './environment.ts';
import { prepareMailIn } from './mail-in.ts';
import { apiPart, inboxPart, postgresPart, temporalPart, workerPart } from './parts.ts';
import { choosePorts, type Ports } from './ports.ts';
import { createDatabase, databaseUrl } from './postgres.ts';
import { schemaVersion } from './schema-version.ts';
import { createStack, endOnSignals, StoppedWhileStarting } from './stack.ts';
import { printTelephonySteps, startTelephony } from './telephony.ts';
import { registerSearchAttributes, temporalReady } from './temporal.ts';
import { findTemporal } from './temporal-binary.ts';
import { Trouble } from './trouble.ts';

const say = (line: string): void => console.log(line);
// A terminal that has gone must not end the stack in the middle of its orderly end.
process.stdout.on('error', () => {});

const stack = createStack();
let dir: DataDir | undefined;
const fail = endOnSignals(stack, say, () => dir?.close());
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);

try {
  await start(localSettings(process.env, process.argv.slice(2)));
} catch (error) {
  if (!(stack.stopping() || error instanceof StoppedWhileStarting)) fail(error);
}

async function start(settings: LocalSettings): Promise<void> {
  dir = await openDataDir(settings.dataDir, say);
  const { memory } = dir;
  const { HOST: host } = settings.config;
  const ports = await choosePorts({ wanted: settings.wantedPort, host, remembered: memory.ports, say });
  memory.ports = ports;
  dir.remember();

  const [database, temporal, inboxUrl, telephony] = await Promise.all([
    startDatabase(dir, settings, ports),
    startTemporal(dir, settings, ports),
    startInbox(dir, settings, ports),
    settings.telephony ? startTelephony(stack, dir, settings.sipHost, say) : undefined,
    ensureConsole(say),
  ]);
  await migrate(database);
  const demo = await ensureDemo(database, memory);

  const url = urlOf(host, ports.api);
  const at: Addresses = { url, port: ports.api, databaseUrl: database, ...temporal, inboxUrl };
  // A domain of the user's own is set up by the user.
  const mailIn =
    settings.config.CLARION_MAIL_IN_DOMAIN === undefined
      ? await prepareMailIn({ dir, database, ...demo, sender: demo.adminEmail, port: ports.mailIn })
      : undefined;
  const env = {
    ...partEnvironment(settings, dir.path, at),
    ...mailIn?.env,
    CLARION_SECRET: settings.config.CLARION_SECRET ?? memory.secret,
    ...telephony?.env,
  };
  await Promise.all([
    stack.start(workerPart(dir, say, { name: 'worker', queues: ['requests', 'voice', 'sms', 'email'], env })),
    stack.start(workerPart(dir, say, { name: 'ingest', queues: ['ingest'], env })),
    stack.start(apiPart(dir, say, { url, env })),
  ]);
  if (stack.stopping()) throw new StoppedWhileStarting();

  const { apiKey, operationsKey, adminPassword } = memory;
  const handover = { apiKey, operationsKey, adminEmail: demo.adminEmail, adminPassword };
  const { port: _, ...addresses } = at;
  dir.writeHandover({ ...addresses, ...handover, ...mailIn?.handover, ...telephony?.handover });
  say(`Clarion is ready: ${url}`);
  if (settings.sampleCampaign && !memory.sampleSent)
    await runSampleCampaign({ url, dir, say, stopping: stack.stopping });
  if (stack.stopping()) return;
  printNextSteps({ ...addresses, ...handover, ...mailIn?.handover, dataDir: dir.path }, say);
  if (telephony) printTelephonySteps(telephony.handover, settings.sipHost, say);
}

async function startDatabase(dir: DataDir, settings: LocalSettings, ports: Ports): Promise<string> {
  if (settings.databaseUrl) {
    say('PostgreSQL: the one of DATABASE_URL');
    return settings.databaseUrl;
  }
  await stack.start(postgresPart(dir, say, ports.postgres));
  const url = (database: string) => databaseUrl(ports.postgres, dir.memory.postgresPassword, database);
  await createDatabase(url('postgres'), 'clarion');
  say(`PostgreSQL runs on port ${ports.postgres}`);
  return url('clarion');
}

async function startTemporal(
  dir: DataDir,
  settings: LocalSettings,
  ports: Ports,
): Promise<Pick<Addresses, 'temporalAddress' | 'temporalUi'>> {
  const { TEMPORAL_NAMESPACE: namespace, TEMPORAL_UI_URL: ui } = settings.config;
  if (settings.temporalAddress) {
    await registerOn(settings.temporalAddress, namespace);
    say('Temporal: the one of TEMPORAL_ADDRESS');
    return { temporalAddress: settings.temporalAddress, temporalUi: ui ?? '' };
  }
  const program = await findTemporal(say);
  await stack.start(temporalPart(dir, say, { program, port: ports.temporal, uiPort: ports.temporalUi }));
  say(`Temporal runs on port ${ports.temporal}`);
  return {
    temporalAddress: `127.0.0.1:${ports.temporal}`,
    temporalUi: `http://127.0.0.1:${ports.temporalUi}`,
  };
}

async function registerOn(address: string, namespace: string): Promise<void> {
  try {
    await registerSearchAttributes(address, namespace);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Trouble(`Temporal at ${address} (TEMPORAL_ADDRESS), namespace ${namespace}: ${reason}`);
  }
  await temporalReady(address, { namespace });
}

async function startInbox(dir: DataDir, settings: LocalSettings, ports: Ports): Promise<string> {
  if (settings.sesEndpoint) return settings.config.CLARION_INBOX_URL ?? settings.sesEndpoint;
  await stack.start(inboxPart(dir, say, ports.inbox));
  say(`The inbox runs on port ${ports.inbox}`);
  return `http://127.0.0.1:${ports.inbox}`;
}

async function migrate(url: string): Promise<void> {
  const version = await schemaVersion(url).catch((error: Error) => {
    throw new Trouble(`the database cannot be reached: ${error.message}`);
  });
  if (version.newer) {
    throw new Trouble('the database was made by a newer Clarion; use that one, or another data directory');
  }
  await migrateDatabase(url);
}
