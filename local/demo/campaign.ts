/**
 * The sample campaign of a first start: a list sent through the API like anybody's, and watched to its end.
 * Whatever the API answers, the stack stays up.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { SingleBar } from 'cli-progress';
import Table from 'cli-table3';
import { z } from 'zod';
import type { DataDir, Handover } from '../data-dir.ts';

const FLOW = 'demo-survey';
const POLL_EVERY_MS = 500;
/** After so many failed questions in a row the watching is given up, not the campaign. */
const FAILURES_LIMIT = 10;
/** Columns by spaces alone: easier on the eye, and on whoever copies it. */
const PLAIN_TABLE = {
  ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '' },
  ...{ 'bottom-left': '', 'bottom-right': '', left: ' ', 'left-mid': '', mid: '', 'mid-mid': '' },
  ...{ right: '', 'right-mid': '', middle: ' ' },
};
const FINAL = ['COMPLETED', 'CANCELLED', 'EXPIRED', 'REJECTED'];

/** The part of `GET /requests/{id}` that is shown. */
const progressSchema = z.object({
  status: z.string(),
  loaded: z.number(),
  added: z.number(),
  completed: z.number(),
  rejected: z.record(z.string(), z.number()).default({}),
  outcomes: z.record(z.string(), z.number()).default({}),
});
type Progress = z.infer<typeof progressSchema>;

interface Campaign {
  url: string;
  dir: DataDir;
  say: (line: string) => void;
  stopping: () => boolean;
}

/** Sends the list and shows its progress until it ends, the stack ends, or the API stops answering. Never throws. */
export async function runSampleCampaign(campaign: Campaign): Promise<void> {
  const { dir, say } = campaign;
  try {
    const id = await send(campaign);
    // A start killed before this line sends again, with the same key: the API answers with the same request.
    dir.memory.sampleSent = true;
    dir.remember();
    say(`Sample campaign: request ${id} calls local/demo/list.csv with the flow ${FLOW}`);
    const last = await watch(campaign, id);
    if (last) say(summary(last));
  } catch (error) {
    say(
      `The sample campaign could not be followed: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

async function send({ url, dir }: Campaign): Promise<number | string> {
  const body = new FormData();
  body.set('flowName', FLOW);
  const list = await readFile(new URL('./list.csv', import.meta.url));
  body.set('files', new File([list], 'list.csv', { type: 'text/csv' }));
  const reply = await ask(`${url}/api/v1/requests`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${dir.memory.apiKey}`, 'Idempotency-Key': dir.memory.sampleKey },
    body,
  });
  const made = z
    .object({ requests: z.array(z.object({ id: z.union([z.number(), z.string()]) })).min(1) })
    .parse(reply);
  return made.requests[0]?.id ?? '';
}

/** @returns the last state seen; undefined when the stack is being stopped */
async function watch({ url, dir, stopping }: Campaign, id: number | string): Promise<Progress | undefined> {
  const view = progressView();
  let failures = 0;
  try {
    while (!stopping()) {
      try {
        const init = { headers: { Authorization: `Bearer ${dir.memory.apiKey}` } };
        const progress = progressSchema.parse(await ask(`${url}/api/v1/requests/${id}`, init));
        failures = 0;
        view.show(progress);
        if (FINAL.includes(progress.status)) return progress;
      } catch (error) {
        if (++failures >= FAILURES_LIMIT) throw error;
      }
      await sleep(POLL_EVERY_MS);
    }
    return undefined;
  } finally {
    view.end();
  }
}

/** @throws Error with the API's own words for a problem */
async function ask(url: string, init: RequestInit): Promise<unknown> {
  const reply = await fetch(url, { ...init, signal: AbortSignal.timeout(15_000) });
  if (reply.ok) return reply.json();
  const problem = z
    .object({ code: z.string(), detail: z.string() })
    .partial()
    .safeParse(await reply.json().catch(() => ({})));
  throw new Error(
    `the API answered ${reply.status} ${problem.data?.code ?? ''} ${problem.data?.detail ?? ''}`.trim(),
  );
}

/** A bar where a person is watching; elsewhere a line for each tenth of the way. */
function progressView(): { show(progress: Progress): void; end(): void } {
  if (!process.stdout.isTTY) return lineView();
  const bar = new SingleBar({
    format: '  {bar} {percentage}% | {value} of {total} people | {outcomes}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
  });
  bar.start(1, 0, { outcomes: 'reading the list' });
  return {
    show: ({ added, completed, outcomes }) => {
      bar.setTotal(Math.max(added, 1));
      bar.update(completed, { outcomes: inWords(outcomes) || 'calling' });
    },
    end: () => bar.stop(),
  };
}

function lineView(): { show(progress: Progress): void; end(): void } {
  let shown = -1;
  return {
    show: ({ added, completed, outcomes }) => {
      const tenth = added === 0 ? 0 : Math.floor((10 * completed) / added);
      if (tenth > shown) console.log(`  ${completed} of ${added} people | ${inWords(outcomes) || 'calling'}`);
      shown = Math.max(shown, tenth);
    },
    end: () => {},
  };
}

function inWords(counts: Record<string, number>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name.toLowerCase().replaceAll('_', ' ')} ${count}`)
    .join(', ');
}

function summary({ status, loaded, added, completed, rejected, outcomes }: Progress): string {
  const table = new Table({ style: { border: [] }, colAligns: ['left', 'right'], chars: PLAIN_TABLE });
  table.push(['loaded', loaded], ['added', added]);
  for (const [result, count] of Object.entries(rejected))
    if (count > 0) table.push([`  rejected ${result}`, count]);
  table.push(['called to the end', completed]);
  for (const [outcome, count] of Object.entries(outcomes)) if (count > 0) table.push([`  ${outcome}`, count]);
  return `Sample campaign: ${status}\n${table.toString()}`;
}

/** What a newcomer does next. */
export function printNextSteps(at: Handover & { dataDir: string }, say: (line: string) => void): void {
  say(`
  Console      ${at.url}
  Sign in      ${at.adminEmail}  ${at.adminPassword}
  API          ${at.url}/api/docs
  Temporal UI  ${at.temporalUi || 'not known; set TEMPORAL_UI_URL'}
  Inbox        ${at.inboxUrl}
  Keys         ${at.dataDir}/local.json
  Lists by mail to  ${at.mailIn?.address ?? 'addresses of CLARION_MAIL_IN_DOMAIN'}

  A campaign of your own, in another terminal:
    npx clarion launch people.csv --flow ${FLOW}
    npx clarion report
  The same by mail:
    npx clarion mails try people.csv --flow ${FLOW}

  Ctrl-C ends everything; the next \`npm start\` goes on where this one stopped.`);
}
