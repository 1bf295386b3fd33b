/** Days and hours that hold for more than one flow: holiday calendars, and promotional hours by country. */
import type { Command } from 'commander';
import type { components } from '../../client/index.ts';
import { openContext } from '../context.ts';
import { CommandError, EXIT, type ExitCode, usage } from '../exit.ts';
import { readInput } from '../files.ts';
import { parseHours, showHours } from '../hours.ts';
import { type Output, printable, table } from '../output.ts';
import { collectPages, parseLimit } from '../reading.ts';
import { answer, type Server } from '../server.ts';

type End = (code: ExitCode) => void;
type Calendar = components['schemas']['HolidayCalendar'];
type Added = components['schemas']['HolidaysAdded'];

async function calendars(server: Server): Promise<Calendar[]> {
  return collectPages(500, (paging) => server.GET('/holiday-calendars', { params: { query: paging } }));
}

async function calendarNamed(server: Server, name: string): Promise<Calendar> {
  const found = (await calendars(server)).find((one) => one.name === name);
  if (found) return found;
  throw new CommandError(EXIT.REFUSED, `there is no holiday calendar "${name}"`, {
    advice: '`clarion holidays list` shows them; `clarion holidays create` makes one.',
  });
}

const country = (option: string, text: string): string => {
  if (/^[a-z]{2}$/i.test(text)) return text.toUpperCase();
  throw usage(`${option} "${text}" is not a country's two letters, such as IN`);
};

function sayAdded(output: Output, name: string, added: Added): void {
  if (output.json) output.value(added);
  output.say(`${name}: ${added.added} added, ${added.updated} there already, ${added.removed} taken away`);
}

export function addHolidays(program: Command, end: End): void {
  const holidays = program
    .command('holidays')
    .description('calendars of days on which flows that keep them contact nobody');
  holidays
    .command('list')
    .description('calendars, or the dates of one')
    .argument('[name]', 'a calendar')
    .option('--limit <n>', 'at most so many dates', '400')
    .option('--json', 'as JSON')
    .action(async (name: string | undefined, options: { limit: string; json?: boolean }) => {
      const limit = parseLimit(options.limit);
      const { server, output } = openContext(options);
      if (name === undefined) {
        const items = await calendars(server);
        if (output.json) output.value({ calendars: items });
        const rows = items.map((one) => [printable(one.name), one.region ?? 'all', one.dates, one.nextDate]);
        output.say(
          rows.length > 0 ? table(['name', 'numbers of', 'dates', 'next'], rows, [2]) : 'no calendars',
        );
      } else {
        const { id } = await calendarNamed(server, name);
        const items = await collectPages(limit, (paging) =>
          server.GET('/holiday-calendars/{id}/dates', { params: { path: { id }, query: paging } }),
        );
        if (output.json) output.value({ dates: items });
        output.say(
          table(
            ['date', 'name'],
            items.map((one) => [one.date, printable(one.name)]),
          ),
        );
      }
      end(EXIT.OK);
    });
  holidays
    .command('create')
    .description('make a calendar; flows and requests name it')
    .argument('<name>', 'letters, digits, spaces and . _ -')
    .option('--region <country>', 'only numbers of this country keep it, such as IN')
    .option('--json', 'as JSON')
    .action(async (name: string, options: { region?: string; json?: boolean }) => {
      const { server, output } = openContext(options);
      const region = options.region === undefined ? null : country('--region', options.region);
      const made = await answer(server.POST('/holiday-calendars', { body: { name, region } }));
      if (output.json) output.value(made);
      output.say(`calendar ${printable(made.name)} made; \`clarion holidays import\` fills it`);
      end(EXIT.OK);
    });
  addDates(holidays, end);
  holidays
    .command('delete')
    .description('remove a calendar that no request keeps')
    .argument('<name>', 'a calendar')
    .action(async (name: string) => {
      const { server, output } = openContext({});
      const { id } = await calendarNamed(server, name);
      await answer(server.DELETE('/holiday-calendars/{id}', { params: { path: { id } } }));
      output.say(`calendar ${name} removed`);
      end(EXIT.OK);
    });
}

function addDates(holidays: Command, end: End): void {
  holidays
    .command('add')
    .description('add a date, or give it another name')
    .argument('<name>', 'a calendar')
    .argument('<date>', 'such as 2026-01-26')
    .argument('<holiday>', 'what the day is called')
    .option('--json', 'as JSON')
    .action(async (name: string, date: string, holiday: string, options: { json?: boolean }) => {
      const { server, output } = openContext(options);
      const { id } = await calendarNamed(server, name);
      const body = { dates: [{ date, name: holiday }], replace: false };
      sayAdded(
        output,
        name,
        await answer(server.POST('/holiday-calendars/{id}/dates', { params: { path: { id } }, body })),
      );
      end(EXIT.OK);
    });
  holidays
    .command('remove')
    .description('take a date away')
    .argument('<name>', 'a calendar')
    .argument('<date>', 'such as 2026-01-26')
    .action(async (name: string, date: string) => {
      const { server, output } = openContext({});
      const { id } = await calendarNamed(server, name);
      await answer(server.DELETE('/holiday-calendars/{id}/dates/{date}', { params: { path: { id, date } } }));
      output.say(`${date} taken from ${name}`);
      end(EXIT.OK);
    });
  holidays
    .command('import')
    .description('add dates from csv (date,name), or the public holidays of a country and year')
    .argument('<name>', 'a calendar')
    .argument('[file]', 'csv; - for stdin')
    .option('--country <country>', 'such as IN')
    .option('--state <state>', 'such as KA')
    .option('--year <year>', 'such as 2026')
    .option('--replace', 'take the other dates away')
    .option('--json', 'as JSON')
    .action(async (name: string, file: string | undefined, options: ImportOptions) => {
      const replace = options.replace ?? false;
      const from = sourceOf(file, options);
      const { server, output } = openContext(options);
      const { id } = await calendarNamed(server, name);
      const params = { path: { id } };
      const added =
        'year' in from
          ? server.POST('/holiday-calendars/{id}/import', { params, body: { ...from, replace } })
          : server.POST('/holiday-calendars/{id}/dates', {
              params,
              body: { csv: new TextDecoder().decode(await readInput(from.file)), replace },
            });
      sayAdded(output, name, await answer(added));
      end(EXIT.OK);
    });
}

interface ImportOptions {
  country?: string;
  state?: string;
  year?: string;
  replace?: boolean;
  json?: boolean;
}

function sourceOf(
  file: string | undefined,
  options: ImportOptions,
): { file: string } | { country: string; state?: string; year: number } {
  if (file !== undefined) return { file };
  const { country: place, state, year } = options;
  if (place === undefined || !/^\d{4}$/.test(year ?? ''))
    throw usage('give a csv file, or --country and --year');
  return { country: country('--country', place), ...(state && { state }), year: Number(year) };
}

export function addPromotionalHours(program: Command, end: End): void {
  const hours = program
    .command('promotional-hours')
    .description('hours outside which promotional traffic is forbidden, by country');
  hours
    .command('list')
    .description('those built in and those added')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => {
      const { server, output } = openContext(options);
      const items = await collectPages(500, (paging) =>
        server.GET('/promotional-hours', { params: { query: paging } }),
      );
      if (output.json) output.value({ promotionalHours: items });
      const rows = items.map((one) => [
        one.country,
        one.id,
        showHours(one.windows),
        one.effectiveFrom,
        one.replacesBuiltIn ? 'yes' : '',
        printable(one.source),
      ]);
      output.say(table(['country', 'id', 'hours', 'from', 'replaces', 'source'], rows));
      end(EXIT.OK);
    });
  hours
    .command('add')
    .description('for operations: add hours of a country, with the text they stand on')
    .argument('<country>', 'such as FR')
    .argument('<hours>', '"mon-fri 10:00-13:00,14:00-20:00"')
    .requiredOption('--source <text>', 'the law or regulation')
    .requiredOption('--from <date>', 'the first day, such as 2026-01-01')
    .option('--replace-built-in', 'hold instead of what is built in, even where weaker')
    .option('--json', 'as JSON')
    .action(async (place: string, text: string, options: AddOptions) => {
      const windows = parseHours('hours', text);
      if (windows === null) throw usage('hours "any" are none');
      const { server, output } = openContext(options);
      const made = await answer(
        server.POST('/promotional-hours', {
          body: {
            country: country('country', place),
            windows,
            source: options.source,
            effectiveFrom: options.from,
            replacesBuiltIn: options.replaceBuiltIn ?? false,
          },
        }),
      );
      if (output.json) output.value(made);
      output.say(`promotional hours ${made.id} of ${made.country} hold from ${made.effectiveFrom}`);
      end(EXIT.OK);
    });
  hours
    .command('remove')
    .description('for operations: take added hours back')
    .argument('<id>', 'as `list` shows it')
    .action(async (id: string) => {
      if (!/^[1-9]\d{0,14}$/.test(id)) throw usage(`"${id}" is not the id of added hours`);
      const { server, output } = openContext({});
      await answer(server.DELETE('/promotional-hours/{id}', { params: { path: { id: Number(id) } } }));
      output.say(`promotional hours ${id} taken back`);
      end(EXIT.OK);
    });
}

interface AddOptions {
  source: string;
  from: string;
  replaceBuiltIn?: boolean;
  json?: boolean;
}
