/** A server's record of calls, read while it is written, turned over, and long. */
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CallRecords, CannotTell } from '../../../../providers/voice/asterisk/call-records.ts';
import { scratchDir } from '../../../support/scratch-dir.ts';
import { FIRST_NAME, hangup, line } from './record-lines.ts';

const dir = scratchDir();
/** Of a server that has written nothing yet. */
const newPath = (): string => join(mkdtempSync(join(dir, 'server-')), 'clarion.csv');

const SINCE = new Date(100_000_000);
/** Seconds, an hour after SINCE: a call whose age is told is set up after it. */
const AFTER = 103_600;
/** A day before SINCE. */
const BEFORE = 13_600;

const rotate = (path: string, to: string): void => renameSync(path, join(path, '..', to));

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

it('knows no call that is not in it, nor any of a server that has written nothing yet', async () => {
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

it('passes over lines it cannot read', async () => {
  const path = newPath();
  writeFileSync(path, `garbage\n"half\n${line('CHAN_START', 100, 'a')}\n\n`);
  expect(await new CallRecords(path).look('a')).toBeDefined();
});

it('of an id that was given twice, as nobody was rung by the first, the last call counts', async () => {
  const path = newPath();
  writeFileSync(path, line('CHAN_START', 100, 'a') + hangup(101, 'a', 0) + line('CHAN_START', 102, 'a'));
  expect(await new CallRecords(path).look('a')).toMatchObject({
    setUpAt: new Date(102_000),
    endedAt: undefined,
  });
});

it('of a call that was made and ended before it was dialled tells that there was none', async () => {
  const path = newPath();
  const made = (id: string): string => line('CHAN_START', 100, id, '', undefined, 'UNDIALLED');
  const text = `${made('a')}${made('b')}${made('c')}${hangup(101, 'a', 21, 'UNDIALLED')}${hangup(101, 'b', 21)}`;
  writeFileSync(path, text);
  const records = new CallRecords(path);
  expect(await records.look('a', new Date(0))).toBeUndefined();
  expect(await records.look('b', new Date(0))).toMatchObject({ cause: 21 });
  expect(await records.look('c', new Date(0))).toMatchObject({ endedAt: undefined });
});

it('reads lines of a server that does not tell whether a call was dialled', async () => {
  const path = newPath();
  const text = line('CHAN_START', 100, 'a') + hangup(101, 'a', 21);
  writeFileSync(path, text.replaceAll(',""\n', '\n'));
  expect(await new CallRecords(path).look('a')).toMatchObject({ cause: 21, endedAt: new Date(101_000) });
});

describe('after a rotation', () => {
  const NAMES = ['clarion.csv.1', 'clarion-2026-11-22.csv', 'clarion.csv-20261122', 'clarion_old.csv'];

  for (const reader of ['that saw it', 'that starts after it']) {
    it.each(NAMES)(`a worker ${reader} finds calls in %s`, async (name) => {
      const path = newPath();
      const before = new CallRecords(path);
      writeFileSync(path, line('CHAN_START', 100, 'across') + line('ANSWER', 100.5, 'across'));
      await before.look('across');
      appendFileSync(path, line('CHAN_START', 101, 'unseen') + hangup(102, 'unseen', 21));
      rotate(path, name);
      writeFileSync(path, hangup(103, 'across', 16));
      const records = reader === 'that saw it' ? before : new CallRecords(path);
      expect(await records.look('across')).toEqual({
        setUpAt: new Date(100_000),
        answeredAt: new Date(100_500),
        endedAt: new Date(103_000),
        cause: 16,
      });
      expect(await records.look('unseen')).toMatchObject({ endedAt: new Date(102_000), cause: 21 });
      expect(await records.look('neither')).toBeUndefined();
    });
  }

  it('finds calls before Asterisk has begun the new file', async () => {
    const path = newPath();
    writeFileSync(path, line('CHAN_START', 100, 'a'));
    rotate(path, 'clarion.csv.1');
    expect(await new CallRecords(path).look('a')).toBeDefined();
  });

  it('a call whose beginning is gone is told as answered if it was, else as nothing that is known', async () => {
    const path = newPath();
    writeFileSync(path, hangup(AFTER, 'a', 16) + line('ANSWER', AFTER, 'b') + hangup(AFTER + 1, 'b', 16));
    const records = new CallRecords(path);
    await expect(records.look('a', SINCE)).rejects.toThrow(CannotTell);
    await expect(records.look('a')).rejects.toThrow(CannotTell);
    expect(await records.look('b', SINCE)).toMatchObject({ setUpAt: undefined, cause: 16 });
  });

  it('that a call never was counts where the record reaches back to before it', async () => {
    const path = newPath();
    writeFileSync(path, line('CHAN_START', BEFORE, 'other') + line('CHAN_START', AFTER, 'another'));
    expect(await new CallRecords(path).look('none', SINCE)).toBeUndefined();
  });

  it('that a call never was does not count where it could have been in what was removed', async () => {
    const path = newPath();
    writeFileSync(path, line('CHAN_START', AFTER, 'other'));
    await expect(new CallRecords(path).look('none', SINCE)).rejects.toThrow(CannotTell);
    const now = Date.now() / 1000;
    writeFileSync(path, line('CHAN_START', now, 'other'));
    await expect(new CallRecords(path).look('none')).rejects.toThrow(CannotTell);
  });

  it('that a call never was counts in the first record a server ever writes, however young', async () => {
    const path = newPath();
    writeFileSync(path, line('CHAN_START', AFTER, 'other', '', FIRST_NAME));
    expect(await new CallRecords(path).look('none', SINCE)).toBeUndefined();
    rotate(path, 'clarion.csv.1');
    writeFileSync(path, line('CHAN_START', AFTER + 1, 'another'));
    expect(await new CallRecords(path).look('none', SINCE)).toBeUndefined();
  });

  it('that a call never was does not count where there is no such folder, or only an empty file', async () => {
    const path = newPath();
    await expect(new CallRecords(join(path, '..', 'else', 'clarion.csv')).look('a')).rejects.toThrow(
      CannotTell,
    );
    writeFileSync(path, '');
    await expect(new CallRecords(path).look('a')).rejects.toThrow(CannotTell);
  });

  it('a call is looked for in all there is when its age is not told', async () => {
    const path = newPath();
    writeFileSync(path, line('CHAN_START', BEFORE, 'old') + hangup(BEFORE + 1, 'old', 17));
    rotate(path, 'clarion.csv.1');
    writeFileSync(path, line('CHAN_START', Date.now() / 1000, 'new'));
    const records = new CallRecords(path);
    expect(await records.look('old')).toMatchObject({ cause: 17 });
    expect(await records.look('none')).toBeUndefined();
  });

  describe('and packing', () => {
    const packedAt = (path: string, seconds: number): void => {
      const packed = `${path}.1.gz`;
      writeFileSync(packed, 'not to be read');
      utimesSync(packed, seconds, seconds);
    };

    it('that a call never was does not count where a packed file may have it', async () => {
      const path = newPath();
      writeFileSync(`${path}.2`, line('CHAN_START', BEFORE, 'other'));
      packedAt(path, AFTER - 1);
      writeFileSync(path, line('CHAN_START', AFTER, 'another'));
      await expect(new CallRecords(path).look('none', SINCE)).rejects.toThrow(CannotTell);
      packedAt(path, BEFORE);
      expect(await new CallRecords(path).look('none', SINCE)).toBeUndefined();
    });

    it('that nobody answered does not count where a packed file may have the answer', async () => {
      const path = newPath();
      writeFileSync(`${path}.2`, line('CHAN_START', AFTER, 'a'));
      packedAt(path, AFTER + 10);
      writeFileSync(path, hangup(AFTER + 20, 'a', 16));
      await expect(new CallRecords(path).look('a', SINCE)).rejects.toThrow(CannotTell);
      packedAt(path, BEFORE);
      expect(await new CallRecords(path).look('a', SINCE)).toMatchObject({ cause: 16 });
    });

    it('calls that were set up after it are told as ever', async () => {
      const path = newPath();
      packedAt(path, AFTER);
      writeFileSync(path, line('CHAN_START', AFTER + 1, 'a') + hangup(AFTER + 2, 'a', 19));
      expect(await new CallRecords(path).look('a', SINCE)).toMatchObject({ cause: 19 });
    });
  });

  it.each(['moved elsewhere', 'copied and cut short'])(
    'what a worker knew and is %s makes it say less, and nothing wrong',
    async (how) => {
      const path = newPath();
      const records = new CallRecords(path);
      writeFileSync(`${path}.1`, line('CHAN_START', BEFORE, 'other'));
      writeFileSync(path, line('CHAN_START', AFTER, 'a') + line('ANSWER', AFTER + 1, 'a'));
      expect(await records.look('none', SINCE)).toBeUndefined();
      if (how === 'moved elsewhere') {
        mkdirSync(join(path, '..', 'archive'));
        rotate(path, 'archive/clarion.csv');
      } else truncateSync(path);
      writeFileSync(path, hangup(AFTER + 2, 'a', 16));
      await expect(records.look('a', SINCE)).rejects.toThrow(CannotTell);
      await expect(records.look('none', SINCE)).rejects.toThrow(CannotTell);
    },
  );

  it('files may be renamed while they are read', async () => {
    const path = newPath();
    const records = new CallRecords(path, 512);
    const known: string[] = [];
    for (let round = 0; round < 30; round++) {
      const id = `call-${round}`;
      const at = 200 + round * 10;
      appendFileSync(path, line('CHAN_START', at, id) + line('ANSWER', at + 1, id));
      known.push(id);
      const looking = known.map(async (one) => {
        const told = await records.look(one).then(
          (record) => record?.answeredAt,
          (error) => error,
        );
        expect(told instanceof Date || told instanceof CannotTell).toBe(true);
      });
      for (let no = round; no >= 0; no--) {
        renameSync(no === 0 ? path : `${path}.${no}`, `${path}.${no + 1}`);
        await new Promise(setImmediate);
      }
      appendFileSync(path, hangup(at + 2, id, 16));
      await Promise.all(looking);
      const found = await Promise.all(known.map((one) => records.look(one)));
      expect(found.map((record) => [record?.cause, record?.answeredAt !== undefined])).toEqual(
        known.map(() => [16, true]),
      );
    }
  });

  it('a file is not overlooked while those beside it change their names and the oldest goes', async () => {
    const path = newPath();
    const records = new CallRecords(path);
    const beginAnew = (round: number) =>
      writeFileSync(path, line('CHAN_START', 300 + round, `call-${round}`));
    for (let round = 0; round < 300; round++) {
      beginAnew(round);
      if (round < 2) {
        if (round === 0) renameSync(path, `${path}.2`);
        else renameSync(path, `${path}.1`);
        continue;
      }
      const looking = [round - 1, round].map((no) =>
        records.look(`call-${no}`).catch((error) => {
          expect(error).toBeInstanceOf(CannotTell);
          return 'CANNOT_TELL';
        }),
      );
      for (const step of [
        () => renameSync(`${path}.1`, `${path}.2`),
        () => renameSync(path, `${path}.1`),
        () => writeFileSync(path, line('CHAN_START', 299, 'between')),
      ]) {
        for (let pause = 0; pause < round % 7; pause++) await new Promise(setImmediate);
        step();
      }
      for (const told of await Promise.all(looking)) expect(told).toBeDefined();
    }
  });
});

describe('a long record', () => {
  /** 3 MB over two files: twelve stretches. */
  const CALLS = 12_000;
  const id = (no: number): string => `00000000-0000-4000-8000-${String(no).padStart(12, '0')}`;
  const path = newPath();
  const part = (from: number, to: number): string =>
    Array.from({ length: to - from }, (_, n) => {
      const at = BEFORE + (from + n) * 10;
      return line('CHAN_START', at, id(from + n)) + hangup(at + 5, id(from + n), 19);
    }).join('');
  writeFileSync(`${path}.1`, part(0, CALLS / 2));
  writeFileSync(path, part(CALLS / 2, CALLS));

  const reading = async <T>(work: (records: CallRecords) => Promise<T>) => {
    const records = new CallRecords(path);
    const found = await work(records);
    return { found, bytes: records.bytesRead };
  };

  it('is read no further back than the call that is looked for', async () => {
    const read = await reading((records) => records.look(id(CALLS - 1)));
    expect(read.found).toMatchObject({ cause: 19 });
    expect(read.bytes).toBeLessThan(600_000);
  });

  it('is read no further back than a call could be that is not there', async () => {
    const since = new Date((BEFORE + CALLS * 10 - 60) * 1000);
    const read = await reading((records) => records.look('none', since));
    expect(read.found).toBeUndefined();
    expect(read.bytes).toBeLessThan(600_000);
  });

  it('is read once by all who ask, and not again for what is not there', async () => {
    const all = await reading((records) => records.look('none'));
    expect(all.bytes).toBeGreaterThan(2_000_000);
    const many = await reading(async (records) => {
      const ask = (from: number) =>
        Promise.all(Array.from({ length: 20 }, (_, n) => records.look(`none-${from + n}`)));
      await ask(0);
      await ask(100);
    });
    // Each looks at the end of the file that grows: half a megabyte at the most.
    expect(many.bytes).toBeLessThan(all.bytes + 40 * 550_000);
  });
});
