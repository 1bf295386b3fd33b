/** Ingest that is cut off: nothing half done stays, and the next run gives whole counts, never double ones. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createIngestList } from '../../activities/ingest-list.ts';
import { testAccount, testDatabase } from '../support/database.ts';
import { listRequests } from './request.ts';

const db = await testDatabase();
const lists = listRequests(db);
const ROWS = 30_000;
const CONTENT = `mobile,name\n${Array.from({ length: ROWS }, (_, i) => `${7_000_000_000 + i},Somebody ${i}\n`).join('')}`;

async function request() {
  const accountId = await testAccount(db);
  return { accountId, requestId: await lists.create(accountId, { content: CONTENT }) };
}

/** Everything that ingest writes, as counts. */
async function traces(requestId: number) {
  const [found] = await db.sql<{ records: number; tallies: number; events: number; ingested: boolean }[]>`
    select (select count(*)::int from records where request_id = ${requestId}) as records,
           (select coalesce(sum(count), 0)::int from request_tallies where request_id = ${requestId}) as tallies,
           (select count(*)::int from request_events where request_id = ${requestId}) as events,
           (select ingested_at is not null from requests where id = ${requestId}) as ingested`;
  return found;
}
const NOTHING = { records: 0, tallies: 0, events: 0, ingested: false };
const WHOLE = { records: ROWS, tallies: ROWS, events: 1, ingested: true };

test('a process killed in the middle of a list leaves nothing, and the retry gives whole counts', async () => {
  const key = await request();
  const script = fileURLToPath(new URL('./stalling-process.ts', import.meta.url));
  const folder = (await lists.storage.localPath(`upload/${key.accountId}/1`)).replace(/\/upload\/.*/, '');
  const args = ['--import', 'tsx', script, db.url, folder, String(key.accountId), String(key.requestId)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await traces(key.requestId)).toEqual(NOTHING);
  const result = await createIngestList(lists.deps)(key);
  expect(result).toEqual({ rejected: null, loaded: ROWS, added: ROWS });
  expect(await traces(key.requestId)).toEqual(WHOLE);
});

test('a look-up that fails half way undoes the rows before it', async () => {
  const key = await request();
  let asked = 0;
  const register = {
    name: 'failing',
    async lookUp() {
      asked += 1;
      if (asked === 3) throw new Error('the register is away');
      return { entries: new Map(), version: null };
    },
  };
  await expect(createIngestList({ ...lists.deps, register })(key)).rejects.toThrow('the register is away');
  expect(await traces(key.requestId)).toEqual(NOTHING);
  await createIngestList(lists.deps)(key);
  expect(await traces(key.requestId)).toEqual(WHOLE);
});

test('a crash after the commit and before the upload is gone is made good by the retry', async () => {
  const key = await request();
  const storage = {
    ...lists.storage,
    remove: () => Promise.reject(new Error('killed here')),
  };
  await expect(createIngestList({ ...lists.deps, storage })(key)).rejects.toThrow('killed here');
  expect(await traces(key.requestId)).toEqual(WHOLE);
  const again = await createIngestList(lists.deps)(key);
  expect(again).toEqual({ rejected: null, loaded: ROWS, added: ROWS });
  expect(await traces(key.requestId)).toEqual(WHOLE);
  await expect(lists.storage.localPath(`upload/${key.accountId}/3`)).rejects.toThrow('nothing is stored');
});

test('two runs of one list at once load it once', async () => {
  const key = await request();
  const [one, other] = [createIngestList(lists.deps), createIngestList(lists.deps)];
  const results = await Promise.all([one(key), other(key)]);
  expect(results).toEqual([1, 2].map(() => ({ rejected: null, loaded: ROWS, added: ROWS })));
  expect(await traces(key.requestId)).toEqual(WHOLE);
});

test('a server that refuses rows fails the run and leaves nothing, wherever in the list it does', async () => {
  for (const row of [1, ROWS]) {
    const key = await request();
    // A row in the way, as no honest run leaves one: the key is taken.
    await db.sql`insert into records (request_id, row, account_id, result, given)
                 values (${key.requestId}, ${row}, ${key.accountId}, 'ACCEPTED', '')`;
    await expect(createIngestList(lists.deps)(key)).rejects.toThrow();
    expect(await traces(key.requestId)).toEqual({ ...NOTHING, records: 1 });
  }
});

test('reading again a list that was rejected answers the same, without a second event', async () => {
  const accountId = await testAccount(db);
  const requestId = await lists.create(accountId, { content: 'name\nAsha\n' });
  const ingestList = createIngestList(lists.deps);
  const first = await ingestList({ accountId, requestId });
  expect(first).toEqual({ rejected: 'NO_PHONE_COLUMN', loaded: 0, added: 0 });
  expect(await ingestList({ accountId, requestId })).toEqual(first);
  expect(await traces(requestId)).toMatchObject({ events: 1 });
});

test("another account's request is not found", async () => {
  const { requestId } = await request();
  const other = await testAccount(db);
  await expect(createIngestList(lists.deps)({ accountId: other, requestId })).rejects.toThrow(
    'has no request',
  );
});
