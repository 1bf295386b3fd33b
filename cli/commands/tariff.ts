/** `clarion tariff`: what calls and messages cost, for forecasts and for what a request has cost. */
import type { Command } from 'commander';
import type { components } from '../../client/index.ts';
import { openContext } from '../context.ts';
import { CommandError, EXIT, type ExitCode } from '../exit.ts';
import { readJsonFile } from '../files.ts';
import { printable, table } from '../output.ts';
import { parseId } from '../reading.ts';
import { answer } from '../server.ts';

type Tariff = components['schemas']['Tariff'];

function show(tariff: Tariff | null): string {
  if (tariff === null) return 'no tariff; `clarion tariff set FILE` takes one';
  const rows = tariff.rates.map((rate) => [
    rate.prefix === '' ? 'any' : `+${rate.prefix}`,
    rate.pulseSeconds,
    rate.perPulse,
    rate.setUp,
  ]);
  const messages = `SMS ${tariff.perSms}, mail ${tariff.perMail} ${printable(tariff.currency)}`;
  return `${table([`numbers`, 'pulse s', `per pulse ${tariff.currency}`, 'set-up'], rows, [1, 2, 3])}\n${messages}`;
}

export function addTariff(program: Command, end: (code: ExitCode) => void): void {
  const tariff = program.command('tariff').description('what calls and messages cost');
  tariff
    .command('show')
    .description('the rates of the account')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => {
      const { server, output } = openContext(options);
      const found = await answer(server.GET('/tariff'));
      if (output.json) output.value(found);
      output.say(show(found.tariff));
      end(EXIT.OK);
    });
  tariff
    .command('set')
    .description('replace the tariff')
    .argument('<file>', 'JSON: {"currency", "rates": [{"prefix", "pulseSeconds", "perPulse", "setUp"}]}')
    .option('--json', 'as JSON')
    .action(async (path: string, options: { json?: boolean }) => {
      const body = (await readJsonFile(path)) as components['schemas']['NewTariff'];
      const { server, output } = openContext(options);
      const found = await answer(server.PUT('/tariff', { body }));
      if (output.json) output.value(found);
      output.say(show(found.tariff));
      end(EXIT.OK);
    });
  tariff
    .command('remove')
    .description('forecasts say nothing of cost then')
    .action(async () => {
      const { server, output } = openContext({});
      await answer(server.DELETE('/tariff'));
      output.say('the tariff is removed');
      end(EXIT.OK);
    });
  program
    .command('cost')
    .description('what a request has cost so far')
    .argument('<id>', 'request id')
    .option('--json', 'as JSON')
    .action(async (id: string, options: { json?: boolean }) => {
      const number = parseId(id);
      const { server, output } = openContext(options);
      const { cost } = await answer(server.GET('/requests/{id}/cost', { params: { path: { id: number } } }));
      if (output.json) output.value({ cost });
      else if (!cost)
        throw new CommandError(EXIT.REFUSED, 'the account has no tariff', {
          advice: '`clarion tariff set FILE` takes one.',
        });
      else {
        output.say(`${cost.total} ${cost.currency}: ${cost.calls} answered calls, ${cost.messages} messages`);
        if (cost.unpriced > 0) output.say(`${cost.unpriced} more answered calls, which no rate fits`);
      }
      end(EXIT.OK);
    });
}
