/** The command line: which commands there are, and how their errors become words and exit codes. */
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { addAgain } from './commands/again.ts';
import { addCalls } from './commands/calls.ts';
import { addDids } from './commands/dids.ts';
import { addDoctor } from './commands/doctor.ts';
import { addEdit } from './commands/edit.ts';
import { addExplain } from './commands/explain.ts';
import { addFind } from './commands/find.ts';
import { addFlows } from './commands/flows.ts';
import { addForecast } from './commands/forecast.ts';
import { addHolidays, addPromotionalHours } from './commands/holidays.ts';
import { addLaunch } from './commands/launch.ts';
import { addLimits } from './commands/limits.ts';
import { addLists } from './commands/lists.ts';
import { addMails } from './commands/mails.ts';
import { addOpen } from './commands/open.ts';
import { addPrompts } from './commands/prompts.ts';
import { addProve } from './commands/prove.ts';
import { addReceipt } from './commands/receipt.ts';
import { addRecordings } from './commands/recordings.ts';
import { addRegister } from './commands/register.ts';
import { addReport } from './commands/report.ts';
import { addRequests } from './commands/requests.ts';
import { addSplits } from './commands/splits.ts';
import { addTariff } from './commands/tariff.ts';
import { addTrunks } from './commands/trunks.ts';
import { addUsers } from './commands/users.ts';
import { addWhitelist } from './commands/whitelist.ts';
import { CommandError, EXIT, type ExitCode } from './exit.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const EPILOGUE = `
Talks to CLARION_URL with CLARION_API_KEY, or to the local stack by CLARION_DATA_DIR/local.json (.clarion).
Exit codes: 0 all well; 1 refused, or the campaign was rejected, cancelled or expired; 2 wrong usage;
3 the server cannot be reached; 130 interrupted, while the campaign goes on.`;

/** @param args without `node` and the script. Ends by setting `process.exitCode`. */
export async function main(args: string[]): Promise<void> {
  const end = (code: ExitCode): void => {
    process.exitCode = code;
  };
  const program = new Command('clarion')
    .description('Call every person of a list, watch it happen, and answer for every row.')
    .version(version)
    .addHelpText('after', EPILOGUE)
    .showHelpAfterError('(--help shows how)');
  addLaunch(program, end);
  addForecast(program, end);
  addRequests(program, end);
  addEdit(program, end);
  addAgain(program, end);
  addOpen(program, end);
  addSplits(program, end);
  addReport(program, end);
  addExplain(program, end);
  addReceipt(program, end);
  addFind(program, end);
  addProve(program, end);
  addCalls(program, end);
  addRecordings(program, end);
  addFlows(program, end);
  addPrompts(program, end);
  addLists(program, end);
  addWhitelist(program, end);
  addLimits(program, end);
  addMails(program, end);
  addRegister(program, end);
  addHolidays(program, end);
  addPromotionalHours(program, end);
  addTrunks(program, end);
  addTariff(program, end);
  addDids(program, end);
  addUsers(program, end);
  addDoctor(program, end);
  strict(program);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    end(tell(error, args.includes('--json')));
  }
}

/** Every command, at any depth, throws instead of exiting, so that exit codes are decided in one place. */
function strict(command: Command): void {
  command.exitOverride();
  for (const each of command.commands) strict(each);
}

/** Puts an error into words on stderr, and with --json as JSON on stdout. */
function tell(error: unknown, json: boolean): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.OK : usageError(error, json);
  if (!(error instanceof CommandError)) throw error;
  const { message, advice, code, errors, exitCode } = error;
  if (json) {
    process.stdout.write(
      `${JSON.stringify({ error: { message, code, errors, advice, exitCode } }, null, 2)}\n`,
    );
  }
  const faults = errors.filter((fault) => !message.includes(fault.message));
  const lines = [
    `${exitCode === EXIT.INTERRUPTED ? '' : 'error: '}${message}`,
    ...faults.slice(0, 20).map((fault) => `  ${fault.field}: ${fault.message}`),
    ...(faults.length > 20 ? [`  and ${faults.length - 20} more`] : []),
    ...(advice ? [advice] : []),
  ];
  process.stderr.write(`${lines.join('\n')}\n`);
  return exitCode;
}

/** Commander has written its words to stderr already. */
function usageError(error: CommanderError, json: boolean): ExitCode {
  if (json) {
    const told = { error: { message: error.message, errors: [], exitCode: EXIT.USAGE } };
    process.stdout.write(`${JSON.stringify(told, null, 2)}\n`);
  }
  return EXIT.USAGE;
}
