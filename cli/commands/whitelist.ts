/** Who is exempt or trusted: numbers to try flows on, mail addresses, and where keys may be used from. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { components } from '../../client/index.ts';
import { openContext } from '../context.ts';
import { CommandError, EXIT, type ExitCode, usage } from '../exit.ts';
import { findLocalCode } from '../local-codes.ts';
import { type Output, printable, table } from '../output.ts';
import { collectPages, parseLimit } from '../reading.ts';
import { answer, type Server } from '../server.ts';

type End = (code: ExitCode) => void;
type Phone = components['schemas']['WhitelistPhone'];

/** A code goes out within seconds; a call rings and speaks for a minute at most. */
const CODE_WAIT_MS = 120_000;
const POLL_MS = 500;

export function addWhitelist(program: Command, end: End): void {
  const whitelist = program
    .command('whitelist')
    .description('numbers, mail addresses, IPv4 addresses and domains that are exempt or trusted');
  addPhones(whitelist.command('phones').description('numbers to try flows on, never scrubbed'), end);
  addEmails(whitelist.command('emails').description('addresses that get status mail'), end);
  addSources(whitelist, end, 'ips');
  addSources(whitelist, end, 'domains');
}

const entryId = (text: string): number => {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw usage(`"${text}" is not the id of an entry`, 'The list shows them.');
};

function addPhones(phones: Command, end: End): void {
  phones
    .command('add')
    .description('send a code to a number; `verify` takes it')
    .argument('<number>', 'a mobile or landline number')
    .option('--by <medium>', 'sms or call', 'sms')
    .option('--local', 'on the local stack: enter the code that the simulated person got')
    .option('--json', 'as JSON')
    .action(async (number: string, options: { by: string; local?: boolean; json?: boolean }) => {
      const { by } = options;
      if (by !== 'sms' && by !== 'call') throw usage(`--by "${by}" must be sms or call`);
      const { server, output } = openContext(options);
      const made = await answer(server.POST('/whitelist/phones', { body: { number, by } }));
      const phone = options.local && made.verifiedAt === null ? await enterLocally(server, made) : made;
      if (output.json) output.value(phone);
      sayPhone(output, phone);
      end(EXIT.OK);
    });
  phones
    .command('verify')
    .description('enter the code that a number got')
    .argument('<id>', 'as `add` and `list` show it')
    .argument('<code>', 'six digits')
    .option('--json', 'as JSON')
    .action(async (id: string, code: string, options: { json?: boolean }) => {
      const { server, output } = openContext(options);
      const path = { id: entryId(id) };
      const reply = server.POST('/whitelist/phones/{id}/verify', { params: { path }, body: { code } });
      const phone = await answer(reply);
      if (output.json) output.value(phone);
      sayPhone(output, phone);
      end(EXIT.OK);
    });
  phones
    .command('list')
    .description('whitelisted numbers, verified or not')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => {
      const { server, output } = openContext(options);
      const items = await collectPages(100, (query) =>
        server.GET('/whitelist/phones', { params: { query } }),
      );
      if (output.json) output.value({ items });
      else if (items.length === 0) output.say('no number is whitelisted');
      else {
        const rows = items.map((one) => [
          String(one.id),
          one.number,
          one.verifiedAt ?? 'not yet',
          one.verifiedAt ? '' : (one.code?.state ?? ''),
        ]);
        output.say(table(['id', 'number', 'verified', 'code'], rows));
      }
      end(EXIT.OK);
    });
  addRemove(phones, end, (server, id) =>
    server.DELETE('/whitelist/phones/{id}', { params: { path: { id } } }),
  );
}

function sayPhone(output: Output, phone: Phone): void {
  const { id, number, verifiedAt, code } = phone;
  if (verifiedAt) output.say(`${number} is whitelisted (entry ${id})`);
  else {
    const way = code?.by === 'call' ? 'call' : 'text message';
    output.say(`a code goes to ${number} by ${way}; enter it: clarion whitelist phones verify ${id} CODE`);
  }
}

/** Waits for the code of a simulated person and enters it. @throws CommandError when none comes */
async function enterLocally(server: Server, phone: Phone): Promise<Phone> {
  const path = { id: phone.id };
  const askedAt = phone.code?.askedAt ?? '';
  for (let waitedMs = 0; waitedMs < CODE_WAIT_MS; waitedMs += POLL_MS) {
    const code = await findLocalCode(process.env, phone.number, askedAt);
    if (code !== undefined) {
      return answer(server.POST('/whitelist/phones/{id}/verify', { params: { path }, body: { code } }));
    }
    const now = await answer(server.GET('/whitelist/phones/{id}', { params: { path } }));
    if (now.code && !['WAITING', 'SENDING', 'SENT'].includes(now.code.state)) {
      throw new CommandError(EXIT.REFUSED, `the code did not arrive: ${now.code.cause ?? now.code.state}`);
    }
    await sleep(POLL_MS);
  }
  throw new CommandError(EXIT.REFUSED, 'no simulated person got the code', {
    advice: '--local works on the machine of the local stack, by its data directory (CLARION_DATA_DIR).',
  });
}

function addEmails(emails: Command, end: End): void {
  emails
    .command('add')
    .description('whitelist mail addresses')
    .argument('<email...>', 'mail addresses')
    .action(async (given: string[]) => {
      const { server, output } = openContext({});
      for (const email of given) {
        const made = await answer(server.POST('/whitelist/emails', { body: { email } }));
        output.say(`${printable(made.email)} is whitelisted (entry ${made.id})`);
      }
      end(EXIT.OK);
    });
  addList(emails, end, async (server, limit) => {
    const items = await collectPages(limit, (query) =>
      server.GET('/whitelist/emails', { params: { query } }),
    );
    return items.map(({ id, email }) => ({ id, value: email }));
  });
  addRemove(emails, end, (server, id) =>
    server.DELETE('/whitelist/emails/{id}', { params: { path: { id } } }),
  );
}

function addSources(whitelist: Command, end: End, kind: 'ips' | 'domains'): void {
  const isIp = kind === 'ips';
  const what = isIp ? 'IPv4 addresses or networks' : 'domains, or *.example.com for all below';
  const sources = whitelist
    .command(kind)
    .description(`${what} that keys may be used from, once any is listed`);
  sources
    .command('add')
    .description(`whitelist ${what}`)
    .argument('<entry...>', what)
    .option('--confirm', 'even if calls from here will be refused')
    .action(async (given: string[], options: { confirm?: boolean }) => {
      const { server, output } = openContext({});
      const confirm = options.confirm === true;
      for (const entry of given) {
        const made = isIp
          ? await answer(server.POST('/whitelist/ips', { body: { address: entry, confirm } }))
          : await answer(server.POST('/whitelist/domains', { body: { domain: entry, confirm } }));
        output.say(`${printable(entry)} is whitelisted (entry ${made.id})`);
      }
      end(EXIT.OK);
    });
  addList(sources, end, async (server, limit) => {
    if (!isIp) {
      const found = await collectPages(limit, (query) =>
        server.GET('/whitelist/domains', { params: { query } }),
      );
      return found.map(({ id, domain }) => ({ id, value: domain }));
    }
    const found = await collectPages(limit, (query) => server.GET('/whitelist/ips', { params: { query } }));
    return found.map(({ id, address }) => ({ id, value: address }));
  });
  addRemove(
    sources,
    end,
    (server, id, confirm) => {
      const params = { path: { id }, query: { confirm: confirm ? ('true' as const) : ('false' as const) } };
      return isIp
        ? server.DELETE('/whitelist/ips/{id}', { params })
        : server.DELETE('/whitelist/domains/{id}', { params });
    },
    true,
  );
}

function addList(
  of: Command,
  end: End,
  read: (server: Server, limit: number) => Promise<{ id: number; value: string }[]>,
): void {
  of.command('list')
    .description('what is whitelisted')
    .option('--limit <n>', 'at most so many', '100')
    .option('--json', 'as JSON')
    .action(async (options: { limit: string; json?: boolean }) => {
      const limit = parseLimit(options.limit);
      const { server, output } = openContext(options);
      const items = await read(server, limit);
      if (output.json) output.value({ items });
      else if (items.length === 0) output.say('nothing is whitelisted');
      else {
        const rows = items.map(({ id, value }) => [String(id), printable(value)]);
        output.say(table(['id', 'entry'], rows));
      }
      end(EXIT.OK);
    });
}

function addRemove(
  of: Command,
  end: End,
  remove: (server: Server, id: number, confirm: boolean) => Promise<unknown>,
  confirmable = false,
): void {
  const command = of
    .command('remove')
    .description('take entries off')
    .argument('<id...>', 'as `list` shows them');
  if (confirmable) command.option('--confirm', 'even if calls from here will be refused');
  command.action(async (ids: string[], options: { confirm?: boolean }) => {
    const { server, output } = openContext({});
    for (const id of ids.map(entryId)) {
      await remove(server, id, options.confirm === true);
      output.say(`entry ${id} is off the whitelist`);
    }
    end(EXIT.OK);
  });
}
