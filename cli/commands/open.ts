/** A request that stays open: `clarion open` makes one, `clarion add` feeds it lead by lead, `clarion close` ends it. */
import type { Command } from 'commander';
import type { components } from '../../client/index.ts';
import { openContext } from '../context.ts';
import { EXIT, type ExitCode, usage } from '../exit.ts';
import { readJsonFile } from '../files.ts';
import { startMoment } from '../moments.ts';
import { readVariable } from '../options.ts';
import { printable, table } from '../output.ts';
import { parseId } from '../reading.ts';
import { answer } from '../server.ts';

type End = (code: ExitCode) => void;
type NewRecord = components['schemas']['NewRecord'];

interface AddOptions {
  var: Record<string, string>;
  from?: string;
  idempotencyKey?: string;
  json?: boolean;
}

/** @throws CommandError USAGE */
async function leadsOf(numbers: string[], options: AddOptions): Promise<NewRecord[]> {
  if (options.from === undefined) {
    if (numbers.length === 0) throw usage('nobody to add', 'Give numbers, or --from a JSON file.');
    return numbers.map((number) => ({ number, variables: options.var }));
  }
  if (numbers.length > 0 || Object.keys(options.var).length > 0) {
    throw usage('--from brings numbers and variables of its own');
  }
  const read = await readJsonFile(options.from);
  if (!Array.isArray(read))
    throw usage(`${options.from} is no list`, 'Write [{"number": "...", "variables": {}}].');
  return read as NewRecord[];
}

async function add(id: number, numbers: string[], options: AddOptions): Promise<ExitCode> {
  const records = await leadsOf(numbers, options);
  const { server, output } = openContext(options);
  const { idempotencyKey: key } = options;
  const added = await answer(
    server.POST('/requests/{id}/records', {
      params: { path: { id }, ...(key !== undefined && { header: { 'Idempotency-Key': key } }) },
      body: { records },
    }),
  );
  if (output.json) output.value(added);
  output.say(`${added.loaded} rows, ${added.added} accepted, ${added.loaded - added.added} rejected`);
  const rejected = added.records.filter(({ result }) => result !== 'ACCEPTED');
  if (rejected.length > 0) {
    const rows = rejected.map((one) => [
      one.row,
      one.number,
      one.result,
      one.detail && printable(one.detail),
    ]);
    output.say(table(['row', 'number', 'result', 'detail'], rows, [0]));
  }
  return added.added < added.loaded ? EXIT.REFUSED : EXIT.OK;
}

export function addOpen(program: Command, end: End): void {
  program
    .command('open')
    .description('make a request that takes people one by one until it is closed')
    .requiredOption('--flow <name>', 'the flow to run')
    .option('--start-at <time>', 'not before')
    .option('--end-at <time>', 'nothing new begins after this')
    .option('--json', 'the request as JSON')
    .action(async (options: { flow: string; startAt?: string; endAt?: string; json?: boolean }) => {
      const now = new Date();
      const { flow, startAt, endAt } = options;
      const body = {
        ...{ flowName: flow, open: true, records: [] },
        ...(startAt !== undefined && { startAt: startMoment('--start-at', startAt, now) }),
        ...(endAt !== undefined && { endAt: startMoment('--end-at', endAt, now) }),
      };
      const { server, output } = openContext(options);
      const { requests } = await answer(server.POST('/requests', { body }));
      if (output.json) output.value({ requests });
      output.say(`request ${requests[0]?.id} is open; \`clarion add ${requests[0]?.id} NUMBER\` adds people`);
      end(EXIT.OK);
    });
  program
    .command('add')
    .description('add people to an open request; each is answered for')
    .argument('<id>', 'request id')
    .argument('[number...]', 'in E.164 or as dialled in the account’s country')
    .option('--var <name=value>', 'a flow variable of all of them; repeatable', readVariable, {})
    .option('--from <file>', 'JSON: [{"number": "...", "variables": {"name": "..."}}]')
    .option('--idempotency-key <key>', 'adding again with the same key and people adds nobody')
    .option('--json', 'the answer for each row as JSON')
    .action(async (id: string, numbers: string[], options: AddOptions) =>
      end(await add(parseId(id), numbers, options)),
    );
  program
    .command('close')
    .description('close an open request: it completes when everybody in it has ended')
    .argument('<id>', 'request id')
    .option('--json', 'the request as JSON')
    .action(async (id: string, options: { json?: boolean }) => {
      const number = parseId(id);
      const { server, output } = openContext(options);
      const request = await answer(server.POST('/requests/{id}/close', { params: { path: { id: number } } }));
      if (output.json) output.value(request);
      output.say(`request ${number} is closed; ${request.completed} of ${request.added} have ended`);
      end(EXIT.OK);
    });
}
