/** Blacklists and whitelists as the database keeps them. */
import { expect, test } from 'vitest';
import {
  addToBlacklist,
  listBlacklist,
  removeExpired,
  removeFromBlacklist,
} from '../../db/queries/blacklist.ts';
import { lookUp, lookUpBlacklistEmails } from '../../db/queries/suppression.ts';
import {
  addWhitelistEmail,
  listWhitelistEmails,
  lookUpWhitelistEmails,
  removeWhitelistEmail,
} from '../../db/queries/whitelist-emails.ts';
import { testAccount, testDatabase } from '../support/database.ts';

const db = await testDatabase();
const now = new Date();
const past = new Date(now.getTime() - 1000);
const future = new Date(now.getTime() + 60_000);

test('blacklisted numbers are added in bulk, changed, paged through and removed', async () => {
  const accountId = await testAccount(db);
  const key = { accountId, kind: 'phones' as const };
  const numbers = ['+911', '+912', '+913', '+912'].map((value) => ({ value, reason: `of ${value}` }));
  expect(await addToBlacklist(db, { ...key, entries: numbers })).toEqual({ added: 3, updated: 0 });
  const changed = [{ value: '+913', expiresAt: future }, { value: '+914' }];
  expect(await addToBlacklist(db, { ...key, entries: changed })).toEqual({ added: 1, updated: 1 });
  expect(await listBlacklist(db, { ...key, limit: 3, now })).toMatchObject([
    { value: '+911', reason: 'of +911', expiresAt: null },
    { value: '+912' },
    { value: '+913', reason: null, expiresAt: future },
  ]);
  expect(await listBlacklist(db, { ...key, limit: 3, after: '+913', now })).toMatchObject([
    { value: '+914' },
  ]);
  expect(await removeFromBlacklist(db, { ...key, values: ['+914', '+919'] })).toBe(1);
  expect(await removeFromBlacklist(db, { ...key, values: ['+914'] })).toBe(0);
});

test('the blacklist is looked through by beginning, reason and expiry', async () => {
  const accountId = await testAccount(db);
  const key = { accountId, kind: 'phones' as const };
  const entries = [
    { value: '+9111', reason: 'Asked 100% by Phone', expiresAt: future },
    { value: '+9112', reason: 'complaint', expiresAt: past },
    { value: '+921' },
  ];
  await addToBlacklist(db, { ...key, entries });
  const found = async (filter: object) =>
    (await listBlacklist(db, { ...key, limit: 9, now, ...filter })).map(({ value }) => value);
  expect(await found({ prefix: '+91' })).toEqual(['+9111', '+9112']);
  expect(await found({ reason: 'BY phone' })).toEqual(['+9111']);
  expect(await found({ reason: '0%' })).toEqual(['+9111']);
  expect(await found({ reason: '%' })).toEqual(['+9111']);
  expect(await found({ expired: true })).toEqual(['+9112']);
  expect(await found({ expired: false })).toEqual(['+9111', '+921']);
  expect(await removeExpired(db, { ...key, now })).toBe(1);
  expect(await found({})).toEqual(['+9111', '+921']);
});

test('a look-up finds what is in force, of this account, and tells whitelisted numbers that are verified', async () => {
  const [accountId, other] = [await testAccount(db), await testAccount(db)];
  const entries = [
    { value: '+911' },
    { value: '+912', expiresAt: past },
    { value: '+913', expiresAt: future },
  ];
  await addToBlacklist(db, { accountId, kind: 'phones', entries });
  await addToBlacklist(db, { accountId: other, kind: 'phones', entries: [{ value: '+914' }] });
  await db.sql`insert into whitelist_phones (account_id, number, verified_at)
               values (${accountId}, '+911', now()), (${accountId}, '+912', null), (${other}, '+913', now())`;
  const numbers = ['+911', '+912', '+913', '+914', '+915'];
  const listed = await lookUp(db, { accountId, numbers, now });
  expect([...listed.blacklisted].sort()).toEqual(['+911', '+913']);
  expect([...listed.whitelisted]).toEqual(['+911']);
});

test('mail addresses are blacklisted whatever their case', async () => {
  const accountId = await testAccount(db);
  const entries = [{ value: 'A@Example.com' }, { value: 'old@example.com', expiresAt: past }];
  expect(await addToBlacklist(db, { accountId, kind: 'emails', entries })).toEqual({ added: 2, updated: 0 });
  const found = await lookUpBlacklistEmails(db, {
    accountId,
    emails: ['a@EXAMPLE.com', 'old@example.com'],
    now,
  });
  expect([...found]).toEqual(['a@example.com']);
  const key = { accountId, kind: 'emails' as const };
  expect(await listBlacklist(db, { ...key, limit: 10, now })).toHaveLength(2);
  expect(await removeFromBlacklist(db, { ...key, values: ['A@example.COM'] })).toBe(1);
});

test('a mail address is whitelisted once, however many ask at once', async () => {
  const accountId = await testAccount(db);
  const made = await Promise.all(
    [1, 2, 3].map(() => addWhitelistEmail(db, { accountId, email: 'Asha@example.com' })),
  );
  expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  const listed = await listWhitelistEmails(db, { accountId, limit: 10 });
  expect(listed).toMatchObject([{ email: 'asha@example.com' }]);
  expect([
    ...(await lookUpWhitelistEmails(db, { accountId, emails: ['ASHA@example.com', 'b@c.de'] })),
  ]).toEqual(['asha@example.com']);
  const id = made[0]?.id ?? 0;
  expect(await removeWhitelistEmail(db, { accountId: accountId + 1, id })).toBe(false);
  expect(await removeWhitelistEmail(db, { accountId, id })).toBe(true);
});
