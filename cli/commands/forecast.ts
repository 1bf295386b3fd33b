/** `clarion forecast` and `clarion back-test`: what a campaign will be, and what one would have been. */
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { components } from '../../client/index.ts';
import { type Context, openContext } from '../context.ts';
import { EXIT, type ExitCode, usage } from '../exit.ts';
import { readInput, readJsonFile } from '../files.ts';
import { showDuration, showMoment, startMoment } from '../moments.ts';
import { printable, table } from '../output.ts';
import { type PolicyOptions, policyPartsOf, withPolicyOptions } from '../policy-options.ts';
import { parseId } from '../reading.ts';
import { answer } from '../server.ts';
import { readSpread, SPREAD_HELP } from '../spread.ts';
import { accountZone } from '../zone.ts';

type End = (code: ExitCode) => void;
type Schemas = components['schemas'];
type Forecast = Schemas['Forecast'];
type Answer = Schemas['BackTest']['wouldBe'];
type Range = Schemas['ForecastRange'];
type Given = Pick<Schemas['NewBackTest'], 'policy' | 'probabilities' | 'durations' | 'tariff' | 'seed'>;

interface Options extends PolicyOptions {
  assume?: string;
  tariff?: string;
  seed?: string;
  json?: boolean;
}

interface ForecastOptions extends Options {
  flow?: string;
  startAt?: string;
  endAt?: string;
  phoneColumn?: string;
  spreadOver?: string;
}

const withCommon = (command: Command): Command =>
  withPolicyOptions(command)
    .option('--assume <file>', 'JSON with "probabilities" and "durations", instead of the history')
    .option('--tariff <file>', "a tariff as JSON, instead of the account's own")
    .option('--seed <n>', 'another course of chance; the same seed gives the same answer')
    .option('--json', 'as JSON');

/** What both take: the parts of the policy, and what is known better than by history. */
async function givenBy(options: Options): Promise<Given> {
  const policy = policyPartsOf(options);
  const assumed = options.assume === undefined ? {} : await readJsonFile(options.assume);
  const tariff = options.tariff === undefined ? undefined : await readJsonFile(options.tariff);
  if (options.seed !== undefined && !/^\d{1,15}$/.test(options.seed))
    throw usage(`--seed "${options.seed}" is not a whole number`);
  return {
    ...(Object.keys(policy).length > 0 && { policy }),
    // The server says what is wrong with it, field by field.
    ...(assumed as Pick<Given, 'probabilities' | 'durations'>),
    ...(tariff !== undefined && { tariff: tariff as NonNullable<Given['tariff']> }),
    ...(options.seed !== undefined && { seed: Number(options.seed) }),
  };
}

export function addForecast(program: Command, end: End): void {
  const command = program
    .command('forecast')
    .description('what a list will take before it is launched, or the rest of a request; nobody is called')
    .argument('<file-or-id>', 'csv, or zip of csv; or the id of a request that runs')
    .option('--flow <name>', 'the flow the list is for')
    .option('--start-at <time>', 'not before: 2026-01-31T09:00:00+05:30, "2026-01-31 09:00" or +90m')
    .option('--end-at <time>', 'nothing new begins after this')
    .option('--spread-over <length>', SPREAD_HELP)
    .option('--phone-column <name>', 'the column of the numbers, where its header is none of the usual');
  withCommon(command).action(async (subject: string, options: ForecastOptions) => {
    const context = openContext(options);
    const found = /^[1-9]\d{0,14}$/.test(subject)
      ? await ofRequest(context, parseId(subject), options)
      : await ofFile(context, subject, options);
    if (context.output.json) context.output.value(found);
    else await showForecast(context, found);
    end(EXIT.OK);
  });
  addBackTest(program, end);
}

async function ofRequest(context: Context, requestId: number, options: ForecastOptions): Promise<Forecast> {
  for (const name of ['flow', 'startAt', 'phoneColumn', 'spreadOver'] as const)
    if (options[name] !== undefined) throw usage('a request has its own flow, start, columns and spread');
  const endAt =
    options.endAt === undefined ? {} : { endAt: startMoment('--end-at', options.endAt, new Date()) };
  const body = { requestId, ...endAt, ...(await givenBy(options)) };
  return answer(context.server.POST('/requests/forecast', { body }));
}

async function ofFile(context: Context, path: string, options: ForecastOptions): Promise<Forecast> {
  if (options.flow === undefined)
    throw usage('--flow is missing', '`clarion flow list` shows the flows of the account.');
  const now = new Date();
  const form = new FormData();
  const fields: Record<string, string | undefined> = {
    flowName: options.flow,
    startAt: options.startAt && startMoment('--start-at', options.startAt, now),
    endAt: options.endAt && startMoment('--end-at', options.endAt, now),
    phoneColumn: options.phoneColumn,
    spreadOver:
      options.spreadOver === undefined ? undefined : JSON.stringify(readSpread(options.spreadOver, now)),
  };
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.append(name, value);
  for (const [name, value] of Object.entries(await givenBy(options)))
    form.append(name, typeof value === 'number' ? String(value) : JSON.stringify(value));
  form.append('files', new Blob([await readInput(path)]), basename(path));
  return context.server.sendForm<Forecast>('/requests/forecast', form, `forecast-${randomUUID()}`);
}

function addBackTest(program: Command, end: End): void {
  const command = program
    .command('back-test')
    .description('an ended request under another policy: what would have happened; nobody is called')
    .argument('<id>', 'request id');
  withCommon(command).action(async (id: string, options: Options) => {
    const requestId = parseId(id);
    const context = openContext(options);
    const { server, output } = context;
    const body = await givenBy(options);
    const found = await answer(
      server.POST('/requests/{id}/back-test', { params: { path: { id: requestId } }, body }),
    );
    if (output.json) output.value(found);
    else await showBackTest(context, found);
    end(EXIT.OK);
  });
}

const spread = ({ p5, median, p95 }: Range): string =>
  p5 === p95 ? `${median}` : `${median}  (${p5} to ${p95})`;

/** The lines that every answer has. */
function linesOf(found: Answer, zone: string): string[] {
  const now = new Date(found.now);
  const { finishAt, cost } = found;
  const lines: string[] = [];
  if (finishAt) {
    const at = (moment: string): string => showMoment(moment, zone, now);
    const takes = showDuration(Date.parse(finishAt.median) - now.getTime());
    lines.push(
      `finish    ${at(finishAt.median)}, after ${takes}  (${at(finishAt.p5)} to ${at(finishAt.p95)})`,
    );
  } else lines.push('finish    never: nobody can be called');
  lines.push(`attempts  ${spread(found.attempts)}`);
  lines.push(`answered  ${spread(found.answered)}`);
  lines.push(`lines     ${spread(found.peakCalls)}`);
  if (cost) {
    const unpriced = cost.unpricedPeople > 0 ? `; no rate fits ${cost.unpricedPeople} people` : '';
    lines.push(`cost      ${cost.median} ${cost.currency}  (${cost.p5} to ${cost.p95})${unpriced}`);
  }
  return lines;
}

const sampleOf = (rows: readonly number[], count: number): string =>
  `${rows.slice(0, 10).join(', ')}${count > Math.min(10, rows.length) ? ', ...' : ''}`;

function neverLines(found: Answer): string[] {
  return found.never.map(
    ({ reason, detail, count, rows }) =>
      `never     ${count} people, ${reason}: ${printable(detail)}; rows ${sampleOf(rows, count)}`,
  );
}

function basis({ assumptions }: Forecast): string {
  const [first] = assumptions.probabilities;
  const known = {
    ACCOUNT_HISTORY: `${first?.n} calls of the ${(assumptions.history ?? 'ACCOUNT').toLowerCase()}`,
    GIVEN: 'the probabilities given',
    DEFAULT: 'defaults: there are no calls to learn from yet',
  }[first?.source ?? 'DEFAULT'];
  const others =
    assumptions.otherRequestsRunning > 0
      ? `; ${assumptions.otherRequestsRunning} other requests run and may take lines`
      : '';
  return `by        ${known}; ${assumptions.runs} simulated runs${others}`;
}

async function showForecast({ output, server }: Context, found: Forecast): Promise<void> {
  const zone = await accountZone(server)();
  const turnedAway = found.rejected.reduce((sum, one) => sum + one.count, 0);
  const reasons = found.rejected.map(({ result, count }) => `${count} ${result}`).join(', ');
  output.say(
    found.requestId === null
      ? `${found.loaded} rows, ${found.people} would be accepted, ${turnedAway} rejected${reasons && ` (${reasons})`}`
      : `request ${found.requestId}: ${found.people} of ${found.loaded} people are left`,
  );
  output.say(`callable  ${found.callableNow} now`);
  for (const line of [...neverLines(found), ...linesOf(found, zone), basis(found)]) output.say(line);
  const outcomes = found.outcomes.map(({ outcome, people }) => [
    outcome,
    people.median,
    people.p5,
    people.p95,
  ]);
  if (outcomes.length > 0) output.say(table(['outcome', 'people', 'from', 'to'], outcomes, [1, 2, 3]));
}

async function showBackTest({ output, server }: Context, found: Schemas['BackTest']): Promise<void> {
  const zone = await accountZone(server)();
  const { was, wouldBe } = found;
  const took =
    was.startedAt && was.endedAt
      ? `, in ${showDuration(Date.parse(was.endedAt) - Date.parse(was.startedAt))}`
      : '';
  output.say(
    `request ${found.requestId} was: ${was.people} people, ${was.attempts} attempts, ${was.answered} answered${took}`,
  );
  for (const { rule, count, attempts } of found.notAllowed) {
    const rows = attempts.map(({ row }) => row);
    output.say(`not allowed  ${count} attempts, ${rule}; rows ${sampleOf(rows, count)}`);
  }
  output.say('would be:');
  for (const line of [...neverLines(wouldBe), ...linesOf(wouldBe, zone)]) output.say(line);
  output.say(`drawn     ${spread(found.drawnAttempts)} attempts that never were`);
}
