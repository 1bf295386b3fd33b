/** Who may not be contacted: the blacklist. */
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { components } from '../../client/index.ts';
import { openContext } from '../context.ts';
import { EXIT, type ExitCode, usage } from '../exit.ts';
import { readInput } from '../files.ts';
import { boundMoment } from '../moments.ts';
import { printable, table } from '../output.ts';
import { collectPages, given, parseLimit } from '../reading.ts';
import { answer } from '../server.ts';
import { accountZone } from '../zone.ts';

type End = (code: ExitCode) => void;

/** What has an @ is a mail address; everything else is a number. */
const isEmail = (entry: string): boolean => entry.includes('@');

export function addLists(program: Command, end: End): void {
  const blacklist = program
    .command('blacklist')
    .description('numbers and mail addresses that are never contacted');
  addBlacklistAdd(blacklist, end);
  addBlacklistImport(blacklist, end);
  addBlacklistList(blacklist, end);
  blacklist
    .command('remove')
    .description('take entries off the blacklist')
    .argument('[entry...]', 'numbers or mail addresses')
    .option('--expired', 'all that no longer count')
    .action(async (entries: string[], options: { expired?: boolean }) => {
      const { server, output } = openContext({});
      if ((entries.length === 0) !== (options.expired === true)) {
        throw usage('name entries, or give --expired');
      }
      if (options.expired) {
        const body = { expired: true as const };
        const phones = await answer(server.POST('/blacklist/phones/removals', { body }));
        const emails = await answer(server.POST('/blacklist/emails/removals', { body }));
        output.say(`${phones.removed + emails.removed} expired entries are off the blacklist`);
      }
      for (const entry of entries) {
        await (isEmail(entry)
          ? server.DELETE('/blacklist/emails/{email}', { params: { path: { email: entry } } })
          : server.DELETE('/blacklist/phones/{number}', { params: { path: { number: entry } } }));
        output.say(`${printable(entry)} is off the blacklist`);
      }
      end(EXIT.OK);
    });
}

function addBlacklistAdd(blacklist: Command, end: End): void {
  blacklist
    .command('add')
    .description('keep numbers or mail addresses from being contacted')
    .argument('<entry...>', 'numbers or mail addresses')
    .option('--reason <text>', 'why')
    .option('--expires-at <time>', 'only until then')
    .option('--json', 'as JSON')
    .action(async (entries: string[], options: { reason?: string; expiresAt?: string; json?: boolean }) => {
      const { server, output } = openContext(options);
      const over = { now: new Date(), zone: accountZone(server) };
      const expiresAt =
        options.expiresAt === undefined
          ? undefined
          : await boundMoment('--expires-at', options.expiresAt, over);
      const more = given({ reason: options.reason, expiresAt });
      const emails = entries.filter(isEmail);
      const numbers = entries.filter((entry) => !isEmail(entry));
      const replies: { added: number; updated: number }[] = [];
      if (numbers.length > 0) {
        replies.push(await answer(server.POST('/blacklist/phones', { body: { numbers, ...more } })));
      }
      if (emails.length > 0) {
        replies.push(await answer(server.POST('/blacklist/emails', { body: { emails, ...more } })));
      }
      const added = replies.reduce((total, reply) => total + reply.added, 0);
      const updated = replies.reduce((total, reply) => total + reply.updated, 0);
      if (output.json) output.value({ added, updated });
      output.say(`${added} added to the blacklist, ${updated} were on it already`);
      end(EXIT.OK);
    });
}

/** The server's own limit. */
const IMPORT_BYTES = 128 * 1024 * 1024;

function addBlacklistImport(blacklist: Command, end: End): void {
  blacklist
    .command('import')
    .description('blacklist the numbers of a CSV, or with --emails its mail addresses: up to a million rows')
    .argument('<file>', 'CSV with a `number` or `email` column, and perhaps `reason` and `expiresAt`')
    .option('--emails', 'mail addresses instead of numbers')
    .option('--reason <text>', 'why, where a row does not say')
    .option('--expires-at <time>', 'only until then, where a row does not say')
    .option('--json', 'as JSON')
    .action(
      async (
        file: string,
        options: { emails?: boolean; reason?: string; expiresAt?: string; json?: boolean },
      ) => {
        const content = await readInput(file, IMPORT_BYTES);
        const { server, output } = openContext(options);
        const form = new FormData();
        if (options.reason !== undefined) form.append('reason', options.reason);
        if (options.expiresAt !== undefined) {
          const over = { now: new Date(), zone: accountZone(server) };
          form.append('expiresAt', await boundMoment('--expires-at', options.expiresAt, over));
        }
        form.append('file', new Blob([content], { type: 'text/csv' }), basename(file));
        const path = options.emails ? '/blacklist/emails/imports' : '/blacklist/phones/imports';
        const done = await server.sendForm<components['schemas']['BlacklistImport']>(
          path,
          form,
          randomUUID(),
        );
        if (output.json) output.value(done);
        output.say(`${done.added} added to the blacklist, ${done.updated} were on it already`);
        if (done.rejected > 0) {
          output.say(`${done.rejected} rows were not usable; the first of them:`);
          const rows = done.firstRejected.map(({ row, message }) => [String(row), printable(message)]);
          output.say(table(['row', 'why'], rows));
        }
        end(EXIT.OK);
      },
    );
}

interface ListOptions {
  emails?: boolean;
  starting?: string;
  reason?: string;
  expired?: boolean;
  inForce?: boolean;
  limit: string;
  json?: boolean;
}

function addBlacklistList(blacklist: Command, end: End): void {
  blacklist
    .command('list')
    .description('what is on the blacklist')
    .option('--emails', 'the mail addresses instead of the numbers')
    .option('--starting <text>', 'only entries that begin so, such as +9198')
    .option('--reason <words>', 'only those with these words in their reason')
    .option('--expired', 'only those that no longer count')
    .option('--in-force', 'only those that count')
    .option('--limit <n>', 'at most so many', '100')
    .option('--json', 'as JSON')
    .action(async (options: ListOptions) => {
      const limit = parseLimit(options.limit);
      if (options.expired && options.inForce) throw usage('--expired and --in-force exclude each other');
      const { server, output } = openContext(options);
      const expired = options.expired ? 'true' : options.inForce ? 'false' : undefined;
      const { starting, reason } = options;
      const items = options.emails
        ? await collectPages(limit, (paging) => {
            const query = { ...paging, ...given({ email: starting, reason, expired } as const) };
            return server.GET('/blacklist/emails', { params: { query } });
          })
        : await collectPages(limit, (paging) => {
            const query = { ...paging, ...given({ number: starting, reason, expired } as const) };
            return server.GET('/blacklist/phones', { params: { query } });
          });
      if (output.json) output.value({ items });
      else if (items.length === 0) output.say('the blacklist is empty');
      else {
        const rows = items.map((e) => [
          'number' in e ? e.number : e.email,
          e.reason && printable(e.reason),
          e.expiresAt,
        ]);
        output.say(table(['entry', 'reason', 'expires'], rows));
      }
      end(EXIT.OK);
    });
}
