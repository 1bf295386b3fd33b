/**
 * `npm run histories`: runs real campaigns and keeps their workflows' histories, which `replay.test.ts`
 * replays against the workflows as they are now. Record anew only when a change of the workflows is meant
 * to break running ones; otherwise guard it with `patched()` and keep the old histories.
 * `npm run histories -- inbound` records those alone whose name begins so.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { createLogger } from '../../log.ts';
import { createProviders } from '../../providers/index.ts';
import { localFiles } from '../../providers/storage/local-files.ts';
import { composeWorker } from '../../worker/compose.ts';
import { startInbound } from '../../worker/inbound.ts';
import { createWorkers } from '../../worker/queues.ts';
import { startRequest } from '../../worker/temporal-client.ts';
import { CHANGED_SIGNAL, inboundWorkflowId, requestWorkflowId } from '../../workflows/contract.ts';
import { insertPeople, insertRequest, people, testFlow, testPolicy } from '../support/campaign.ts';
import { ringable } from '../support/ringable.ts';
import { startScratchServers } from '../support/scratch-servers.ts';

/** Only what begins so is recorded. */
const ONLY = process.argv[2] ?? '';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

async function main(): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const servers = await startScratchServers();
  const connection = await NativeConnection.connect({ address: servers.address });
  const providers = createProviders({
    simulationSpeed: 20,
    witnessDir: join(servers.dir, 'witness'),
    mailFrom: 'record@localhost',
  });
  const workers = await createWorkers(['requests', 'ingest', 'voice', 'email'], {
    connection,
    namespace: 'default',
    activities: composeWorker({
      db: servers.db,
      frozenDb: servers.frozenDb,
      providers,
      storage: localFiles(join(servers.dir, 'storage')),
      log: createLogger('record', 'silent'),
      publicUrl: undefined,
      privateWebhooks: false,
      checkpoints: 'each',
    }).activities,
    voiceSlots: 100,
  });
  const running = Promise.all(workers.map((worker) => worker.run()));
  const clientConnection = await Connection.connect({ address: servers.address });
  const client = new Client({ connection: clientConnection });
  const { sql } = servers.db;
  const [account] = await sql<{ id: number }[]>`
    insert into accounts (name, time_zone, default_country, holder_email, transactional_contract)
    values ('Record', 'Asia/Kolkata', 'IN', 'holder@example.com', true) returning id`;
  const accountId = account?.id ?? 0;
  const flowId = await testFlow(servers.db, accountId);
  const inboundFlowId = await testFlow(servers.db, accountId, undefined, 'reception', 'inbound');

  const campaign = async (
    name: string,
    numbers: string[],
    during: (requestId: number) => Promise<void> = async () => {},
  ): Promise<void> => {
    if (!name.startsWith(ONLY)) return;
    const twice = { times: 2, intervalMs: 500 };
    const none = { times: 0, intervalMs: 0 };
    const requestId = await insertRequest(servers.db, {
      accountId,
      flowId,
      policy: testPolicy({
        concurrency: 5,
        retries: { BUSY: twice, NO_ANSWER: twice, FAILED: twice, MACHINE: none },
      }),
    });
    await insertPeople(servers.db, accountId, requestId, numbers);
    await startRequest(client, {
      accountId,
      requestId,
      flowId,
      flowType: 'outbound',
      flowName: 'survey',
      status: 'RECEIVED',
    });
    await during(requestId);
    const handle = client.workflow.getHandle(requestWorkflowId(requestId));
    await handle.result();
    await keep(`${name}-request`, requestWorkflowId(requestId));
    await keep(`${name}-page`, `${requestWorkflowId(requestId)}/page/1/pass/1`);
  };
  const keep = async (name: string, workflowId: string): Promise<void> => {
    const history = await client.workflow.getHandle(workflowId).fetchHistory();
    await writeFile(
      join(FOLDER, `${name}.binpb`),
      proto.temporal.api.history.v1.History.encode(history).finish(),
    );
    console.log(`${name}: ${history.events?.length} events`);
  };
  const change = async (requestId: number, set: Record<string, unknown>): Promise<void> => {
    await sql`update requests set ${sql(set as Record<string, never>)} where id = ${requestId}`;
    await client.workflow.getHandle(requestWorkflowId(requestId)).signal(CHANGED_SIGNAL);
  };
  const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

  await campaign(
    'completed',
    [0, 1, 2, 3, 4, 5, 7, 8, 9].flatMap((digit) => people(digit, 3)),
  );
  await campaign('paused', people(0, 20), async (requestId) => {
    await pause(1_500);
    await change(requestId, { paused_at: new Date(), status: 'PAUSED' });
    await pause(1_500);
    await change(requestId, { paused_at: null, status: 'IN_PROCESS' });
  });
  await campaign('cancelled', people(0, 20), async (requestId) => {
    await pause(1_500);
    await change(requestId, { cancelled_at: new Date() });
  });

  /** A call to us, by this caller. */
  const inbound = async (name: string, caller: string): Promise<void> => {
    if (!name.startsWith(ONLY)) return;
    const did = '+912269001234';
    await sql`insert into dids (account_id, number, flow_id) values (${accountId}, ${did}, ${inboundFlowId})
      on conflict do nothing`;
    const { callId, ended } = await ringable(providers.voice).ring({ did, caller });
    await ended;
    const [attempt] = await sql<{ id: string }[]>`select id from attempts where provider_ref = ${callId}`;
    const workflowId = inboundWorkflowId(attempt?.id ?? '');
    await client.workflow.getHandle(workflowId).result();
    await keep(name, workflowId);
  };
  const log = createLogger('record', 'silent');
  const stopInbound = startInbound({ db: servers.db, client, trunk: providers.voice, log });
  await inbound('inbound-answered', '+919812345645');
  await sql`insert into blacklist_phones (account_id, number) values (${accountId}, '+919812345600')`;
  await inbound('inbound-refused', '+919812345600');
  await stopInbound();

  for (const worker of workers) worker.shutdown();
  await running;
  await clientConnection.close();
  await connection.close();
  await providers.close();
  await servers.stop();
}

await main();
