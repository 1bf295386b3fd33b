/** `clarion prompts`: recordings that flows play, and the decision of operations on each. */
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { components } from '../../client/index.ts';
import { type Context, openContext } from '../context.ts';
import { CommandError, EXIT, type ExitCode, usage } from '../exit.ts';
import { readInput, save } from '../files.ts';
import { printable, table } from '../output.ts';
import { collectPages, given, parseLimit, upper } from '../reading.ts';
import { answer, type Server } from '../server.ts';

type End = (code: ExitCode) => void;
type Prompt = components['schemas']['Prompt'];

/** The server's own limit. */
const PROMPT_BYTES = 10 * 1024 * 1024;
const STATUSES = ['PENDING', 'APPROVED', 'REJECTED'] as const;

export function addPrompts(program: Command, end: End): void {
  const prompts = program.command('prompts').description('recordings that flows play');
  addAdd(prompts, end);
  addList(prompts, end);
  addGet(prompts, end);
  addRemove(prompts, end);
  addDecisions(prompts, end);
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

function addAdd(prompts: Command, end: End): void {
  prompts
    .command('add')
    .description('add an mp3 or WAV file; operations listen to it before flows can play it')
    .argument('<file>', 'mp3 or WAV')
    .option('--name <name>', 'letters, digits and underscores; by default the file’s, without its ending')
    .option('--tags <tags>', 'comma separated')
    .option('--json', 'as JSON')
    .action(async (file: string, options: { name?: string; tags?: string; json?: boolean }) => {
      const content = await readInput(file, PROMPT_BYTES);
      const { server, output } = openContext(options);
      const form = new FormData();
      form.append('name', options.name ?? basename(file).replace(/\.[^.]+$/, ''));
      if (options.tags !== undefined) form.append('tags', options.tags);
      form.append('file', new Blob([content]), 'prompt');
      const made = await server.sendForm<Prompt>('/prompts', form, `prompt-${randomUUID()}`);
      if (output.json) output.value(made);
      output.say(
        `prompt ${made.id} "${made.name}": ${seconds(made.durationMs)}, waits for operations to approve it`,
      );
      end(EXIT.OK);
    });
}

function addList(prompts: Command, end: End): void {
  prompts
    .command('list')
    .description('prompts, newest first; with a key of operations those of all accounts')
    .option('--status <status>', STATUSES.join(', ').toLowerCase())
    .option('--tag <tag>', 'only those with this tag')
    .option('--limit <n>', 'at most so many', '100')
    .option('--json', 'as JSON')
    .action(async (options: { status?: string; tag?: string; limit: string; json?: boolean }) => {
      const status = STATUSES.find((known) => known === upper(options.status));
      if (options.status !== undefined && !status) {
        throw usage(`--status "${options.status}" is none of ${STATUSES.join(', ').toLowerCase()}`);
      }
      const limit = parseLimit(options.limit);
      const filter = given({ status, tag: options.tag });
      const { server, output } = openContext(options);
      const items = await collectPages(limit, (query) =>
        server.GET('/prompts', { params: { query: { ...filter, ...query } } }),
      );
      if (output.json) output.value({ prompts: items });
      else if (items.length === 0) output.say('no prompts; `clarion prompts add FILE` adds one');
      else output.say(listing(items));
      end(EXIT.OK);
    });
}

function listing(items: Prompt[]): string {
  const rows = items.map((prompt) => [
    prompt.id,
    prompt.accountId,
    prompt.name,
    prompt.status.toLowerCase(),
    seconds(prompt.durationMs),
    prompt.tags.map(printable).join(', '),
    prompt.reason === null ? '' : printable(prompt.reason),
  ]);
  return table(['id', 'account', 'name', 'status', 'length', 'tags', 'reason'], rows, [0, 1, 4]);
}

function addGet(prompts: Command, end: End): void {
  prompts
    .command('get')
    .description('what is known of a prompt, and its sound')
    .argument('<name>', 'the prompt’s name')
    .option('-o, --output <file>', 'write the recording as it was given to a file')
    .option('--telephone', 'with -o: as people hear it on the telephone, a WAV file')
    .option('--json', 'as JSON')
    .action(async (name: string, options: { output?: string; telephone?: boolean; json?: boolean }) => {
      if (options.telephone && options.output === undefined) throw usage('--telephone needs -o FILE');
      const context = openContext(options);
      const prompt = await byName(context.server, name);
      if (options.output !== undefined) {
        const kind = options.telephone ? 'telephone-audio' : 'audio';
        await save(await context.server.download(`/prompts/${prompt.id}/${kind}`), options.output);
        if (options.output !== '-') context.output.remark(`wrote ${options.output}`);
      } else if (context.output.json) context.output.value(prompt);
      else context.output.say(listing([prompt]));
      end(EXIT.OK);
    });
}

function addRemove(prompts: Command, end: End): void {
  prompts
    .command('remove')
    .description('remove a prompt that no published flow plays')
    .argument('<name>', 'the prompt’s name')
    .action(async (name: string) => {
      const { server, output } = openContext({});
      const { id } = await byName(server, name);
      await server.DELETE('/prompts/{id}', { params: { path: { id } } });
      output.say(`prompt "${printable(name)}" is removed`);
      end(EXIT.OK);
    });
}

/** @throws CommandError REFUSED */
async function byName(server: Server, name: string): Promise<Prompt> {
  const { items } = await answer(server.GET('/prompts', { params: { query: { name: name.slice(0, 64) } } }));
  const found = items.find((prompt) => prompt.name === name);
  if (found) return found;
  throw new CommandError(EXIT.REFUSED, `there is no prompt "${printable(name)}"`, {
    advice: '`clarion prompts list` shows the prompts of the account.',
  });
}

interface DecisionOptions {
  account: string;
  json?: boolean;
}

function addDecisions(prompts: Command, end: End): void {
  prompts
    .command('approve')
    .description('let flows play a prompt; takes a key of operations')
    .argument('<id>', 'the prompt’s id')
    .requiredOption('--account <id>', 'the account it belongs to')
    .option('--json', 'as JSON')
    .action(async (id: string, options: DecisionOptions) => {
      const params = paramsOf(id, options);
      const context = openContext(options);
      tell(context, await answer(context.server.POST('/prompts/{id}/approve', { params })));
      end(EXIT.OK);
    });
  prompts
    .command('reject')
    .description('turn a prompt down, or take an approved one back; takes a key of operations')
    .argument('<id>', 'the prompt’s id')
    .requiredOption('--account <id>', 'the account it belongs to')
    .requiredOption('--reason <text>', 'told to the account holder')
    .option('--json', 'as JSON')
    .action(async (id: string, options: DecisionOptions & { reason: string }) => {
      const params = paramsOf(id, options);
      const context = openContext(options);
      const body = { reason: options.reason };
      tell(context, await answer(context.server.POST('/prompts/{id}/reject', { params, body })));
      end(EXIT.OK);
    });
}

/** @throws CommandError USAGE */
function paramsOf(id: string, { account }: DecisionOptions) {
  for (const [what, text] of [
    ['prompt', id],
    ['account', account],
  ]) {
    if (!/^[1-9]\d{0,14}$/.test(text ?? '')) {
      throw usage(`"${text}" is not the id of a ${what}`, '`clarion prompts list` shows both.');
    }
  }
  return { path: { id: Number(id) }, header: { 'X-Account-Id': account } };
}

function tell({ output }: Context, prompt: Prompt): void {
  if (output.json) output.value(prompt);
  output.say(`prompt ${prompt.id} "${prompt.name}" is ${prompt.status.toLowerCase()}`);
}
