/** `clarion split` a list over several flows, `clarion compare` what came of each. */
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { components } from '../../client/index.ts';
import { openContext } from '../context.ts';
import { EXIT, type ExitCode, usage } from '../exit.ts';
import { readInput } from '../files.ts';
import { startMoment } from '../moments.ts';
import { collect } from '../options.ts';
import { type Output, printable, table } from '../output.ts';
import { parseId } from '../reading.ts';
import { answer } from '../server.ts';
import { readSpread, SPREAD_HELP } from '../spread.ts';
import { exitOf, summary, watch } from '../watch.ts';

type End = (code: ExitCode) => void;
type Split = components['schemas']['Split'];
type SplitSummary = components['schemas']['SplitSummary'];

interface SplitOptions {
  arm: string[];
  name?: string;
  salt?: string;
  startAt?: string;
  endAt?: string;
  statusEmail: string[];
  phoneColumn?: string;
  spreadOver?: string;
  idempotencyKey?: string;
  watch: boolean;
  json?: boolean;
}

/** `flow` or `flow:weight`; a flow's name may hold colons. @throws CommandError USAGE */
function readArm(text: string): { flowName: string; weight?: number } {
  const found = /^(.+):(\d{1,5})$/.exec(text);
  if (!found) return { flowName: text };
  const weight = Number(found[2]);
  if (weight < 1) throw usage(`--arm "${text}": the weight must be 1 or more`);
  return { flowName: found[1] ?? text, weight };
}

async function split(path: string, options: SplitOptions): Promise<ExitCode> {
  if (options.arm.length < 2)
    throw usage('a split has two arms or more', 'Give --arm FLOW twice: --arm a --arm b:3.');
  const now = new Date();
  const form = new FormData();
  form.append('arms', JSON.stringify(options.arm.map(readArm)));
  for (const name of ['name', 'salt', 'phoneColumn'] as const) {
    const value = options[name];
    if (value !== undefined) form.append(name, value);
  }
  for (const name of ['startAt', 'endAt'] as const) {
    const value = options[name];
    if (value !== undefined)
      form.append(name, startMoment(name === 'startAt' ? '--start-at' : '--end-at', value, now));
  }
  if (options.spreadOver !== undefined)
    form.append('spreadOver', JSON.stringify(readSpread(options.spreadOver, now)));
  for (const email of options.statusEmail) form.append('statusEmails', email);
  form.append('files', new Blob([await readInput(path)]), basename(path));
  const context = openContext(options);
  const { server, output } = context;
  const made = await server.sendForm<SplitSummary>('/splits', form, options.idempotencyKey ?? randomUUID());
  for (const { name, weight, request } of made.arms) {
    output.say(
      `arm ${printable(name)} (weight ${weight}): request ${request.id}, flow ${printable(request.flowName)}`,
    );
  }
  output.say(`\`clarion compare ${made.id}\` compares them`);
  if (!options.watch) {
    if (output.json) output.value(made);
    return EXIT.OK;
  }
  const ended = await watch(
    context,
    made.arms.map(({ request }) => request.id),
  );
  summary(context, ended);
  if (output.json)
    output.value(await answer(server.GET('/splits/{id}', { params: { path: { id: made.id } } })));
  return exitOf(ended);
}

const percent = (share: number | null | undefined): string =>
  share === null || share === undefined ? '-' : `${(share * 100).toFixed(1)}%`;

const VERDICTS: Record<Split['comparisons'][number]['verdict'], string> = {
  HIGHER: 'higher',
  LOWER: 'lower',
  NO_DIFFERENCE_SHOWN: 'no difference shown',
  TOO_FEW: 'too few people to say',
};

function show(output: Output, found: Split): void {
  const shareOf = (one: Split['arms'][number]['answered']): string =>
    `${one.count} of ${one.of}, ${percent(one.share)} (${percent(one.low)} to ${percent(one.high)})`;
  const rows = found.arms.map((arm) => [
    printable(arm.name),
    printable(arm.request.flowName),
    arm.request.id,
    arm.request.status,
    shareOf(arm.answered),
    arm.converted && shareOf(arm.converted),
  ]);
  output.say(table(['arm', 'flow', 'request', 'status', 'answered', 'converted'], rows, [2]));
  for (const one of found.comparisons) {
    const by =
      one.difference === null
        ? ''
        : `: ${percent(one.difference)} (${percent(one.low)} to ${percent(one.high)})`;
    output.say(
      `${one.measure}, ${printable(one.arm)} against ${printable(one.against)}${by}, ${VERDICTS[one.verdict]}`,
    );
  }
  for (const { values, name } of found.arms) {
    if (!values) continue;
    const shown = Object.entries(values).map(([value, count]) => `${printable(value)}: ${count}`);
    output.say(
      `${printable(found.variable ?? '')} in ${printable(name)}: ${shown.join(', ') || 'nobody has a value'}`,
    );
  }
  for (const { message } of found.cautions) output.say(`caution: ${message}`);
}

export function addSplits(program: Command, end: End): void {
  program
    .command('split')
    .description('split a list over two to five flows, to compare them; nobody is in two arms')
    .argument('<file>', 'csv, or zip of csv')
    .option('--arm <flow[:weight]>', 'a flow and how much of the list it gets; two to five', collect, [])
    .option('--name <name>', 'what to call the split')
    .option('--salt <text>', 'the same one keeps everybody in their arm; a new one sorts people anew')
    .option('--start-at <time>', 'not before')
    .option('--end-at <time>', 'nothing new begins after this')
    .option('--spread-over <length>', SPREAD_HELP)
    .option('--status-email <address>', 'whitelisted address for the status mails; repeatable', collect, [])
    .option('--phone-column <name>', 'the column of the numbers, where its header is none of the usual')
    .option(
      '--idempotency-key <key>',
      'splitting again with the same key, list and options starts nothing new',
    )
    .option('--no-watch', 'do not wait for the end')
    .option('--json', 'the split as JSON, at its end or with --no-watch at once')
    .action(async (path: string, options: SplitOptions) => end(await split(path, options)));
  program
    .command('compare')
    .description('what came of each arm of a split, and what the differences show')
    .argument('<id>', 'split id')
    .option('--variable <name>', 'also compare a flow variable that people filled')
    .option('--value <value>', 'who has this value counts as converted; without it, who has any')
    .option('--json', 'as JSON')
    .action(async (id: string, options: { variable?: string; value?: string; json?: boolean }) => {
      const { variable, value } = options;
      const query = { ...(variable !== undefined && { variable }), ...(value !== undefined && { value }) };
      const { server, output } = openContext(options);
      const found = await answer(
        server.GET('/splits/{id}', { params: { path: { id: parseId(id) }, query } }),
      );
      if (output.json) output.value(found);
      show(output, found);
      end(EXIT.OK);
    });
}
