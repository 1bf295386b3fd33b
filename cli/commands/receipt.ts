/** Compliance receipts: one on the screen, many to a file, and whether a file is as the platform wrote it. */
import type { Command } from 'commander';
import type { components } from '../../client/index.ts';
import { openContext } from '../context.ts';
import { EXIT, type ExitCode, usage } from '../exit.ts';
import { readInput, save } from '../files.ts';
import { boundMoment } from '../moments.ts';
import { printable, table } from '../output.ts';
import { given, parseId, upper } from '../reading.ts';
import { checkReceipt, readKey, readReceipts } from '../receipt-check.ts';
import { answer } from '../server.ts';
import { accountZone } from '../zone.ts';

type End = (code: ExitCode) => void;
type Sealed = components['schemas']['Receipt'];

/** A few hundred thousand receipts. Larger exports are checked in parts. */
const VERIFY_BYTES = 1024 * 1024 * 1024;
const FAULTS_SHOWN = 20;

interface ExportOptions {
  request?: string;
  flow?: string;
  number?: string;
  from?: string;
  to?: string;
  outcome?: string;
  medium?: string;
}

export function addReceipt(program: Command, end: End): void {
  const receipt = program
    .command('receipt')
    .description('what was asked, known and decided when somebody was contacted');
  receipt
    .command('show')
    .description('the receipt of one attempt')
    .argument('<uuid>', 'the attempt, as `clarion report` shows it')
    .option('--json', 'as JSON: what `receipt verify` checks')
    .action(async (uuid: string, options: { json?: boolean }) => {
      const { server, output } = openContext(options);
      const found = await answer(server.GET('/attempts/{id}/receipt', { params: { path: { id: uuid } } }));
      if (output.json) output.value(found);
      else output.say(shown(found));
      end(EXIT.OK);
    });
  receipt
    .command('export')
    .description('the receipts of many attempts, to a file or with `-` to stdout')
    .argument(
      '<file>',
      'ending .csv for a table; any other gets a receipt a line as JSON, which can be verified',
    )
    .option('--request <id>', 'of one request')
    .option('--flow <name>', 'of one flow')
    .option('--number <number>', 'to one number, or to one address')
    .option('--from <time>', 'begun at or after: 2026-01-31, "2026-01-31 09:00" (the account’s zone)')
    .option('--to <time>', 'begun before; a bare date includes that day')
    .option('--outcome <outcome>', 'with one outcome, such as BLOCKED')
    .option('--medium <medium>', 'voice, sms or email')
    .action(async (file: string, options: ExportOptions) => {
      const { server, output } = openContext({});
      const over = { now: new Date(), zone: accountZone(server) };
      const { number, from, to } = options;
      const query = given({
        requestId: options.request === undefined ? undefined : parseId(options.request),
        flowName: options.flow,
        number: number?.includes('@') ? undefined : number,
        email: number?.includes('@') ? number : undefined,
        outcome: upper(options.outcome),
        medium: options.medium,
        from: from === undefined ? undefined : await boundMoment('--from', from, over),
        to: to === undefined ? undefined : await boundMoment('--to', to, { ...over, dayEnd: true }),
      });
      const asked = new URLSearchParams(
        Object.entries(query).map(([name, value]) => [name, String(value)] satisfies [string, string]),
      );
      const kind = file.toLowerCase().endsWith('.csv') ? 'csv' : 'ndjson';
      await save(await server.download(`/reports/receipts.${kind}?${asked}`), file);
      if (file !== '-') output.remark(`wrote ${file}`);
      end(EXIT.OK);
    });
  receipt
    .command('key')
    .description('the public key that receipts are signed with, in PEM')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => {
      const { server, output } = openContext(options);
      const key = await answer(server.GET('/receipts/key'));
      if (output.json) output.value(key);
      else output.say(key.publicKey.trim());
      end(EXIT.OK);
    });
  addVerify(receipt, end);
}

function addVerify(receipt: Command, end: End): void {
  receipt
    .command('verify')
    .description('check that receipts are as the platform wrote them')
    .argument('<file>', 'of `receipt show --json` or `receipt export`')
    .option('--key <file>', 'the platform’s public key in PEM; else the server is asked for it')
    .option('--json', 'as JSON')
    .action(async (file: string, options: { key?: string; json?: boolean }) => {
      if (file.toLowerCase().endsWith('.csv')) {
        throw usage(
          'a CSV cannot be verified',
          'Export to a file that does not end in .csv: it gets whole receipts.',
        );
      }
      const text = new TextDecoder().decode(await readInput(file, VERIFY_BYTES));
      const receipts = readReceipts(text, file);
      const key =
        options.key === undefined
          ? readKey(
              (await answer(openContext(options).server.GET('/receipts/key'))).publicKey,
              'the server’s key',
            )
          : readKey(new TextDecoder().decode(await readInput(options.key)), options.key);
      const checked = receipts.map((one) => checkReceipt(one, key));
      const faults = checked.filter(({ ok }) => !ok);
      if (options.json)
        process.stdout.write(`${JSON.stringify({ receipts: checked.length, faults }, null, 2)}\n`);
      else {
        for (const { name, why } of faults.slice(0, FAULTS_SHOWN)) {
          process.stdout.write(`${printable(name)}: ${printable(why)}\n`);
        }
        const more = faults.length > FAULTS_SHOWN ? `; the first ${FAULTS_SHOWN} are shown` : '';
        process.stdout.write(
          `${checked.length - faults.length} of ${checked.length} receipts are as the platform wrote them${more}\n`,
        );
      }
      end(faults.length === 0 ? EXIT.OK : EXIT.REFUSED);
    });
}

/** A line for each part of a receipt; what is a list or an object as JSON. */
function shown({ receipt, digest, signature }: Sealed): string {
  const { attempt, request, flow, moments, dlt, callerId, ...rest } = receipt;
  const said = (value: unknown): string =>
    value === null ? '-' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  const rows: [string, unknown][] = [
    ['attempt', attempt.id],
    ['person', attempt.number ?? attempt.email ?? 'withheld'],
    ['medium', attempt.medium],
    ['request', request && `${request.id}, row ${request.row}, policy ${request.policyVersion}`],
    ['flow', `${flow.id}, version ${flow.version}`],
    ['decided', moments.decidedAt],
    ['answered', moments.answeredAt],
    ['ended', moments.endedAt],
    ...Object.entries(rest).filter(([name]) => name !== 'schema' && name !== 'accountId'),
    ['caller id', callerId.shown],
    ['caller series', callerId.series],
    ['DLT entity', dlt.entityId],
    ['DLT template', dlt.templateId],
    ['digest', digest],
    ['signed with', `${signature.algorithm} ${signature.keyId}`],
  ];
  return table(
    ['', ''],
    rows.map(([name, value]) => [name, printable(said(value))]),
  ).trim();
}
