/** Holiday calendars of an account: making them, their dates, and filling them from csv or from public holidays. */
import { z } from '@hono/zod-openapi';
import type { Database } from '../../db/client.ts';
import {
  addHolidays,
  type Calendar,
  createCalendar,
  getCalendar,
  listCalendars,
  listHolidays,
  removeCalendar,
  removeHoliday,
  requestsKeeping,
  setCalendarRegion,
  tellRequestsKeeping,
} from '../../db/queries/holiday-calendars.ts';
import {
  calendarName,
  HOLIDAY_LIMITS,
  type HolidayEntry,
  holidayDate,
  holidayEntry,
  readHolidayLines,
} from '../../domain/holiday.ts';
import { decodeCursor, pageFrom } from '../cursor.ts';
import { type Api, type ChangeCall, change, read } from '../endpoint.ts';
import { ApiError, invalid, notFound } from '../errors.ts';
import { publicHolidays } from '../public-holidays.ts';
import { idParam, moment, pageOf, paging } from '../schemas.ts';

const tag = 'Hours and holidays';

const region = z
  .string()
  .regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code, such as IN')
  .nullable()
  .openapi({ description: 'Only numbers of this country keep it. Null: everybody does.', example: 'IN' });

const calendar = z
  .object({
    id: z.int(),
    name: z.string().openapi({ description: 'Flows and requests name it by this in `holidayCalendars`.' }),
    region,
    dates: z.int().openapi({ description: 'How many it has.' }),
    nextDate: z.string().nullable().openapi({ example: '2026-01-26' }),
    createdAt: moment,
    updatedAt: moment,
  })
  .openapi('HolidayCalendar');

const entry = z.strictObject(holidayEntry.shape).openapi('Holiday');
const named = z.strictObject({ name: calendarName, region: region.optional() });
const newCalendar = named.openapi('NewHolidayCalendar');
const text = z.string().max(HOLIDAY_LIMITS.bytes).openapi({
  description: 'Lines of `date,name`, with a header or without.',
  example: '2026-01-26,Republic Day\n2026-08-15,Independence Day',
});
const addition = z
  .strictObject({
    dates: z.array(entry).min(1).max(HOLIDAY_LIMITS.dates).optional(),
    csv: text.optional(),
    replace: z.boolean().default(false).openapi({ description: 'Take the other dates away.' }),
  })
  .refine((given) => (given.dates === undefined) !== (given.csv === undefined), {
    message: 'give `dates`, or `csv`',
    path: ['dates'],
  })
  .openapi('NewHolidays');
const importing = z
  .strictObject({
    country: z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code, such as IN'),
    state: z.string().min(1).max(10).optional().openapi({ example: 'KA' }),
    year: z.int().min(2000).max(2100),
    replace: z.boolean().default(false),
  })
  .openapi('HolidayImport');
const added = z
  .object({ added: z.int(), updated: z.int(), removed: z.int(), dates: z.array(entry) })
  .openapi('HolidaysAdded');
const dateParams = z.object({ id: idParam.shape.id, date: holidayDate });

type Id = z.output<typeof idParam>;

/** @throws ApiError NOT_FOUND */
async function requireCalendar(db: Database, accountId: number, calendarId: number): Promise<Calendar> {
  const found = await getCalendar(db, { accountId, calendarId });
  if (!found) throw notFound('holiday calendar');
  return found;
}

/** Adds dates and has the requests told that keep the calendar. @throws ApiError TOO_MANY_ENTRIES */
async function add(
  call: ChangeCall<Id, unknown, { replace: boolean }>,
  entries: readonly HolidayEntry[],
): Promise<z.input<typeof added>> {
  const { db, account, params, audit } = call;
  const { id: calendarId, name } = await requireCalendar(db, account.id, params.id);
  const { replace } = call.body;
  const counts = await addHolidays(db, {
    accountId: account.id,
    calendarId,
    entries,
    replace,
    most: HOLIDAY_LIMITS.dates,
  });
  if (counts === 'FULL') {
    const most = `A calendar has at most ${HOLIDAY_LIMITS.dates} dates.`;
    throw new ApiError('TOO_MANY_ENTRIES', most);
  }
  await audit('holiday-calendar.dates', `holiday-calendar/${calendarId}`, { ...counts });
  await tell(call, name);
  return { ...counts, dates: [...entries] };
}

/** Other days may be open now for requests that run. */
async function tell(call: ChangeCall<Id, unknown, unknown>, name: string): Promise<void> {
  const told = await tellRequestsKeeping(call.db, { accountId: call.account.id, name });
  for (const requestId of told) call.notify(requestId);
}

function calendarRoutes(api: Api): void {
  const path = '/holiday-calendars';
  read(
    api,
    {
      method: 'get',
      path,
      tag,
      summary: 'Holiday calendars',
      scope: 'lists:read',
      query: paging,
      reply: pageOf(calendar, 'HolidayCalendarPage'),
    },
    async ({ db, account, query }) => {
      const after = decodeCursor(z.string(), query.cursor) ?? '';
      const all = await listCalendars(db, { accountId: account.id });
      // A hundred at most: they are read at once, and shown as any list is.
      const names = all.map(({ name }) => name);
      const from = after === '' ? 0 : names.indexOf(after) + 1;
      return pageFrom(all.slice(from, from + query.limit + 1), query.limit, (last) => last.name);
    },
  );
  change(
    api,
    {
      method: 'post',
      path,
      tag,
      summary: 'Make a holiday calendar',
      description: `A flow or a request that names it in \`holidayCalendars\` contacts nobody on its dates, each a whole day by the person's own clock. At most ${HOLIDAY_LIMITS.calendars} an account.`,
      scope: 'lists:write',
      body: newCalendar,
      status: 201,
      reply: calendar,
      errors: ['NAME_TAKEN', 'TOO_MANY_ENTRIES'],
    },
    async ({ db, account, body, audit }) => {
      const made = await createCalendar(db, {
        accountId: account.id,
        name: body.name,
        region: body.region ?? null,
        most: HOLIDAY_LIMITS.calendars,
      });
      if (made === undefined)
        throw new ApiError('NAME_TAKEN', `There is a holiday calendar "${body.name}" already.`);
      if (made === 'FULL')
        throw new ApiError(
          'TOO_MANY_ENTRIES',
          `An account has at most ${HOLIDAY_LIMITS.calendars} calendars.`,
        );
      await audit('holiday-calendar.create', `holiday-calendar/${made}`, { name: body.name });
      return requireCalendar(db, account.id, made);
    },
  );
  read(
    api,
    {
      method: 'get',
      path: `${path}/{id}`,
      tag,
      summary: 'One calendar',
      scope: 'lists:read',
      params: idParam,
      reply: calendar,
    },
    async ({ db, account, params }) => requireCalendar(db, account.id, params.id),
  );
  change(
    api,
    {
      method: 'patch',
      path: `${path}/{id}`,
      tag,
      summary: 'Change whose numbers keep it',
      scope: 'lists:write',
      params: idParam,
      body: z.strictObject({ region }).openapi('HolidayCalendarChanges'),
      reply: calendar,
    },
    async (call) => {
      const { db, account, params, body, audit } = call;
      const { id: calendarId, name } = await requireCalendar(db, account.id, params.id);
      await setCalendarRegion(db, { accountId: account.id, calendarId, region: body.region });
      await audit('holiday-calendar.change', `holiday-calendar/${calendarId}`, { region: body.region });
      await tell(call, name);
      return requireCalendar(db, account.id, calendarId);
    },
  );
  change(
    api,
    {
      method: 'delete',
      path: `${path}/{id}`,
      tag,
      summary: 'Remove a calendar',
      description: 'Not while a request that runs keeps it. A flow that still names it can not be launched.',
      scope: 'lists:write',
      params: idParam,
      status: 204,
      errors: ['CALENDAR_IN_USE'],
    },
    async ({ db, account, params, audit }) => {
      const { id: calendarId, name } = await requireCalendar(db, account.id, params.id);
      const keeping = await requestsKeeping(db, { accountId: account.id, name });
      if (keeping.length > 0) {
        throw new ApiError(
          'CALENDAR_IN_USE',
          `Kept by the requests ${keeping.join(', ')}. Edit or cancel them first.`,
        );
      }
      await removeCalendar(db, { accountId: account.id, calendarId });
      await audit('holiday-calendar.remove', `holiday-calendar/${calendarId}`, { name });
    },
  );
}

function dateRoutes(api: Api): void {
  const path = '/holiday-calendars/{id}/dates';
  read(
    api,
    {
      method: 'get',
      path,
      tag,
      summary: 'Its dates, first to last',
      scope: 'lists:read',
      params: idParam,
      query: paging,
      reply: pageOf(entry, 'HolidayPage'),
    },
    async ({ db, account, params, query }) => {
      await requireCalendar(db, account.id, params.id);
      const rows = await listHolidays(db, {
        accountId: account.id,
        calendarId: params.id,
        after: decodeCursor(z.string(), query.cursor),
        limit: query.limit + 1,
      });
      return pageFrom(rows, query.limit, (last) => last.date);
    },
  );
  change(
    api,
    {
      method: 'post',
      path,
      tag,
      summary: 'Add dates, as a list or as csv',
      description: `A date that is there gets the new name. One that cannot be read refuses all. At most ${HOLIDAY_LIMITS.dates} a calendar. Requests that run and keep the calendar go by it at once.`,
      scope: 'lists:write',
      params: idParam,
      body: addition,
      bodyLimitBytes: 2 * HOLIDAY_LIMITS.bytes,
      reply: added,
      errors: ['TOO_MANY_ENTRIES'],
    },
    async (call) => {
      const { dates, csv } = call.body;
      if (dates) return add(call, dates);
      const { entries, problems } = readHolidayLines(csv ?? '');
      const errors = problems.map(({ line, message }) => ({ field: `csv line ${line}`, message }));
      const [first] = errors;
      if (first) {
        throw new ApiError('INVALID_INPUT', `${first.field}: ${first.message}`, errors.slice(0, 100));
      }
      if (entries.length === 0) throw invalid('csv', 'has no dates');
      return add(call, entries);
    },
  );
  change(
    api,
    {
      method: 'delete',
      path: `${path}/{date}`,
      tag,
      summary: 'Take a date away',
      scope: 'lists:write',
      params: dateParams,
      status: 204,
    },
    async (call) => {
      const { db, account, params, audit } = call;
      const { id: calendarId, name } = await requireCalendar(db, account.id, params.id);
      const { date } = params;
      if (!(await removeHoliday(db, { accountId: account.id, calendarId, date }))) throw notFound('date');
      await audit('holiday-calendar.dates', `holiday-calendar/${calendarId}`, { removed: date });
      await tell(call, name);
    },
  );
  change(
    api,
    {
      method: 'post',
      path: '/holiday-calendars/{id}/import',
      tag,
      summary: 'Add the public holidays of a country and year',
      description:
        'From the package `date-holidays`, which whoever runs the server installs. Governments move and add days: look the result over.',
      scope: 'lists:write',
      params: idParam,
      body: importing,
      reply: added,
      errors: ['TOO_MANY_ENTRIES', 'HOLIDAY_DATA_MISSING'],
    },
    async (call) => {
      await requireCalendar(call.db, call.account.id, call.params.id);
      const { country, state, year } = call.body;
      const found = await publicHolidays(country, state, year);
      if (found.kind === 'NOT_INSTALLED') {
        throw new ApiError(
          'HOLIDAY_DATA_MISSING',
          'Run `npm install date-holidays` where the API runs, or add dates as csv.',
        );
      }
      if (found.kind === 'UNKNOWN') {
        const some = found.known.slice(0, 40).join(', ') || 'none';
        throw invalid(found.field, `is not known; known are ${some}`);
      }
      return add(call, found.entries);
    },
  );
}

export function holidayCalendarRoutes(api: Api): void {
  calendarRoutes(api);
  dateRoutes(api);
}
