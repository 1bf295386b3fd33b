/** `clarion flow`: flows as files, so that they can be kept, reviewed and moved like any other source. */
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { Flow, FlowCheck, FlowSummary } from '../../client/index.ts';
import { type Context, openContext } from '../context.ts';
import { CommandError, EXIT, type ExitCode, usage } from '../exit.ts';
import { readJsonFile } from '../files.ts';
import { printable, table } from '../output.ts';
import { collectPages } from '../reading.ts';
import { answer, type Server } from '../server.ts';

type End = (code: ExitCode) => void;

const FLOW_TYPES = ['outbound', 'dialer', 'inbound', 'notification'];
/** More flows than any account has. */
const ALL = 10_000;

export function addFlows(program: Command, end: End): void {
  const flow = program.command('flow').description('list, check, push and pull flows');
  flow
    .command('list')
    .description('flows of the account')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => {
      const { server, output } = openContext(options);
      const items = await collectPages(ALL, (query) => server.GET('/flows', { params: { query } }));
      if (output.json) output.value({ flows: items });
      else if (items.length === 0) output.say('no flows; `clarion flow push FILE --publish` makes one');
      else output.say(listing(items));
      end(EXIT.OK);
    });
  flow
    .command('check')
    .description('say everything that is wrong with a definition; stores nothing')
    .argument('<file>', 'the definition, JSON')
    .option('--json', 'as JSON')
    .action(async (file: string, options: { json?: boolean }) => {
      const definition = await readJsonFile(file);
      const context = openContext(options);
      const found = await answer(context.server.POST('/flows/check', { body: { definition } }));
      if (context.output.json) context.output.value(found);
      tellProblems(context, file, found);
      end(found.ok ? EXIT.OK : EXIT.REFUSED);
    });
  addPush(flow, end);
  addPull(flow, end);
}

function listing(items: FlowSummary[]): string {
  const state = (f: FlowSummary): string => {
    if (f.publishedVersion === null) return 'draft';
    if (f.transactional && f.approvedVersion !== f.publishedVersion) return 'waits for approval';
    return `version ${f.publishedVersion}`;
  };
  const rows = items.map((f) => [
    f.id,
    printable(f.name),
    f.type,
    f.transactional ? 'transactional' : 'promotional',
    state(f),
  ]);
  return table(['id', 'name', 'type', 'traffic', 'state'], rows, [0]);
}

function tellProblems({ output }: Context, file: string, found: FlowCheck): void {
  for (const { severity, code, widget, field, message } of found.problems) {
    const where = [widget, field].filter((part) => part !== undefined).join('.') || 'definition';
    output.say(`${severity} ${code} at ${printable(where)}: ${printable(message)}`);
  }
  const errors = found.problems.filter((problem) => problem.severity === 'error').length;
  const warnings = found.problems.length - errors;
  output.say(found.ok ? `${file} can be published (${warnings} warnings)` : `${file} has ${errors} errors`);
}

interface PushOptions {
  name?: string;
  type: string;
  transactional?: boolean;
  publish?: boolean;
  json?: boolean;
}

function addPush(flow: Command, end: End): void {
  flow
    .command('push')
    .description('store a definition as the draft of a flow, making the flow where there is none')
    .argument('<file>', 'the definition, JSON')
    .option('--name <name>', 'the flow’s name; by default the file’s, without .json')
    .option('--type <type>', `for a new flow: ${FLOW_TYPES.join(', ')}`, 'outbound')
    .option('--transactional', 'for a new flow: not scrubbed; runs only once operations have approved it')
    .option('--publish', 'check it and make it the version that new requests run')
    .option('--json', 'the flow as JSON')
    .action(async (file: string, options: PushOptions) => {
      if (!FLOW_TYPES.includes(options.type)) {
        throw usage(`--type "${options.type}" is none of ${FLOW_TYPES.join(', ')}`);
      }
      const definition = await readDefinition(file);
      const context = openContext(options);
      await push(context, options.name ?? basename(file).replace(/\.json$/i, ''), definition, options);
      end(EXIT.OK);
    });
}

/** @throws CommandError USAGE */
async function readDefinition(file: string): Promise<Flow['definition']> {
  const value = await readJsonFile(file);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw usage(
      `${file} is no flow`,
      'A flow is a JSON object; `clarion flow check FILE` says what it lacks.',
    );
  }
  return value as Flow['definition'];
}

async function push(
  context: Context,
  name: string,
  definition: Flow['definition'],
  options: PushOptions,
): Promise<void> {
  const { server, output } = context;
  const known = await byName(server, name);
  const flow = known
    ? await answer(server.PUT('/flows/{id}', { params: { path: { id: known.id } }, body: { definition } }))
    : await answer(
        server.POST('/flows', {
          body: {
            name,
            type: options.type as Flow['type'],
            transactional: options.transactional === true,
            definition,
          },
        }),
      );
  output.say(`flow ${flow.id} "${printable(flow.name)}": draft ${known ? 'replaced' : 'stored'}`);
  let version: number | undefined;
  if (options.publish) {
    version = (await answer(server.POST('/flows/{id}/publish', { params: { path: { id: flow.id } } })))
      .version;
    output.say(`flow ${flow.id} "${printable(flow.name)}": version ${version} published`);
    if (flow.transactional)
      output.remark('it is transactional: operations must approve this version before it runs');
  }
  if (output.json) output.value({ ...flow, publishedVersion: version ?? flow.publishedVersion });
}

function addPull(flow: Command, end: End): void {
  flow
    .command('pull')
    .description('the draft of a flow, as push takes it')
    .argument('<name>', 'the flow’s name')
    .option('-o, --output <file>', 'write it to a file instead of stdout')
    .action(async (name: string, options: { output?: string }) => {
      const { server, output } = openContext({});
      const known = await byName(server, name);
      if (!known) {
        throw new CommandError(EXIT.REFUSED, `there is no flow "${name}"`, {
          advice: '`clarion flow list` shows the flows of the account.',
        });
      }
      const { definition } = await answer(server.GET('/flows/{id}', { params: { path: { id: known.id } } }));
      const text = `${JSON.stringify(definition, null, 2)}\n`;
      if (options.output === undefined || options.output === '-') process.stdout.write(text);
      else {
        await writeFile(options.output, text).catch((error: NodeJS.ErrnoException) => {
          throw usage(`cannot write ${options.output} (${error.code})`);
        });
        output.remark(`wrote ${options.output}`);
      }
      end(EXIT.OK);
    });
}

/** The flow of a name; undefined where the account has none. */
export async function byName(server: Server, name: string): Promise<FlowSummary | undefined> {
  const items = await collectPages(ALL, (paging) =>
    server.GET('/flows', { params: { query: { name, ...paging } } }),
  );
  return items.find((flow) => flow.name === name);
}
