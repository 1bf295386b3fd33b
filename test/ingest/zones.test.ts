/** The zone column of a list, from the file to the records, and what is due by it. */
import { expect, test } from 'vitest';
import { createFrozen } from '../../db/queries/frozen.ts';
import { dueRecords } from '../../db/queries/request-progress.ts';
import { testDatabase } from '../support/database.ts';
import { listRequests } from './request.ts';

const db = await testDatabase();
const lists = listRequests(db);

test('a column called timezone sets each person’s zone, feeds its variable too, and names what is none', async () => {
  const content = [
    'number;Time Zone;name',
    '+14155552671;America/New_York;Ann',
    '+14155552672;EST;Bob',
    '+14155552673;;Cy',
    ';Asia/Kolkata;Dee',
  ].join('\n');
  const { requestId, rows } = await lists.read({ content, promotional: false });
  expect(rows.map(({ result, detail }) => [result, detail])).toEqual([
    ['ACCEPTED', null],
    ['MALFORMED_ROW', 'Time Zone: "EST" is no IANA time zone, such as Asia/Kolkata or America/New_York'],
    ['ACCEPTED', null],
    ['MISSING_NUMBER', 'the number is empty'],
  ]);
  // Kept as a variable, so that a rejected row that is mended and sent again still has it.
  expect(rows.map(({ variables }) => variables?.Time_Zone)).toEqual([
    'America/New_York',
    'EST',
    undefined,
    'Asia/Kolkata',
  ]);
  const zones = await db.sql<{ zone: string | null; area: string[] | null }[]>`
    select time_zone as zone, area_zones as area from records where request_id = ${requestId} order by row`;
  expect(zones.map(({ zone }) => zone)).toEqual(['America/New_York', null, null, 'Asia/Kolkata']);
  expect(zones[2]?.area).toEqual(['America/Los_Angeles']);
});

test('of a list of thirty zones those are due in whose zone it is time', async () => {
  const zones = Intl.supportedValuesOf('timeZone')
    .filter((zone) => zone.includes('/'))
    .slice(0, 30);
  const rows = Array.from(
    { length: 3_000 },
    (_, row) => `98${String(row).padStart(8, '0')},${zones[row % 30]}`,
  );
  const { accountId, requestId } = await lists.read({
    content: ['number,timezone', ...rows].join('\n'),
    promotional: false,
  });
  await db.sql`
    update request_policies set policy = policy || '{"callingHours": [{"from": "09:00", "to": "12:00"}]}'::jsonb
    where request_id = ${requestId}`;
  const now = Date.UTC(2026, 0, 5, 6);
  const page = { accountId, requestId, fromRow: 1, toRow: 3_000 };
  const plan = await dueRecords(db, createFrozen(db), page, now);
  for (const zone of zones) {
    const [row] = await db.sql<{ row: number }[]>`
      select row from records where request_id = ${requestId} and result = 'ACCEPTED' and time_zone = ${zone} limit 1`;
    const hour = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hour: '2-digit',
      hourCycle: 'h23',
    }).format(now);
    const open = Number(hour) >= 9 && Number(hour) < 12;
    expect(`${zone} ${plan.due.some((due) => due.row === row?.row)}`).toBe(`${zone} ${open}`);
  }
});
