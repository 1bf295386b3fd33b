/**
 * A worker process: takes work from the queues it is told to, until it is told to stop. Started again after
 * `kill -9` it goes on: what was waiting is still on its queue, what was begun is reconciled.
 */
import { join, resolve } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { createLines } from '../activities/lines.ts';
import { type Config, ConfigError, readConfig, registerSettingsFile } from '../config.ts';
import { openDatabase } from '../db/client.ts';
import { createFrozen } from '../db/queries/frozen.ts';
import { settleAttempts } from '../db/queries/settle-attempts.ts';
import { createLogger, type Logger } from '../log.ts';
import { type AsteriskOptions, createProviders } from '../providers/index.ts';
import { localFiles } from '../providers/storage/local-files.ts';
import type { Storage } from '../providers/storage/storage.ts';
import { startAdoption } from './adoption.ts';
import { SIMULATED_CODES, showSimulated, startCodeSending } from './code-sending.ts';
import { composeWorker } from './compose.ts';
import { openRegister } from './do-not-call.ts';
import { startFetching } from './fetching.ts';
import { startInbound } from './inbound.ts';
import { startMailAnswering } from './mail-in.ts';
import { startMailIn } from './mail-in-setup.ts';
import { startPasswordMailing } from './password-mailing.ts';
import { startPromptMailing } from './prompt-mailing.ts';
import { createWorkers } from './queues.ts';
import { startRegisterImports } from './register-imports.ts';
import { startSweeper } from './telling.ts';
import { startTrunkHealth } from './trunk-health.ts';

/** Calls share these: a call holds none while it talks. */
const DATABASE_CONNECTIONS = 16;
/** Policies and flow versions, each read once. */
const FROZEN_CONNECTIONS = 2;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLogger('worker', config.CLARION_LOG_LEVEL);
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
      if (level === 'ERROR') log.error(meta ?? {}, message);
      else log.warn(meta ?? {}, message);
    }),
    // The core repeats itself at warnings that it mends by itself (a workflow task that came too late).
    telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' } } },
    // Ctrl-C in a terminal reaches the whole group; who started us says when to stop.
    shutdownSignals: [],
  });
  const dataDir = resolve(config.CLARION_DATA_DIR);
  const db = openDatabase(config.DATABASE_URL, DATABASE_CONNECTIONS);
  const frozenDb = openDatabase(config.DATABASE_URL, FROZEN_CONNECTIONS);
  const storage = localFiles(join(dataDir, 'storage'));
  const providers = createProviders({
    asterisk: asteriskOptions(config, storage, log),
    simulationSpeed: config.CLARION_SIMULATION_SPEED,
    witnessDir: join(dataDir, 'witness'),
    ses: { region: config.AWS_REGION, endpoint: config.CLARION_SES_ENDPOINT },
    mailFrom: config.CLARION_MAIL_FROM,
  });
  const lines = createLines(providers.voice);
  const register = await openRegister(db, registerSettingsFile(config), process.env).catch((error: Error) => {
    throw new ConfigError(error.message);
  });
  const { activities, adoption } = composeWorker({
    db,
    frozenDb,
    providers,
    lines,
    register,
    voiceSlots: config.CLARION_VOICE_SLOTS,
    storage,
    log,
    publicUrl: config.CLARION_PUBLIC_URL,
    privateWebhooks: config.CLARION_WEBHOOKS_PRIVATE,
    checkpoints:
      config.CLARION_VOICE === 'simulated' && config.CLARION_SIMULATION_SPEED === 0 ? 'end' : 'each',
  });
  const connection = await NativeConnection.connect({ address: config.TEMPORAL_ADDRESS });
  const workers = await createWorkers(config.CLARION_QUEUES, {
    connection,
    namespace: config.TEMPORAL_NAMESPACE,
    activities,
    voiceSlots: config.CLARION_VOICE_SLOTS,
  });
  const stop = (): void => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);

  const clientConnection = await Connection.connect({ address: config.TEMPORAL_ADDRESS });
  const client = new Client({ connection: clientConnection, namespace: config.TEMPORAL_NAMESPACE });
  const stopSweeper = config.CLARION_QUEUES.includes('requests')
    ? startSweeper({ db, client, log })
    : async () => {};
  const stopInbound = config.CLARION_QUEUES.includes('voice')
    ? startInbound({ db, client, trunk: providers.voice, log })
    : async () => {};
  const stopAdoption = config.CLARION_QUEUES.includes('voice')
    ? startAdoption({ adoption, log })
    : async () => {};
  const stopPromptMailing = config.CLARION_QUEUES.includes('email')
    ? startPromptMailing({ db, email: providers.email, mailFrom: providers.mailFrom, log })
    : async () => {};
  const stopPasswordMailing = config.CLARION_QUEUES.includes('email')
    ? startPasswordMailing({
        db,
        email: providers.email,
        mailFrom: providers.mailFrom,
        publicUrl: config.CLARION_PUBLIC_URL,
        log,
      })
    : async () => {};
  const codeMedia = [
    ...(config.CLARION_QUEUES.includes('sms') ? (['sms'] as const) : []),
    ...(config.CLARION_QUEUES.includes('voice') ? (['call'] as const) : []),
  ];
  const frozen = createFrozen(frozenDb);
  const stopCodes = startCodeSending(
    {
      db,
      sms: providers.sms,
      trunk: providers.voice,
      lines,
      settle: (settlement) => settleAttempts(db, frozen, [settlement]),
      show: showSimulated(join(dataDir, SIMULATED_CODES), providers),
      now: () => new Date(),
      log,
    },
    codeMedia,
  );
  const stopTrunkHealth = config.CLARION_QUEUES.includes('voice')
    ? startTrunkHealth({ db, lines, log })
    : async () => {};
  const stopFetching = config.CLARION_QUEUES.includes('voice')
    ? startFetching({ db, trunk: providers.voice, storage, now: () => new Date(), log })
    : async () => {};
  // Where lists are read, too: parsing would delay calls.
  const stopRegisterImports = config.CLARION_QUEUES.includes('ingest')
    ? startRegisterImports({ db, storage, log })
    : async () => {};
  // Where lists are read, too, for the same reason.
  const stopMailIn = config.CLARION_QUEUES.includes('ingest')
    ? await startMailIn({ config, db, storage, log }).catch((error: Error): never => {
        // Nothing has been begun, and loops that wait for work would keep a worker alive that takes no mail.
        console.error(error.message);
        process.exit(1);
      })
    : async () => {};
  const stopMailAnswering = config.CLARION_QUEUES.includes('email')
    ? startMailAnswering({ db, email: providers.email, mailFrom: providers.mailFrom, log })
    : async () => {};
  log.info({ queues: config.CLARION_QUEUES }, 'worker running');
  try {
    await Promise.all(workers.map((worker) => worker.run()));
  } finally {
    await Promise.all([
      stopSweeper(),
      stopPromptMailing(),
      stopPasswordMailing(),
      stopInbound(),
      stopAdoption(),
      stopTrunkHealth(),
      stopCodes(),
      stopFetching(),
      stopRegisterImports(),
      stopMailIn(),
      stopMailAnswering(),
    ]);
    await Promise.all([
      connection.close(),
      clientConnection.close(),
      providers.close(),
      db.close(),
      frozenDb.close(),
    ]);
  }
  log.info({}, 'worker stopped');
}

function asteriskOptions(config: Config, storage: Storage, log: Logger): AsteriskOptions | undefined {
  const {
    CLARION_ASTERISK_URLS: urls,
    CLARION_ASTERISK_PASSWORD: password,
    CLARION_ASTERISK_SOUNDS: sounds,
    CLARION_ASTERISK_CALL_RECORDS: records,
  } = config;
  // A process that places no calls has no business with the telephone servers.
  if (config.CLARION_VOICE !== 'asterisk' || !config.CLARION_QUEUES.includes('voice')) return undefined;
  if (!urls || !password || !sounds) return undefined;
  const dir = resolve(sounds);
  return {
    servers: urls.map((url, index) => ({ url, callRecords: records?.[index] })),
    user: config.CLARION_ASTERISK_USER,
    password,
    endpoint: config.CLARION_ASTERISK_ENDPOINT,
    sounds: { dir, dirThere: config.CLARION_ASTERISK_SOUNDS_THERE ?? dir },
    espeak: config.CLARION_ESPEAK,
    storage,
    log,
  };
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exitCode = 1;
});
