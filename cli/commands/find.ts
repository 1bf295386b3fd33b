/** `clarion find`: from an id, a number, an address or part of a name to what it belongs to. */
import type { Command } from 'commander';
import { openContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { showMoment } from '../moments.ts';
import { printable, table } from '../output.ts';
import { answer } from '../server.ts';
import { accountZone } from '../zone.ts';

export function addFind(program: Command, end: (code: ExitCode) => void): void {
  program
    .command('find')
    .description('find a request, a call, a person or a flow')
    .argument('<text...>', 'an id, a number in any spelling, a mail address, a call’s UUID or part of a name')
    .option('--json', 'as JSON')
    .action(async (words: string[], options: { json?: boolean }) => {
      const { server, output } = openContext(options);
      const q = words.join(' ');
      const found = await answer(server.GET('/search', { params: { query: { q } } }));
      const items = found.groups.flatMap((group) => group.items);
      if (output.json) output.value(found);
      else if (items.length === 0) output.say(`nothing is found by "${printable(q)}"`);
      else {
        const zone = await accountZone(server)();
        const now = new Date();
        output.say(
          table(
            ['what', 'title', 'detail', 'when', 'look at it with'],
            items.map((one) => [
              one.type,
              printable(one.title),
              printable(one.detail),
              one.at && showMoment(one.at, zone, now).replace(` ${zone}`, ''),
              lookWith(one),
            ]),
          ),
        );
      }
      end(items.length === 0 ? EXIT.REFUSED : EXIT.OK);
    });
}

/** The command that shows more of it. */
function lookWith(one: {
  type: string;
  title: string;
  requestId: number | null;
  uuid: string | null;
  number: string | null;
  email: string | null;
}): string | null {
  if (one.type === 'request') return `clarion status ${one.requestId}`;
  if (one.type === 'call') return `clarion journey ${one.uuid}`;
  if (one.type === 'person') return `clarion report --number ${one.number ?? one.email}`;
  return one.type === 'flow' ? `clarion flow pull ${one.title}` : 'clarion dids list';
}
