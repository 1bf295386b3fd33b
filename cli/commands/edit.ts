/** Changing a request that runs, and looking at what was changed. */
import type { Command } from 'commander';
import type { components } from '../../client/index.ts';
import { openContext } from '../context.ts';
import { EXIT, type ExitCode, usage } from '../exit.ts';
import { showHours, type Window } from '../hours.ts';
import { showMoment, startMoment } from '../moments.ts';
import { printable, table } from '../output.ts';
import { type PolicyOptions, policyPartsOf, withPolicyOptions } from '../policy-options.ts';
import { collectPages, parseId } from '../reading.ts';
import { answer } from '../server.ts';
import { readSpread, SPREAD_HELP } from '../spread.ts';

type Changes = components['schemas']['RequestChanges'];

interface EditOptions extends PolicyOptions {
  startAt?: string;
  endAt?: string;
  spreadOver?: string;
  json?: boolean;
}

/** `none` takes a time away. */
const time = (option: string, text: string): string | null =>
  text.trim().toLowerCase() === 'none' ? null : startMoment(option, text, new Date());

function changesOf(options: EditOptions): Changes {
  const { startAt, endAt, spreadOver } = options;
  const changes: Changes = {
    ...(startAt !== undefined && { startAt: time('--start-at', startAt) }),
    ...(endAt !== undefined && { endAt: time('--end-at', endAt) }),
    ...(spreadOver !== undefined && {
      spreadOver: spreadOver.trim().toLowerCase() === 'none' ? null : readSpread(spreadOver, new Date()),
    }),
    ...policyPartsOf(options),
  };
  if (Object.keys(changes).length === 0)
    throw usage('nothing to change', '`clarion edit --help` shows what can be.');
  return changes;
}

export function addEdit(program: Command, end: (code: ExitCode) => void): void {
  const edit = program
    .command('edit')
    .description('change a request that runs; the next attempts follow')
    .argument('<id>', 'request id')
    .option('--end-at <time>', 'nothing new begins after this; none takes it away')
    .option('--start-at <time>', 'not before; only while nobody has been called; none: at once')
    .option('--spread-over <length>', `${SPREAD_HELP}; none: at once`);
  withPolicyOptions(edit)
    .option('--json', 'the request as JSON')
    .action(async (id: string, options: EditOptions) => {
      const requestId = parseId(id);
      const body = changesOf(options);
      const { server, output } = openContext(options);
      const request = await answer(
        server.PATCH('/requests/{id}', { params: { path: { id: requestId } }, body }),
      );
      if (output.json) output.value(request);
      output.say(`request ${requestId} goes by version ${request.policyVersion} of its policy`);
      end(EXIT.OK);
    });
  program
    .command('policies')
    .description('the versions of a request’s policy: who changed what, and when')
    .argument('<id>', 'request id')
    .option('--json', 'as JSON')
    .action(async (id: string, options: { json?: boolean }) => {
      const requestId = parseId(id);
      const { server, output } = openContext(options);
      const items = await collectPages(1_000, (paging) =>
        server.GET('/requests/{id}/policies', { params: { path: { id: requestId }, query: paging } }),
      );
      if (output.json) output.value({ policies: items });
      const rows = items.flatMap(({ version, createdAt, createdBy, changes, policy }) => {
        const at = showMoment(createdAt, policy.timeZone, new Date());
        const made: (string | number)[][] =
          changes.length === 0 ? [['as it was launched', '', '']] : changes.map(showChange);
        return made.map((change) => [version, at, printable(createdBy), ...change]);
      });
      output.say(table(['version', 'at', 'by', 'field', 'from', 'to'], rows, [0]));
      end(EXIT.OK);
    });
}

function showChange({ field, from, to }: { field: string; from?: unknown; to?: unknown }): string[] {
  const show = (value: unknown): string => {
    if (field === 'callingHours') return showHours(value as Window[] | null);
    if (typeof value === 'string') return value;
    return value === null || value === undefined ? '-' : JSON.stringify(value);
  };
  return [field, printable(show(from)), printable(show(to))];
}
