/** `clarion mails`: lists that come by mail: the address, what came and what became of it, and a mail to try it with. */
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { components } from '../../client/index.ts';
import { openContext } from '../context.ts';
import { CommandError, EXIT, type ExitCode, usage } from '../exit.ts';
import { readInput } from '../files.ts';
import { openLocalSender } from '../local-mail.ts';
import { type Output, printable, table } from '../output.ts';
import { collectPages, given, parseLimit, upper } from '../reading.ts';
import { answer, type Server } from '../server.ts';

type End = (code: ExitCode) => void;
type Mail = components['schemas']['IncomingMail'];

/** Judging takes a second; a worker that starts again, ten. */
const VERDICT_WAIT_MS = 60_000;
const POLL_MS = 300;

export function addMails(program: Command, end: End): void {
  const mails = program.command('mails').description('lists sent in by mail, and what became of them');
  addList(mails, end);
  addShow(mails, end);
  addAddress(mails, end);
  addTry(mails, end);
}

/** Verdict and reason as one word or two. */
const verdict = (mail: Mail): string => (mail.reason ? `${mail.verdict} ${mail.reason}` : mail.verdict);

function addList(mails: Command, end: End): void {
  mails
    .command('list', { isDefault: true })
    .description('newest first; refused ones are shown here and nowhere else')
    .option('--verdict <verdict>', 'accepted, refused or waiting')
    .option('--limit <n>', 'at most so many', '50')
    .option('--json', 'as JSON')
    .action(async (options: { verdict?: string; limit: string; json?: boolean }) => {
      const limit = parseLimit(options.limit);
      const filter = given({ verdict: upper(options.verdict) as Mail['verdict'] | undefined });
      const { server, output } = openContext(options);
      const items = await collectPages(limit, (paging) =>
        server.GET('/incoming-mails', { params: { query: { ...filter, ...paging } } }),
      );
      if (output.json) output.value({ items });
      else if (items.length === 0) output.say('no mail has come: `clarion mails address` says where to');
      else {
        const rows = items.map((mail) => [
          mail.id,
          mail.receivedAt,
          printable(mail.sender ?? mail.envelopeFrom ?? ''),
          printable(mail.subject ?? ''),
          verdict(mail),
          mail.requestIds.join(' '),
        ]);
        output.say(table(['id', 'received', 'sender', 'subject', 'verdict', 'requests'], rows));
      }
      end(EXIT.OK);
    });
}

function addShow(mails: Command, end: End): void {
  mails
    .command('show')
    .description('one mail: who sent it, whether that is proven, its files, the verdict')
    .argument('<id>', 'as `list` shows it')
    .option('--json', 'as JSON')
    .action(async (text: string, options: { json?: boolean }) => {
      if (!/^[1-9]\d{0,14}$/.test(text))
        throw usage(`"${text}" is not the id of a mail`, '`clarion mails` lists them.');
      const { server, output } = openContext(options);
      const path = { id: Number(text) };
      const mail = await answer(server.GET('/incoming-mails/{id}', { params: { path } }));
      if (output.json) output.value(mail);
      else say(output, mail);
      end(EXIT.OK);
    });
}

function say(output: Output, mail: Mail): void {
  output.say(`mail ${mail.id}: ${verdict(mail)}`);
  if (mail.detail) output.say(`  ${printable(mail.detail)}`);
  output.say(
    `  from ${printable(mail.sender ?? mail.envelopeFrom ?? 'nobody')}, "${printable(mail.subject ?? '')}"`,
  );
  const { spf, dkim, dmarc } = mail.authentication ?? {};
  if (spf)
    output.say(
      `  SPF ${spf.result}${spf.domain ? ` for ${printable(spf.domain)}` : ''}${aligned(spf.aligned)}`,
    );
  for (const one of dkim ?? []) {
    output.say(
      `  DKIM ${one.result} for ${printable(one.domain)}${aligned(one.aligned)}${one.why ? `, ${printable(one.why)}` : ''}`,
    );
  }
  if (dmarc) output.say(`  DMARC ${dmarc.result}`);
  for (const file of mail.files) {
    const became = file.requestId ? `request ${file.requestId}` : (file.ignored ?? 'no request');
    output.say(`  ${printable(file.name)}: ${became}`);
  }
}

const aligned = (yes: boolean): string => (yes ? '' : ', not the domain of From');

function addAddress(mails: Command, end: End): void {
  mails
    .command('address')
    .description('where whitelisted senders mail lists to')
    .option('--new', 'draw another one; the one before leads nowhere at once')
    .option('--off', 'take no more lists by mail')
    .option('--json', 'as JSON')
    .action(async (options: { new?: boolean; off?: boolean; json?: boolean }) => {
      if (options.new && options.off) throw usage('--new and --off exclude each other');
      const { server, output } = openContext(options);
      if (options.off) await server.DELETE('/email-uploads/address');
      const found = await (options.new
        ? answer(server.POST('/email-uploads/address'))
        : answer(server.GET('/email-uploads/address')));
      if (output.json) output.value(found);
      else if (found.address) output.say(found.address);
      else if (found.enabled) output.say('no address: `clarion mails address --new` draws one');
      else output.say('this Clarion takes no mail');
      end(EXIT.OK);
    });
}

interface TryOptions {
  flow: string;
  startAt?: string;
  json?: boolean;
}

function addTry(mails: Command, end: End): void {
  mails
    .command('try')
    .description("on the local stack: mail a list as the demo's owner, and say what becomes of it")
    .argument('<file...>', 'csv, or zip of csv')
    .requiredOption('--flow <name>', 'the flow, as the subject names it')
    .option('--start-at <time>', 'not before: "2026-12-01 10:00"')
    .option('--json', 'the mail as JSON')
    .action(async (paths: string[], options: TryOptions) => {
      const lists = await Promise.all(
        paths.map(async (path) => ({ name: basename(path), content: await readInput(path) })),
      );
      const { server, output } = openContext(options);
      const { address } = await answer(server.GET('/email-uploads/address'));
      const local = await openLocalSender(process.env, address ?? undefined);
      await answer(server.POST('/whitelist/emails', { body: { email: local.sender } }));
      const before = await newestId(server);
      const start = options.startAt === undefined ? '' : `; start: ${options.startAt}`;
      await local.send({ subject: `flow: ${options.flow}${start}`, lists });
      output.remark(`mailed as ${local.sender}, who is whitelisted; waiting for the verdict`);
      const mail = await judgedSince(server, before);
      if (output.json) output.value(mail);
      else say(output, mail);
      end(mail.verdict === 'ACCEPTED' ? EXIT.OK : EXIT.REFUSED);
    });
}

async function newestId(server: Server): Promise<number> {
  const { items } = await answer(server.GET('/incoming-mails', { params: { query: { limit: 1 } } }));
  return items[0]?.id ?? 0;
}

/** The first mail after one, once it has its verdict. @throws CommandError when none comes */
async function judgedSince(server: Server, beforeId: number): Promise<Mail> {
  for (let waitedMs = 0; waitedMs < VERDICT_WAIT_MS; waitedMs += POLL_MS) {
    const { items } = await answer(server.GET('/incoming-mails', { params: { query: { limit: 5 } } }));
    const mail = items.filter(({ id }) => id > beforeId).at(-1);
    if (mail && mail.verdict !== 'WAITING') return mail;
    await sleep(POLL_MS);
  }
  throw new CommandError(EXIT.REFUSED, 'the mail has no verdict yet', {
    advice: '`clarion mails` shows it when it has.',
  });
}
