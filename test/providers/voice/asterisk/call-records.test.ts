/** A server's record of calls, read while it is written, turned over, and long. */
import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CallRecords } from '../../../../providers/voice/asterisk/call-records.ts';
import { scratchDir } from '../../../support/scratch-dir.ts';

const dir = scratchDir();
let files = 0;
const newPath = (): string => join(dir, `record-${files++}.csv`);

const line = (event: string, seconds: number, id: string, extra = ''): string =>
  `"${event}","${seconds.toFixed(3)}","${id}","PJSIP/trunk-0000001a","${extra}"\n`;
const hangup = (seconds: number, id: string, cause: number): string =>
  line(
    'HANGUP',
    seconds,
    id,
    `{""hangupcause"":${cause},""hangupsource"":""PJSIP/trunk-0000001a"",""dialstatus"":""""}`,
  );

it('tells when a call was set up, answered and ended, and why', async () => {
  const path = newPath();
  writeFileSync(path, line('CHAN_START', 100.25, 'a') + line('ANSWER', 101.5, 'a') + hangup(103, 'a', 16));
  expect(await new CallRecords(path).look('a')).toEqual({
    setUpAt: new Date(100_250),
    answeredAt: new Date(101_500),
    endedAt: new Date(103_000),
    cause: 16,
  });
});

it('a call without an end is in progress, or was when the server died', async () => {
  const path = newPath();
  writeFileSync(path, line('CHAN_START', 100, 'a'));
  expect(await new CallRecords(path).look('a')).toMatchObject({ answeredAt: undefined, endedAt: undefined });
});

it('knows no call that is not in it, nor any while the file does not exist', async () => {
  const path = newPath();
  const records = new CallRecords(path);
  expect(await records.look('a')).toBeUndefined();
  writeFileSync(path, line('CHAN_START', 100, 'b'));
  expect(await records.look('a')).toBeUndefined();
  expect(await records.look('b')).toBeDefined();
});

it('reads what is added, and a line in two halves when it is whole', async () => {
  const path = newPath();
  const records = new CallRecords(path);
  writeFileSync(path, line('CHAN_START', 100, 'a'));
  await records.look('a');
  const last = hangup(102, 'a', 17);
  appendFileSync(path, last.slice(0, 30));
  expect((await records.look('a'))?.endedAt).toBeUndefined();
  appendFileSync(path, last.slice(30));
  expect(await records.look('a')).toMatchObject({ endedAt: new Date(102_000), cause: 17 });
});

it('keeps what was in a file that has been rotated, and finds what it never read in the file before', async () => {
  const path = newPath();
  const records = new CallRecords(path);
  writeFileSync(path, line('CHAN_START', 100, 'seen'));
  await records.look('seen');
  appendFileSync(path, line('CHAN_START', 101, 'unseen') + hangup(102, 'unseen', 21));
  renameSync(path, `${path}.1`);
  writeFileSync(path, hangup(103, 'seen', 16));
  expect(await records.look('seen')).toMatchObject({
    setUpAt: new Date(100_000),
    endedAt: new Date(103_000),
  });
  expect(await records.look('unseen')).toMatchObject({ endedAt: new Date(102_000), cause: 21 });
  expect(await records.look('neither')).toBeUndefined();
});

it('passes over lines it cannot read', async () => {
  const path = newPath();
  writeFileSync(path, `garbage\n"half\n${line('CHAN_START', 100, 'a')}\n\n`);
  expect(await new CallRecords(path).look('a')).toBeDefined();
});
