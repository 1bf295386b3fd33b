/** The do-not-call register: loading it, how far a load is, and what it says of a number. */
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import type { components } from '../../client/index.ts';
import { openContext } from '../context.ts';
import { CommandError, EXIT, type ExitCode, usage } from '../exit.ts';
import { readInput } from '../files.ts';
import { showMoment } from '../moments.ts';
import { type Output, printable, table } from '../output.ts';
import { parseId, upper } from '../reading.ts';
import { answer, type Server } from '../server.ts';
import { accountZone } from '../zone.ts';

type End = (code: ExitCode) => void;
type Import = components['schemas']['RegisterImport'];
type Version = components['schemas']['RegisterVersion'];
type Category = components['schemas']['RegisterCheck']['entries'][number]['blocked'][number];

/** The server's own limit for a register. */
const REGISTER_BYTES = 512 * 1024 * 1024;
const POLL_MS = 1_000;
/** Without a terminal, a line no more often than this. */
const LINE_EVERY_MS = 10_000;
/** Faults of a file that are shown. */
const FAULTS_SHOWN = 10;

interface ImportOptions {
  update?: boolean;
  remove?: boolean;
  country?: string;
  allowShrink?: boolean;
  wait: boolean;
  json?: boolean;
}

export function addRegister(program: Command, end: End): void {
  const register = program
    .command('register')
    .description('the do-not-call register that promotional flows are scrubbed against');
  register
    .command('import')
    .description('load the register from a CSV with a `number` column; it replaces the one before')
    .argument('<file>', 'CSV')
    .option('--update', 'add numbers to the register, and remove those of rows whose `operation` says so')
    .option('--remove', 'an update that removes the numbers of the file')
    .option('--country <code>', "whose numbers have no country code; else the account's country")
    .option('--allow-shrink', 'even if less than half of the numbers stay')
    .option('--no-wait', 'do not wait until a large file is loaded')
    .option('--json', 'as JSON')
    .action(async (file: string, options: ImportOptions) => {
      const { server, output } = openContext(options);
      const form = new FormData();
      if (options.update || options.remove) form.append('mode', 'update');
      if (options.remove) form.append('operation', 'remove');
      if (options.country !== undefined) form.append('country', options.country);
      if (options.allowShrink) form.append('allowShrink', 'true');
      const content = await readInput(file, REGISTER_BYTES);
      form.append('file', new Blob([content], { type: 'text/csv' }), basename(file));
      const sent = await server.sendForm<Import>('/register/imports', form, `register-${randomUUID()}`);
      const done = options.wait ? await follow(server, output, sent) : sent;
      if (output.json) output.value(done);
      report(output, done);
      end(done.status === 'FAILED' ? EXIT.REFUSED : EXIT.OK);
    });
  addStatus(register, end);
  addCheck(register, end);
}

const ended = ({ status }: Version): boolean => status === 'DONE' || status === 'FAILED';

/** Shows how far the load is until it has ended. Ctrl-C leaves it to the server. */
async function follow(server: Server, output: Output, sent: Import): Promise<Import> {
  let now = sent;
  if (ended(now)) return now;
  output.remark(`register version ${now.versionId} is being loaded; Ctrl-C does not stop it`);
  const bar = output.live
    ? new SingleBar({ format: '{bar} {percentage}%  {rows} rows', stream: process.stderr, hideCursor: true })
    : undefined;
  bar?.start(100, 0, { rows: 0 });
  let saidAt = performance.now();
  while (!ended(now)) {
    await sleep(POLL_MS);
    now = await answer(server.GET('/register/imports/{id}', { params: { path: { id: now.versionId } } }));
    bar?.update(percentRead(now), { rows: now.rows });
    if (bar || performance.now() - saidAt < LINE_EVERY_MS) continue;
    saidAt = performance.now();
    output.remark(`${percentRead(now)}% read, ${now.rows} rows`);
  }
  bar?.stop();
  return now;
}

const percentRead = ({ bytes, bytesRead }: Version): number =>
  bytes === null || bytes === 0 ? 0 : Math.floor((100 * (bytesRead ?? 0)) / bytes);

function report(output: Output, done: Import): void {
  const name = `register version ${done.versionId}`;
  if (done.status === 'FAILED') {
    throw new CommandError(
      EXIT.REFUSED,
      `${name} was not loaded: ${printable(done.error ?? 'no reason given')}`,
      {
        advice: 'The version before stays in force.',
      },
    );
  }
  if (done.status !== 'DONE') {
    output.say(
      `${name} waits to be loaded; \`clarion register status ${done.versionId}\` shows how far it is`,
    );
    return;
  }
  output.say(
    `${name}: ${done.numbers} numbers, ${done.rejected} rows without a valid one; ${done.total} in force`,
  );
  for (const { row, problem } of done.faults.slice(0, FAULTS_SHOWN)) {
    output.remark(`row ${row}: ${printable(problem)}`);
  }
  const more = done.rejected + done.unclear - Math.min(done.faults.length, FAULTS_SHOWN);
  if (more > 0) output.remark(`and ${more} more`);
}

function addStatus(register: Command, end: End): void {
  register
    .command('status')
    .description('the loads of the register, or one of them')
    .argument('[version]', 'the version')
    .option('--json', 'as JSON')
    .action(async (version: string | undefined, options: { json?: boolean }) => {
      const { server, output } = openContext(options);
      if (version !== undefined) {
        const id = parseId(version);
        const found = await answer(server.GET('/register/imports/{id}', { params: { path: { id } } }));
        if (output.json) output.value(found);
        else if (ended(found)) report(output, found);
        else output.say(`register version ${id}: ${percentRead(found)}% read, ${found.rows} rows`);
        return end(EXIT.OK);
      }
      const { items } = await answer(server.GET('/register/imports', { params: { query: { limit: 20 } } }));
      const zone = await accountZone(server)();
      const now = new Date();
      if (output.json) output.value({ items });
      else if (items.length === 0) output.say('no register was loaded yet');
      else
        output.say(
          table(
            HEADINGS,
            items.map((one) => line(one, zone, now)),
          ),
        );
      end(EXIT.OK);
    });
}

const HEADINGS = ['version', 'in force', 'status', 'kind', 'numbers', 'rejected', 'file', 'loaded'];

const line = (one: Version, zone: string, now: Date): (string | number | null)[] => [
  one.versionId,
  one.current ? 'yes' : 'no',
  one.status === 'LOADING' ? `loading, ${percentRead(one)}%` : one.status.toLowerCase(),
  one.mode.toLowerCase(),
  one.total ?? one.numbers,
  one.rejected,
  printable(one.fileName),
  one.finishedAt === null ? null : showMoment(one.finishedAt, zone, now),
];

const CATEGORIES: readonly Category[] = [
  'FINANCE',
  'REAL_ESTATE',
  'EDUCATION',
  'HEALTH',
  'CONSUMER_GOODS',
  'COMMUNICATION',
  'TOURISM',
];

/** @throws CommandError USAGE */
function readCategory(text: string | undefined): Category | undefined {
  const wanted = upper(text)?.replaceAll('-', '_');
  if (wanted === undefined) return undefined;
  const found = CATEGORIES.find((category) => category === wanted);
  if (found) return found;
  throw usage(`there is no category ${printable(text ?? '')}`, `Take one of ${CATEGORIES.join(', ')}.`);
}

function addCheck(register: Command, end: End): void {
  register
    .command('check')
    .description('whether a promotional flow may call a number')
    .argument('<number>', 'the number')
    .option('--category <name>', 'what the flow promotes')
    .option('--json', 'as JSON')
    .action(async (number: string, options: { category?: string; json?: boolean }) => {
      const category = readCategory(options.category);
      const { server, output } = openContext(options);
      const query = category === undefined ? { number } : { number, category };
      const found = await answer(server.GET('/register/check', { params: { query } }));
      if (output.json) output.value(found);
      const source =
        found.version === null ? 'no register is loaded' : `register ${printable(found.version)}`;
      output.say(`${found.number}: ${found.registered ? 'registered' : 'not registered'} (${source})`);
      for (const entry of found.entries) output.say(`  ${described(entry)}`);
      if (found.whitelisted) output.say('  on the whitelist: the register does not apply');
      const zone = await accountZone(server)();
      const until = found.notBefore && showMoment(found.notBefore, zone, new Date());
      const verdicts = { ALLOWED: 'may be called', BLOCKED: 'is not called', LATER: `not before ${until}` };
      output.say(
        `  a promotional flow${category ? ` about ${category}` : ''}: ${verdicts[found.promotional]}`,
      );
      end(EXIT.OK);
    });
}

function described(entry: components['schemas']['RegisterCheck']['entries'][number]): string {
  const all = entry.blocked.length === CATEGORIES.length;
  const hours = `${entry.preferredFrom ?? '00:00'} to ${entry.preferredTo ?? '24:00'}`;
  return [
    all ? 'blocks all promotion' : `blocks ${entry.blocked.join(', ')}`,
    ...(entry.preferredFrom || entry.preferredTo ? [`prefers ${hours}`] : []),
    ...(entry.preferredDays ? [`prefers days ${entry.preferredDays.join(', ')} (1 is Monday)`] : []),
  ].join('; ');
}
