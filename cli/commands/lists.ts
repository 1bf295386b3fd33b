/** Who may not be contacted: the blacklist. */
import type { Command } from 'commander';
import { openContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
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
  addBlacklistList(blacklist, end);
  blacklist
    .command('remove')
    .description('take entries off the blacklist')
    .argument('<entry...>', 'numbers or mail addresses')
    .action(async (entries: string[]) => {
      const { server, output } = openContext({});
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

function addBlacklistList(blacklist: Command, end: End): void {
  blacklist
    .command('list')
    .description('what is on the blacklist')
    .option('--emails', 'the mail addresses instead of the numbers')
    .option('--limit <n>', 'at most so many', '100')
    .option('--json', 'as JSON')
    .action(async (options: { emails?: boolean; limit: string; json?: boolean }) => {
      const limit = parseLimit(options.limit);
      const { server, output } = openContext(options);
      const items = options.emails
        ? await collectPages(limit, (query) => server.GET('/blacklist/emails', { params: { query } }))
        : await collectPages(limit, (query) => server.GET('/blacklist/phones', { params: { query } }));
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
