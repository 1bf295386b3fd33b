/** `clarion doctor`: what is wrong with the stack on this machine, and how to mend it. */
import type { Command } from 'commander';
import { EXIT, type ExitCode } from '../exit.ts';
import { createOutput } from '../output.ts';

export function addDoctor(program: Command, end: (code: ExitCode) => void): void {
  program
    .command('doctor')
    .description('check the stack of this machine: tools, ports, disk, database, Temporal')
    .option('--fix', 'mend what can be mended')
    .option('--json', 'as JSON')
    .action(async (options: { fix?: boolean; json?: boolean }) => end(await doctor(options)));
}

async function doctor(options: { fix?: boolean; json?: boolean }): Promise<ExitCode> {
  // Loaded for this command alone: it brings the whole local stack along, which no other command needs.
  const { runDoctor } = await import('../../local/doctor.ts');
  const { checks } = await runDoctor({ env: process.env, fix: options.fix === true });
  const output = createOutput(options.json === true);
  const well = checks.every((check) => check.ok);
  if (output.json) output.value({ ok: well, checks });
  for (const { name, ok, detail, fix } of checks) {
    output.say(`${ok ? 'ok  ' : 'FAIL'}  ${name}: ${detail}`);
    if (!ok && fix) output.say(`      ${fix}`);
  }
  return well ? EXIT.OK : EXIT.REFUSED;
}
