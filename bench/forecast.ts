/**
 * Forecast against reality: five campaigns are foretold and then run on the whole engine, and the real ends are
 * compared with the foretold ranges. In seconds a campaign takes: real against the median foretold, over all five.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { createProviders } from '../providers/index.ts';
import {
  anyTime,
  byHours,
  type Campaign,
  closingAfter,
  foretell,
  HISTORY,
  readReality,
} from '../test/support/foretold.ts';
import { type ScratchServers, startScratchServers } from '../test/support/scratch-servers.ts';
import { startRequest } from '../worker/temporal-client.ts';
import { requestWorkflowId } from '../workflows/contract.ts';
import { benchAccount, callEverybody, withWorkers } from './engine.ts';
import type { Measurement } from './main.ts';

/** A call takes a second or two. */
const SPEED = 10;

interface Compared {
  name: string;
  realSeconds: number;
  foretoldSeconds: { p5: number; median: number; p95: number };
  realAttempts: number;
  foretoldAttempts: number;
}

async function compare(
  servers: ScratchServers,
  client: Client,
  accountId: number,
  campaign: Campaign,
): Promise<Compared> {
  const begun = new Date();
  const { requestId, foretold } = await foretell(servers.db, accountId, campaign, begun);
  const [row] = await servers.db.sql<{ flowId: number }[]>`
    select flow_id as "flowId" from requests where id = ${requestId}`;
  await startRequest(client, {
    accountId,
    requestId,
    flowId: row?.flowId ?? 0,
    flowType: 'outbound',
    flowName: campaign.name,
    status: 'RECEIVED',
  });
  await client.workflow.getHandle(requestWorkflowId(requestId)).result();
  const real = await readReality(servers.db, requestId);
  const seconds = (at: number): number => Math.round((at - begun.getTime()) / 100) / 10;
  const finish = foretold.finishAt;
  if (!finish) throw new Error(`${campaign.name} was not foretold to end`);
  return {
    name: campaign.name,
    realSeconds: seconds(real.endedAt.getTime()),
    foretoldSeconds: { p5: seconds(finish.p5), median: seconds(finish.median), p95: seconds(finish.p95) },
    realAttempts: real.attempts,
    foretoldAttempts: foretold.attempts.median,
  };
}

/** Takes no size: the campaigns are what they are. */
export async function benchForecast(): Promise<Measurement> {
  const servers = await startScratchServers();
  const providers = createProviders({
    simulationSpeed: SPEED,
    witnessDir: join(servers.dir, 'witness'),
    mailFrom: 'Clarion <clarion@localhost>',
  });
  try {
    return await withWorkers({ servers, providers, checkpoints: 'each' }, async (client) => {
      const { accountId, flowId } = await benchAccount(servers);
      const { list: numbers, policy } = HISTORY;
      await callEverybody(servers, client, { accountId, flowId, numbers, policy });
      const run = (campaign: Campaign) => compare(servers, client, accountId, campaign);
      const compared = await Promise.all(anyTime().map(run));
      const closing = closingAfter(Date.now(), 12_000);
      await sleep(closing - 12_000 - Date.now());
      const { hours, zones } = byHours(closing);
      compared.push(...(await Promise.all([hours, zones].map(run))));
      return judged(compared);
    });
  } finally {
    await servers.stop();
  }
}

function judged(compared: Compared[]): Measurement {
  const sum = (of: (one: Compared) => number): number =>
    Math.round(compared.reduce((total, one) => total + of(one), 0) * 10) / 10;
  const notes = compared.map((one): [string, string] => {
    const { p5, median, p95 } = one.foretoldSeconds;
    const inside = one.realSeconds >= p5 && one.realSeconds <= p95 ? 'inside' : 'OUTSIDE';
    const off = Math.round((1000 * (one.realAttempts - one.foretoldAttempts)) / one.realAttempts) / 10;
    return [
      one.name,
      `ended after ${one.realSeconds} s, ${inside} ${p5} to ${p95} (median ${median}); ` +
        `${one.realAttempts} attempts of ${one.foretoldAttempts} foretold (${off} % off)`,
    ];
  });
  return {
    clarion: sum((one) => one.realSeconds),
    reference: sum((one) => one.foretoldSeconds.median),
    unit: 's',
    notes: Object.fromEntries(notes),
  };
}
