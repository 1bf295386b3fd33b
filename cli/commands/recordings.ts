/** `clarion recordings`: what was recorded in a call, on the screen or saved into a folder. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Recording } from '../../client/index.ts';
import { openContext } from '../context.ts';
import { EXIT, type ExitCode, usage } from '../exit.ts';
import { save } from '../files.ts';
import { showDuration, showMoment } from '../moments.ts';
import { printable, table } from '../output.ts';
import { answer } from '../server.ts';
import { accountZone } from '../zone.ts';

export function addRecordings(program: Command, end: (code: ExitCode) => void): void {
  program
    .command('recordings')
    .description('what was recorded in one call')
    .argument('<attempt>', 'the call, as `clarion report` shows it')
    .option('--save <dir>', 'save those that are stored into a folder, which is made')
    .option('--json', 'as JSON')
    .action(async (attempt: string, options: { save?: string; json?: boolean }) => {
      const { server, output } = openContext(options);
      const { items } = await answer(
        server.GET('/attempts/{id}/recordings', { params: { path: { id: attempt } } }),
      );
      if (output.json) output.value(items);
      if (items.length === 0) output.say('nothing was recorded in this call');
      else output.say(overview(items, await accountZone(server)()));
      const stored = items.filter((one) => one.status === 'STORED');
      if (options.save !== undefined) {
        await makeFolder(options.save);
        for (const { name } of stored) {
          const path = join(options.save, fileName(name));
          await save(await server.download(`/attempts/${attempt}/recordings/${name}`), path);
          output.remark(`wrote ${path}`);
        }
        const left = items.length - stored.length;
        if (left > 0) output.remark(`${left} of ${items.length} have no audio to save: see their status`);
      }
      end(EXIT.OK);
    });
}

function overview(items: Recording[], zone: string): string {
  const now = new Date();
  const rows = items.map((one) => [
    printable(one.name),
    one.kind.toLowerCase().replaceAll('_', '-'),
    one.widget,
    showMoment(one.startedAt, zone, now),
    one.durationMs === null ? null : showDuration(one.durationMs),
    one.cause === null ? one.status : `${one.status} (${printable(one.cause)})`,
  ]);
  return table(['name', 'kind', 'widget', 'started', 'length', 'status'], rows);
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw usage(`cannot make the folder ${path} (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** A name from the server becomes the name of a file: nothing that could lead out of the folder. */
function fileName(name: string): string {
  if (/^[A-Za-z0-9_-]+\.gsm$/.test(name)) return name;
  throw usage(`the server names a recording "${printable(name)}", which cannot be the name of a file`);
}
