/** `clarion prove`: whether a request's rows bear out what is promised of every request. */
import type { Command } from 'commander';
import { openContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { printable, table } from '../output.ts';
import { parseId } from '../reading.ts';
import { answer } from '../server.ts';

export function addProve(program: Command, end: (code: ExitCode) => void): void {
  program
    .command('prove')
    .description('check all attempts of a request against every rule, independently of what decided them')
    .argument('<id>', 'request id')
    .option('--json', 'the proof as JSON')
    .action(async (id: string, options: { json?: boolean }) => {
      const number = parseId(id);
      const { output, server } = openContext(options);
      const proof = await answer(server.GET('/requests/{id}/proof', { params: { path: { id: number } } }));
      if (output.json) output.value(proof);
      const rows = proof.claims.map((claim) => [
        claim.holds ? 'holds' : 'VIOLATED',
        claim.checked,
        claim.claim,
      ]);
      output.say(table(['', 'checked', 'claim'], rows, [1]));
      for (const claim of proof.claims.filter(({ holds }) => !holds)) {
        output.say(`${claim.name}: violated ${claim.violated} times; the first:`);
        for (const { row, attemptId, detail } of claim.samples) {
          output.say(`  row ${row ?? '-'}, attempt ${attemptId ?? '-'}: ${printable(detail)}`);
        }
      }
      end(proof.holds ? EXIT.OK : EXIT.REFUSED);
    });
}
