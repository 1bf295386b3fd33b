/** rejected.csv, sent again: nothing of a row is lost on the way round, and nothing is added to it. */
import { parseString } from 'fast-csv';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { createIngestList } from '../../activities/ingest-list.ts';
import { localRegister } from '../../providers/register/local-table.ts';
import { localFiles } from '../../providers/storage/local-files.ts';
import { type Caller, definition, formWith, testApi } from '../api/support.ts';

const api = await testApi();
const ingest = createIngestList({
  db: api.db,
  storage: localFiles(api.directory),
  register: localRegister(async () => ({ entries: new Map(), version: null })),
  log: pino({ level: 'silent' }),
});

async function ready(variables: { name: string; required?: boolean }[] = []): Promise<Caller> {
  const caller = await api.caller();
  await api.flow(caller.accountId, { name: 'survey', definition: definition({ variables }) });
  return caller;
}

/** Sends a list, reads it, and gives its rows and its rejected.csv. */
async function send(caller: Caller, content: string) {
  const form = formWith({ 'list.csv': content }, { flowName: 'survey' });
  const made = JSON.parse(await (await caller.call('POST', '/requests', { form })).text());
  const requestId: number = made.requests[0].id;
  await ingest({ accountId: caller.accountId, requestId });
  const rows: { given: string; result: string; variables: Record<string, string> }[] = (
    await caller.json('GET', `/requests/${requestId}/records`)
  ).items;
  return { rows, csv: await (await caller.call('GET', `/requests/${requestId}/rejected.csv`)).text() };
}

/** Cells by header. */
function read(csv: string): Promise<Record<string, string>[]> {
  return new Promise((resolve, reject) => {
    const rows: Record<string, string>[] = [];
    parseString<Record<string, string>, Record<string, string>>(csv, { headers: true })
      .on('data', (row) => rows.push(row))
      .on('error', reject)
      .on('end', () => resolve(rows));
  });
}

describe('a malformed row', () => {
  const LIST =
    'name,mobile,city\nAsha,9876543210\nRavi,9876543211,Pune,x,,y\n"Li" Wei,9876543212,"Goa, old"\nZoë,12,Agra\n';

  test('keeps every cell: under its column, beyond the header by position', async () => {
    const { rows, csv } = await send(await ready(), LIST);
    expect(rows.map(({ given, result, variables }) => [result, given, variables])).toEqual([
      ['MALFORMED_ROW', '9876543210', { name: 'Asha' }],
      ['MALFORMED_ROW', '9876543211', { name: 'Ravi', city: 'Pune', column_4: 'x', column_6: 'y' }],
      ['MALFORMED_ROW', '9876543212', { name: '"Li" Wei', city: 'Goa, old' }],
      ['INVALID_NUMBER', '12', { name: 'Zoë', city: 'Agra' }],
    ]);
    expect((await read(csv))[1]).toEqual({
      number: '9876543211',
      name: 'Ravi',
      city: 'Pune',
      column_4: 'x',
      column_6: 'y',
      clarion_row: '2',
      clarion_reason: 'MALFORMED_ROW',
      clarion_detail: 'the row has 6 cells where the header has 3',
    });
  });

  test('is judged like any other when it is sent again', async () => {
    const caller = await ready([{ name: 'name' }, { name: 'city', required: true }]);
    const again = await send(caller, (await send(caller, LIST)).csv);
    expect(again.rows.map((row) => row.result)).toEqual([
      'MISSING_VARIABLE',
      'ACCEPTED',
      'ACCEPTED',
      'INVALID_NUMBER',
    ]);
    expect(again.rows[2]?.variables).toEqual({ name: '"Li" Wei', city: 'Goa, old' });
  });

  test('whose surplus has the name of a column hides nothing', async () => {
    const { rows } = await send(await ready(), 'mobile,column_3\n9876543210,a,b\n');
    expect(rows[0]?.variables).toEqual({ column_3: 'a', column_3_2: 'b' });
  });

  test('of a thousand cells makes no more columns than a list may have, and can be sent again', async () => {
    const caller = await ready();
    const { rows, csv } = await send(caller, `mobile,name\n12${',x'.repeat(1000)}\n`);
    expect(Object.keys(rows[0]?.variables ?? {})).toHaveLength(199);
    expect(Object.values(rows[0]?.variables ?? {}).join('')).toHaveLength(1000 + 801);
    const again = await send(caller, csv);
    expect(again.rows).toMatchObject([{ result: 'INVALID_NUMBER', variables: rows[0]?.variables }]);
  });
});

describe('the file', () => {
  const FORMULAS = "mobile,name,note\n1,=SUM(A1),-2+3\n+91 12,@x,'=quoted\n3,'plain,''+x\n";

  test('brings back formulas without their apostrophe, and apostrophes that were there before', async () => {
    const caller = await ready();
    const first = await send(caller, FORMULAS);
    expect(first.csv).toContain("'=SUM(A1)");
    const again = await send(caller, first.csv);
    const essence = (rows: typeof first.rows) => rows.map(({ given, variables }) => ({ given, variables }));
    expect(essence(again.rows)).toEqual(essence(first.rows));
    expect(again.rows[1]).toMatchObject({ given: '+91 12', variables: { name: '@x', note: "'=quoted" } });
  });

  test('is the same file after any number of rounds', async () => {
    const caller = await ready();
    const first = await send(caller, FORMULAS);
    const second = await send(caller, first.csv);
    const third = await send(caller, second.csv);
    expect([second.csv, third.csv]).toEqual([first.csv, first.csv]);
    expect(first.csv.split('\r\n')[0]).toBe('number,name,note,clarion_row,clarion_reason,clarion_detail');
  });

  test('of anybody else keeps its apostrophes', async () => {
    const { rows } = await send(await ready(), "mobile,name\n9876543210,'=SUM(A1)\n");
    expect(rows[0]?.variables).toEqual({ name: "'=SUM(A1)" });
  });
});
