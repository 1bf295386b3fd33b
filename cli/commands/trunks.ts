/** `clarion trunks`: by which lines calls leave, and why they wait. */
import { type Command, Option } from 'commander';
import type { components } from '../../client/index.ts';
import { openContext, openOperations } from '../context.ts';
import { CommandError, EXIT, type ExitCode, usage } from '../exit.ts';
import { printable, table } from '../output.ts';
import { collectPages, given } from '../reading.ts';
import { answer, type Server } from '../server.ts';

type End = (code: ExitCode) => void;
type Trunk = components['schemas']['Trunk'];
type Use = components['schemas']['DefaultLine'];

/** More than an account may have. */
const ALL = 1_000;

export function addTrunks(program: Command, end: End): void {
  const trunks = program.command('trunks').description('lines to carriers: limits, caller ids, health');
  addList(trunks, end);
  addShow(trunks, end);
  addAdd(trunks, end);
  addEdit(trunks, end);
  trunks
    .command('remove')
    .description('take a trunk out of use for good')
    .argument('<trunk>', 'its name or id')
    .option('--account <id>', 'with a key of operations: the account it belongs to')
    .action(async (trunk: string, options: { account?: string }) => {
      const { server, output } = openContext({});
      const header = options.account === undefined ? undefined : { 'X-Account-Id': options.account };
      const { id, name } = await findTrunk(server, trunk, header);
      await server.DELETE('/trunks/{id}', { params: { path: { id }, header } });
      output.say(`trunk ${name} is removed`);
      end(EXIT.OK);
    });
}

type Header = { 'X-Account-Id': string } | undefined;

const readAll = (server: Server, header?: Header): Promise<Trunk[]> =>
  collectPages(ALL, (query) => server.GET('/trunks', { params: { query, header } }));

/** A trunk by its name, or else by its id. @throws CommandError REFUSED */
async function findTrunk(server: Server, text: string, header?: Header): Promise<Trunk> {
  const all = await readAll(server, header);
  const found = all.find(({ name }) => name === text) ?? all.find(({ id }) => String(id) === text);
  if (found) return found;
  throw new CommandError(EXIT.REFUSED, `there is no trunk "${printable(text)}"`, {
    advice: '`clarion trunks list` shows them.',
  });
}

/** The state in a word, and why where it is not simply up. */
function health({ state, workers }: Use): string {
  const reasons = [...new Set(workers.filter(({ up }) => !up).map(({ why }) => printable(why)))];
  const word = state.toLowerCase().replaceAll('_', ' ');
  return reasons.length === 0 ? word : `${word}: ${reasons.join('; ')}`;
}

function addList(trunks: Command, end: End): void {
  trunks
    .command('list')
    .description('trunks of the account, with what they are doing')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => {
      const { server, output } = openContext(options);
      const items = await readAll(server);
      const line = await answer(server.GET('/trunks/default'));
      if (output.json) output.value({ trunks: items, defaultLine: line });
      else if (items.length === 0) {
        output.say('no trunks: calls leave by the default line');
        output.say(
          table(['line', 'calls', 'health'], [['default', line.callsInProgress, health(line)]], [1]),
        );
      } else {
        const rows = items.map((t) => [
          t.id,
          t.name,
          t.endpoint,
          `${t.callsInProgress} of ${t.maxConcurrentCalls}`,
          `${t.callsPerSecondNow} of ${t.maxCallsPerSecond}`,
          t.enabled ? health(t) : 'disabled',
        ]);
        output.say(table(['id', 'name', 'endpoint', 'calls', 'calls/s', 'health'], rows, [0]));
      }
      end(EXIT.OK);
    });
}

function addShow(trunks: Command, end: End): void {
  trunks
    .command('show')
    .description('one trunk: its settings, what it is doing, and how each worker sees it')
    .argument('<trunk>', 'its name or id')
    .option('--json', 'as JSON')
    .action(async (trunk: string, options: { json?: boolean }) => {
      const { server, output } = openContext(options);
      const found = await findTrunk(server, trunk);
      if (output.json) output.value(found);
      else output.say(details(found));
      end(EXIT.OK);
    });
}

function details(trunk: Trunk): string {
  const { state, ...shown } = trunk;
  return [
    `trunk ${shown.id}, ${shown.name}${shown.enabled ? '' : ', disabled'}`,
    `endpoint    ${shown.endpoint}`,
    `calls       ${shown.callsInProgress} in progress, at most ${shown.maxConcurrentCalls}`,
    `pace        ${shown.callsPerSecondNow} a second now, at most ${shown.maxCallsPerSecond}`,
    `caller ids  ${shown.callerIds.join(', ') || '-'}`,
    `codecs      ${shown.codecs.join(', ')}`,
    `priority    ${shown.priority}`,
    `state       ${state.toLowerCase().replaceAll('_', ' ')}`,
    ...shown.workers.map(
      (w) =>
        `  ${printable(w.worker)} ${w.up ? 'up' : 'down'} since ${w.since}${w.up ? '' : `: ${printable(w.why)}`}`,
    ),
  ].join('\n');
}

interface Settings {
  name?: string;
  endpoint?: string;
  calls?: string;
  cps?: string;
  callerId?: string[];
  codecs?: string;
  priority?: string;
  enable?: boolean;
  disable?: boolean;
  account?: string;
  json?: boolean;
}

function settingOptions(command: Command): Command {
  return command
    .option('--calls <n>', 'calls in progress at once (the channels of the trunk)')
    .option('--cps <n>', 'calls begun a second')
    .option('--caller-id <number...>', 'numbers that people are shown, taken in turn')
    .option('--codecs <list>', 'in order of preference, with commas: ulaw,alaw,g722,gsm')
    .option('--priority <n>', 'of two trunks equally loaded the lower number is taken')
    .option('--account <id>', 'with a key of operations: the account it belongs to')
    .option('--json', 'the trunk as JSON');
}

/** @throws CommandError USAGE */
function numberOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  throw usage(`${option} "${text}" is not a number`);
}

/** What was said on the command line, as the API takes it. Whether it makes sense the server says. */
function settingsOf(options: Settings) {
  return given({
    name: options.name,
    endpoint: options.endpoint,
    maxConcurrentCalls: numberOf('--calls', options.calls),
    maxCallsPerSecond: numberOf('--cps', options.cps),
    callerIds: options.callerId,
    codecs: options.codecs?.split(',').map((codec) => codec.trim()) as Trunk['codecs'] | undefined,
    priority: numberOf('--priority', options.priority),
  });
}

function addAdd(trunks: Command, end: End): void {
  const add = trunks
    .command('add')
    .description('add a trunk; from the first one on calls leave by the trunks alone')
    .argument('<name>', 'how you call it')
    .requiredOption('--endpoint <name>', 'what the telephone server calls it');
  settingOptions(add)
    .option('--disable', 'take no calls yet')
    .action(async (name: string, options: Settings & { endpoint: string }) => {
      const body = {
        ...settingsOf(options),
        name,
        endpoint: options.endpoint,
        ...(options.disable && { enabled: false }),
      };
      const { server, output, header } = await openOperations(options);
      const made = await answer(server.POST('/trunks', { params: { header }, body }));
      if (output.json) output.value(made);
      output.say(`trunk ${made.id}, ${made.name}, is added${made.enabled ? '' : ', disabled'}`);
      end(EXIT.OK);
    });
}

function addEdit(trunks: Command, end: End): void {
  const edit = trunks
    .command('edit')
    .description('change a trunk; counts from the next call on')
    .argument('<trunk>', 'its name or id')
    .option('--name <name>', 'call it so')
    .option('--endpoint <name>', 'what the telephone server calls it');
  settingOptions(edit)
    .option('--enable', 'take calls')
    .addOption(new Option('--disable', 'take no new calls; those in progress go on').conflicts('enable'))
    .action(async (trunk: string, options: Settings) => {
      const switched = options.enable ? true : options.disable ? false : undefined;
      const body = { ...settingsOf(options), ...given({ enabled: switched }) };
      if (Object.keys(body).length === 0)
        throw usage('nothing to change', '--help shows what can be changed.');
      const { server, output, header } = await openOperations(options);
      const { id } = await findTrunk(server, trunk, header);
      const changed = await answer(server.PATCH('/trunks/{id}', { params: { path: { id }, header }, body }));
      if (output.json) output.value(changed);
      output.say(`trunk ${changed.name} is changed`);
      end(EXIT.OK);
    });
}
