/** Blacklists and whitelists as the database keeps them. */
import { expect, test } from 'vitest';
import {
  addBlacklistEmails,
  addBlacklistPhones,
  addWhitelistEmail,
  listBlacklistEmails,
  listBlacklistPhones,
  listWhitelistEmails,
  lookUp,
  lookUpBlacklistEmails,
  lookUpWhitelistEmails,
  removeBlacklistEmail,
  removeBlacklistPhone,
  removeWhitelistEmail,
} from '../../db/queries/suppression.ts';
import { testAccount, testDatabase } from '../support/database.ts';

const db = await testDatabase();
const now = new Date();
const past = new Date(now.getTime() - 1000);
const future = new Date(now.getTime() + 60_000);

test('blacklisted numbers are added in bulk, changed, paged through and removed', async () => {
  const accountId = await testAccount(db);
  const numbers = ['+911', '+912', '+913', '+912'].map((number) => ({ number, reason: `of ${number}` }));
  expect(await addBlacklistPhones(db, { accountId, entries: numbers })).toEqual({ added: 3, updated: 0 });
  const changed = [{ number: '+913', expiresAt: future }, { number: '+914' }];
  expect(await addBlacklistPhones(db, { accountId, entries: changed })).toEqual({ added: 1, updated: 1 });
  const first = await listBlacklistPhones(db, { accountId, limit: 3 });
  expect(first.items).toMatchObject([
    { number: '+911', reason: 'of +911', expiresAt: null },
    { number: '+912' },
    { number: '+913', reason: null, expiresAt: future },
  ]);
  const rest = await listBlacklistPhones(db, { accountId, limit: 3, cursor: first.nextCursor ?? '' });
  expect(rest).toMatchObject({ items: [{ number: '+914' }], nextCursor: null });
  expect(await removeBlacklistPhone(db, { accountId, number: '+914' })).toBe(true);
  expect(await removeBlacklistPhone(db, { accountId, number: '+914' })).toBe(false);
});

test('a look-up finds what is in force, of this account, and tells whitelisted numbers that are verified', async () => {
  const [accountId, other] = [await testAccount(db), await testAccount(db)];
  const entries = [
    { number: '+911' },
    { number: '+912', expiresAt: past },
    { number: '+913', expiresAt: future },
  ];
  await addBlacklistPhones(db, { accountId, entries });
  await addBlacklistPhones(db, { accountId: other, entries: [{ number: '+914' }] });
  await db.sql`insert into whitelist_phones (account_id, number, verified_at)
               values (${accountId}, '+911', now()), (${accountId}, '+912', null), (${other}, '+913', now())`;
  const numbers = ['+911', '+912', '+913', '+914', '+915'];
  const listed = await lookUp(db, { accountId, numbers, now });
  expect([...listed.blacklisted].sort()).toEqual(['+911', '+913']);
  expect([...listed.whitelisted]).toEqual(['+911']);
});

test('mail addresses are blacklisted whatever their case', async () => {
  const accountId = await testAccount(db);
  const entries = [{ email: 'A@Example.com' }, { email: 'old@example.com', expiresAt: past }];
  expect(await addBlacklistEmails(db, { accountId, entries })).toEqual({ added: 2, updated: 0 });
  const found = await lookUpBlacklistEmails(db, {
    accountId,
    emails: ['a@EXAMPLE.com', 'old@example.com'],
    now,
  });
  expect([...found]).toEqual(['a@example.com']);
  expect((await listBlacklistEmails(db, { accountId, limit: 10 })).items).toHaveLength(2);
  expect(await removeBlacklistEmail(db, { accountId, email: 'A@example.COM' })).toBe(true);
});

test('a mail address is whitelisted once, however many ask at once', async () => {
  const accountId = await testAccount(db);
  const made = await Promise.all(
    [1, 2, 3].map(() => addWhitelistEmail(db, { accountId, email: 'Asha@example.com' })),
  );
  expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  const listed = await listWhitelistEmails(db, { accountId, limit: 10 });
  expect(listed).toMatchObject({ items: [{ email: 'asha@example.com' }], nextCursor: null });
  expect([
    ...(await lookUpWhitelistEmails(db, { accountId, emails: ['ASHA@example.com', 'b@c.de'] })),
  ]).toEqual(['asha@example.com']);
  const id = made[0]?.id ?? 0;
  expect(await removeWhitelistEmail(db, { accountId: accountId + 1, id })).toBe(false);
  expect(await removeWhitelistEmail(db, { accountId, id })).toBe(true);
});
