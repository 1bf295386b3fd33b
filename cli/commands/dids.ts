/** `clarion dids`: numbers of ours that people call, and which inbound flow answers each. */
import type { Command } from 'commander';
import type { components } from '../../client/index.ts';
import { openContext } from '../context.ts';
import { CommandError, EXIT, type ExitCode, usage } from '../exit.ts';
import { printable, table } from '../output.ts';
import { collectPages, parseLimit } from '../reading.ts';
import { answer, type Server } from '../server.ts';

type End = (code: ExitCode) => void;
type Did = components['schemas']['Did'];

export function addDids(program: Command, end: End): void {
  const dids = program.command('dids').description('numbers of ours that people call, and who answers');
  addList(dids, end);
  addAdd(dids, end);
  addEdit(dids, end);
  dids
    .command('remove')
    .description('give a number up')
    .argument('<number>', 'in E.164 or as dialled in the account’s country')
    .action(async (number: string) => {
      const { server, output } = openContext({});
      const found = await findDid(server, number);
      await server.DELETE('/dids/{id}', { params: { path: { id: found.id } } });
      output.say(`${found.number} is given up`);
      end(EXIT.OK);
    });
}

/** @throws CommandError REFUSED */
async function findDid(server: Server, number: string): Promise<Did> {
  const { items } = await answer(server.GET('/dids', { params: { query: { number, limit: 1 } } }));
  const [found] = items;
  if (found) return found;
  throw new CommandError(EXIT.REFUSED, `${printable(number)} is not a number of the account`, {
    advice: '`clarion dids list` shows them.',
  });
}

const sentence = (did: Did): string =>
  `${did.number} is answered by ${printable(did.flowName)}${did.enabled ? '' : ', switched off'}`;

function addList(dids: Command, end: End): void {
  dids
    .command('list')
    .description('the account’s numbers')
    .option('--limit <n>', 'at most so many', '100')
    .option('--json', 'as JSON')
    .action(async (options: { limit: string; json?: boolean }) => {
      const limit = parseLimit(options.limit);
      const { server, output } = openContext(options);
      const items = await collectPages(limit, (query) => server.GET('/dids', { params: { query } }));
      if (output.json) output.value({ dids: items });
      else if (items.length === 0)
        output.say('no numbers: `clarion dids add <number> --flow <name>` adds one');
      else {
        const rows = items.map((d) => [d.number, printable(d.flowName), d.enabled ? 'on' : 'off']);
        output.say(table(['number', 'flow', 'state'], rows));
      }
      end(EXIT.OK);
    });
}

function addAdd(dids: Command, end: End): void {
  dids
    .command('add')
    .description('have an inbound flow answer a number')
    .argument('<number>', 'in E.164 or as dialled in the account’s country')
    .requiredOption('--flow <name>', 'a published flow of type inbound')
    .option('--off', 'add it switched off')
    .option('--json', 'the number as JSON')
    .action(async (number: string, options: { flow: string; off?: boolean; json?: boolean }) => {
      const { server, output } = openContext(options);
      const body = { number, flowName: options.flow, enabled: options.off !== true };
      const made = await answer(server.POST('/dids', { body }));
      if (output.json) output.value(made);
      output.say(sentence(made));
      end(EXIT.OK);
    });
}

interface EditOptions {
  flow?: string;
  on?: boolean;
  off?: boolean;
  json?: boolean;
}

function addEdit(dids: Command, end: End): void {
  dids
    .command('edit')
    .description('have another flow answer a number, or switch it on or off')
    .argument('<number>', 'in E.164 or as dialled in the account’s country')
    .option('--flow <name>', 'a published flow of type inbound')
    .option('--on', 'switch it on')
    .option('--off', 'switch it off: callers hear that there is no such number')
    .option('--json', 'the number as JSON')
    .action(async (number: string, options: EditOptions) => {
      const { flow, on, off } = options;
      if (on && off) throw usage('--on and --off exclude each other');
      if (flow === undefined && !on && !off) throw usage('give --flow, --on or --off');
      const { server, output } = openContext(options);
      const { id } = await findDid(server, number);
      const body = {
        ...(flow !== undefined && { flowName: flow }),
        ...((on || off) && { enabled: on === true }),
      };
      const changed = await answer(server.PATCH('/dids/{id}', { params: { path: { id } }, body }));
      if (output.json) output.value(changed);
      output.say(sentence(changed));
      end(EXIT.OK);
    });
}
