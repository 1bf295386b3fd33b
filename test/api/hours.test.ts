import { describe, expect, it } from 'vitest';
import { SURVEY } from '../support/campaign.ts';
import { type Reply, testApi } from './support.ts';

const api = await testApi();

async function ready(settings: object = {}) {
  const caller = await api.caller();
  await api.flow(caller.accountId, { name: 'survey', definition: { ...SURVEY, settings } });
  const launch = async (more: object = {}): Promise<Reply> => {
    const made = await caller.json('POST', '/requests', {
      flowName: 'survey',
      records: [{ number: '+919876543210' }],
      ...more,
    });
    return made.requests?.[0] ?? made;
  };
  return { caller, launch };
}

describe('holiday calendars', () => {
  it('are made, filled from a list or csv, read back in order, and emptied date by date', async () => {
    const { caller } = await ready();
    const made = await caller.json('POST', '/holiday-calendars', { name: 'India', region: 'IN' });
    expect(made).toMatchObject({ name: 'India', region: 'IN', dates: 0, nextDate: null });
    const dates = `/holiday-calendars/${made.id}/dates`;
    const csv = 'date,name\n2030-08-15,Independence Day\n2030-01-26,"Republic Day, India"';
    expect(await caller.json('POST', dates, { csv })).toMatchObject({ added: 2, updated: 0, removed: 0 });
    const more = [
      { date: '2030-10-02', name: 'Gandhi Jayanti' },
      { date: '2030-08-15', name: 'Swatantrata Diwas' },
    ];
    expect(await caller.json('POST', dates, { dates: more })).toMatchObject({ added: 1, updated: 1 });
    expect((await caller.json('GET', `${dates}?limit=2`)).items).toEqual([
      { date: '2030-01-26', name: 'Republic Day, India' },
      { date: '2030-08-15', name: 'Swatantrata Diwas' },
    ]);
    const { nextCursor } = await caller.json('GET', `${dates}?limit=2`);
    expect(await caller.json('GET', `${dates}?limit=2&cursor=${nextCursor}`)).toMatchObject({
      items: [{ date: '2030-10-02', name: 'Gandhi Jayanti' }],
      nextCursor: null,
    });
    expect((await caller.call('DELETE', `${dates}/2030-10-02`)).status).toBe(204);
    expect((await caller.call('DELETE', `${dates}/2030-10-02`)).status).toBe(404);
    expect(await caller.json('GET', `/holiday-calendars/${made.id}`)).toMatchObject({
      dates: 2,
      nextDate: '2030-01-26',
    });
    const replaced = await caller.json('POST', dates, { csv: '2031-01-26,Republic Day', replace: true });
    expect(replaced).toMatchObject({ added: 1, removed: 2 });
  });

  it('refuse what cannot be read, naming line or field, and then change nothing', async () => {
    const { caller } = await ready();
    const { id } = await caller.json('POST', '/holiday-calendars', { name: 'India' });
    const field = async (path: string, json: object): Promise<unknown> =>
      (await caller.json('POST', path, json)).errors?.[0]?.field;
    const dates = `/holiday-calendars/${id}/dates`;
    expect(await field(dates, { csv: '2030-01-26,a\n26.01.2030,b' })).toBe('csv line 2');
    expect(await field(dates, { dates: [{ date: '2030-02-30', name: 'a' }] })).toBe('dates.0.date');
    expect(await field(dates, { dates: [{ date: '2030-02-20' }] })).toBe('dates.0.name');
    expect(await field(dates, { csv: '' })).toBe('csv');
    expect(await field(dates, {})).toBe('dates');
    expect(await field('/holiday-calendars', { name: '/' })).toBe('name');
    expect(await field('/holiday-calendars', { name: 'b', region: 'India' })).toBe('region');
    expect(await caller.json('POST', '/holiday-calendars', { name: 'India' })).toMatchObject({
      status: 409,
      code: 'NAME_TAKEN',
    });
    const many = Array.from({ length: 1000 }, (_, day) => ({
      date: new Date(Date.UTC(2030, 0, 1 + day)).toISOString().slice(0, 10),
      name: 'x',
    }));
    expect(await caller.json('GET', `/holiday-calendars/${id}`)).toMatchObject({ dates: 0 });
    expect(await caller.json('POST', dates, { dates: many })).toMatchObject({ added: 1000 });
    expect(await caller.json('POST', dates, { csv: '2040-01-01,one too many' })).toMatchObject({
      status: 409,
      code: 'TOO_MANY_ENTRIES',
    });
  });

  it('take the public holidays of a country, state and year', async () => {
    const { caller } = await ready();
    const { id } = await caller.json('POST', '/holiday-calendars', { name: 'Germany' });
    const path = `/holiday-calendars/${id}/import`;
    const { dates } = await caller.json('POST', path, { country: 'DE', state: 'BY', year: 2026 });
    const found = new Set(dates.map((one: Reply) => one.date));
    // Easter Monday 2026, Epiphany (of Bavaria and two others), Unity Day, both days of Christmas.
    for (const date of ['2026-04-06', '2026-01-06', '2026-10-03', '2026-12-25', '2026-12-26'])
      expect(found).toContain(date);
    expect(found).not.toContain('2026-12-24');
    const refused = await caller.json('POST', path, { country: 'XX', year: 2026 });
    expect(refused.errors[0].field).toBe('country');
    expect(
      (await caller.json('POST', path, { country: 'DE', state: 'ZZ', year: 2026 })).errors[0],
    ).toMatchObject({
      field: 'state',
      message: expect.stringContaining('BY'),
    });
  });

  it('stay while a request keeps them, and a flow that names one that is not there cannot be launched', async () => {
    const { caller, launch } = await ready({ holidayCalendars: ['India'] });
    expect(await launch()).toMatchObject({
      status: 422,
      errors: [{ field: 'holidayCalendars.0', message: expect.stringContaining('"India"') }],
    });
    const { id } = await caller.json('POST', '/holiday-calendars', { name: 'India' });
    const request = await launch();
    expect(request.status).toBe('RECEIVED');
    expect(await caller.json('DELETE', `/holiday-calendars/${id}`)).toMatchObject({
      status: 409,
      code: 'CALENDAR_IN_USE',
      detail: expect.stringContaining(String(request.id)),
    });
    await caller.json('PATCH', `/requests/${request.id}`, { holidayCalendars: [] });
    expect((await caller.call('DELETE', `/holiday-calendars/${id}`)).status).toBe(204);
  });

  it('have the requests that keep them told of every change', async () => {
    const { caller, launch } = await ready();
    const { id } = await caller.json('POST', '/holiday-calendars', { name: 'India' });
    const request = await launch();
    await caller.json('PATCH', `/requests/${request.id}`, { holidayCalendars: ['India'] });
    const told = async () =>
      (await api.db.sql`select 1 from outbox where request_id = ${request.id} and kind = 'changed'`).length;
    const before = await told();
    await caller.json('POST', `/holiday-calendars/${id}/dates`, { csv: '2030-01-26,Republic Day' });
    await caller.call('DELETE', `/holiday-calendars/${id}/dates/2030-01-26`);
    await caller.json('PATCH', `/holiday-calendars/${id}`, { region: 'IN' });
    expect(await told()).toBe(before + 3);
  });
});

describe('promotional hours', () => {
  const rule = {
    country: 'FR',
    effectiveFrom: '2023-03-01',
    source: 'décret n° 2022-1313 du 13 octobre 2022',
    windows: [{ days: [1, 2, 3, 4, 5], from: '10:00', to: '13:00' }],
  };

  it('are added by operations alone, listed for everybody, and taken back', async () => {
    const { caller } = await ready();
    expect(await caller.json('POST', '/promotional-hours', rule)).toMatchObject({ code: 'OPERATIONS_ONLY' });
    const operations = await api.operations();
    const made = await operations.json('POST', '/promotional-hours', rule);
    expect(made).toMatchObject({ country: 'FR', replacesBuiltIn: false });
    const { items } = await caller.json('GET', '/promotional-hours');
    expect(items[0]).toMatchObject({
      id: 'built-in',
      country: 'IN',
      windows: [{ from: '09:00', to: '21:00' }],
    });
    expect(items).toContainEqual(expect.objectContaining({ id: made.id, source: rule.source }));
    expect((await operations.call('DELETE', `/promotional-hours/${made.id}`)).status).toBe(204);
    expect((await operations.call('DELETE', `/promotional-hours/${made.id}`)).status).toBe(404);
    expect((await caller.json('GET', '/promotional-hours')).items).toHaveLength(items.length - 1);
  });

  it.each([
    [{ country: 'XX' }, 'country'],
    [{ effectiveFrom: '2026-13-01' }, 'effectiveFrom'],
    [{ source: '' }, 'source'],
    [{ windows: [] }, 'windows'],
    [{ windows: [{ days: [8], from: '09:00', to: '10:00' }] }, 'windows.0.days.0'],
    [{ windows: [{ from: '22:00', to: '06:00' }] }, 'windows.0.to'],
  ])('name the field at fault of %j', async (over, field) => {
    const operations = await api.operations();
    const refused = await operations.json('POST', '/promotional-hours', { ...rule, ...over });
    expect(refused.errors?.[0]?.field).toBe(field);
  });
});

describe('an edit', () => {
  it('is a version that says what changed, who did it and when, and the newest counts', async () => {
    const { caller, launch } = await ready();
    await caller.json('POST', '/holiday-calendars', { name: 'India' });
    const { id } = await launch({ startAt: '2998-01-01T10:00:00Z' });
    const windows = [
      { days: [1, 2, 3, 4, 5], from: '09:00', to: '13:00' },
      { days: [1, 2, 3, 4, 5], from: '14:00', to: '18:00' },
    ];
    const edit = (json: object) => caller.json('PATCH', `/requests/${id}`, json);
    expect(await edit({ callingHours: windows, endAt: '2999-01-01T10:00:00Z' })).toMatchObject({
      policyVersion: 2,
    });
    expect(await edit({ holidayCalendars: ['India'], callsPerSecond: 5 })).toMatchObject({
      policyVersion: 3,
    });
    expect(await edit({ startAt: '2998-01-02T10:00:00Z' })).toMatchObject({
      policyVersion: 4,
      startAt: '2998-01-02T10:00:00.000Z',
    });
    // Slower than a call in a hundred seconds is no pace but a pause.
    expect(await edit({ callsPerSecond: 0.001 })).toMatchObject({
      code: 'INVALID_INPUT',
      errors: [{ field: 'callsPerSecond', message: expect.stringContaining('at least 0.01') }],
    });
    // As it is already: nothing changes.
    expect(await edit({ callsPerSecond: 5 })).toMatchObject({ policyVersion: 4 });
    const { items } = await caller.json('GET', `/requests/${id}/policies`);
    expect(items.map(({ version, changes }: Reply) => [version, changes])).toEqual([
      [4, [{ field: 'startAt', from: '2998-01-01T10:00:00.000Z', to: '2998-01-02T10:00:00.000Z' }]],
      [
        3,
        [
          { field: 'holidayCalendars', from: [], to: ['India'] },
          { field: 'callsPerSecond', from: 10_000, to: 5 },
        ],
      ],
      [
        2,
        [
          { field: 'callingHours', from: null, to: windows },
          { field: 'endAt', from: null, to: '2999-01-01T10:00:00.000Z' },
        ],
      ],
      [1, []],
    ]);
    expect(items[0]).toMatchObject({
      createdBy: expect.stringMatching(/^key:\d+$/),
      policy: { callsPerSecond: 5 },
    });
  });

  it('may be written as hours were before they had weekdays, and keeps the days there are', async () => {
    const { caller, launch } = await ready({ callingHours: [{ days: [1, 2], from: '09:00', to: '18:00' }] });
    const { id } = await launch();
    const hours = async (json: object) =>
      (await caller.json('PATCH', `/requests/${id}`, json)).policy.callingHours;
    expect(await hours({ callingHours: { from: '10:00', to: '17:00' } })).toEqual([
      { days: [1, 2], from: '10:00', to: '17:00' },
    ]);
    expect(await hours({ callingDays: [5] })).toEqual([{ days: [5], from: '10:00', to: '17:00' }]);
    expect(await hours({ callingHours: null })).toBeNull();
    expect(await hours({ callingDays: [6, 7] })).toEqual([{ days: [6, 7], from: '00:00', to: '24:00' }]);
  });

  it('names the field at fault', async () => {
    const { caller, launch } = await ready();
    const { id } = await launch({ startAt: '2998-01-01T10:00:00Z', endAt: '2998-02-01T10:00:00Z' });
    const field = async (json: object) =>
      (await caller.json('PATCH', `/requests/${id}`, json)).errors?.[0].field;
    const window = { days: [1], from: '09:00', to: '18:00' };
    expect(await field({ callingHours: [{ ...window, to: '08:00' }] })).toBe('callingHours.0.to');
    expect(await field({ callingHours: [{ ...window, days: [0] }] })).toBe('callingHours.0.days.0');
    expect(await field({ callingHours: [window], callingDays: [1] })).toBe('callingDays');
    expect(await field({ callingHours: { from: '9', to: '18:00' } })).toBe('callingHours.from');
    expect(await field({ holidayCalendars: ['none'] })).toBe('holidayCalendars.0');
    expect(await field({ startAt: '2998-03-01T10:00:00Z' })).toBe('startAt');
    expect(await field({ endAt: '2997-03-01T10:00:00Z' })).toBe('endAt');
    expect(await field({ retries: { BUSY: { times: 99, intervalMs: 0 } } })).toBe('retries.BUSY.times');
    expect(await field({ onLate: 'LATER' })).toBe('onLate');
    await api.db.sql`update requests set started_at = now() where id = ${id}`;
    expect(await field({ startAt: '2998-01-02T10:00:00Z' })).toBe('startAt');
  });
});

describe('the zone of a record', () => {
  it('comes with it, and one that is no zone makes a malformed row that names it', async () => {
    const { caller } = await ready();
    const made = await caller.json('POST', '/requests', {
      flowName: 'survey',
      records: [
        { number: '+14155552671', timezone: 'America/New_York' },
        { number: '+14155552672', timezone: 'IST' },
        { number: '+74951234567' },
        { number: '+919876543210', timezone: ' ' },
      ],
    });
    const { id } = made.requests[0];
    const rows = await api.db.sql`
      select result, detail, time_zone, area_zones, area_certain from records where request_id = ${id} order by row`;
    expect([...rows]).toEqual([
      {
        result: 'ACCEPTED',
        detail: null,
        time_zone: 'America/New_York',
        area_zones: ['America/Los_Angeles'],
        area_certain: false,
      },
      {
        result: 'MALFORMED_ROW',
        detail: 'timezone: "IST" is no IANA time zone, such as Asia/Kolkata or America/New_York',
        time_zone: null,
        area_zones: null,
        area_certain: null,
      },
      {
        result: 'ACCEPTED',
        detail: null,
        time_zone: null,
        area_zones: ['Europe/Moscow'],
        area_certain: true,
      },
      { result: 'ACCEPTED', detail: null, time_zone: null, area_zones: null, area_certain: null },
    ]);
    const call = await caller.json('POST', '/calls', {
      flowName: 'survey',
      number: '+919876543210',
      timezone: 'IST',
    });
    expect(call).toMatchObject({ status: 422, code: 'MALFORMED_ROW', errors: [{ field: 'timezone' }] });
  });

  it('decides whether a row comes too late', async () => {
    const { launch } = await ready({ callingHours: [{ from: '09:00', to: '21:00' }] });
    // From 10:00 to 12:00 in India it is night in New York.
    const { id } = await launch({
      startAt: '2998-01-02T10:00:00+05:30',
      endAt: '2998-01-02T12:00:00+05:30',
      records: [{ number: '+919876543210' }, { number: '+919876543211', timezone: 'America/New_York' }],
    });
    const rows = await api.db.sql`select result, detail from records where request_id = ${id} order by row`;
    expect([...rows]).toEqual([
      { result: 'ACCEPTED', detail: null },
      {
        result: 'TOO_LATE',
        detail: "no calling hour by the clock of America/New_York opens before the request's end time",
      },
    ]);
  });
});
