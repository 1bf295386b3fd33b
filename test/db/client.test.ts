import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { inTransaction } from '../../db/client.ts';
import { accounts, auditLog } from '../../db/schema/index.ts';
import { testAccount, testDatabase } from '../support/database.ts';

const db = await testDatabase();

describe('the database client', () => {
  it('takes and gives Date and JSON alike in raw SQL and in drizzle', async () => {
    const account = await testAccount(db);
    const at = new Date('2026-01-02T03:04:05.678Z');
    const detail = { a: [1, 'x'] };
    await db.sql`insert into audit_log (account_id, at, actor, action, subject, detail)
                 values (${account}, ${at}, 'system', 'raw', 's', ${db.sql.json(detail)})`;
    await db.orm
      .insert(auditLog)
      .values({ accountId: account, at, actor: 'system', action: 'orm', subject: 's', detail });
    const raw = await db.sql`select at, detail from audit_log where account_id = ${account} and at = ${at}`;
    const typed = await db.orm.select().from(auditLog).where(eq(auditLog.at, at));
    expect(raw.map((row) => [row.at, row.detail])).toEqual([
      [at, detail],
      [at, detail],
    ]);
    expect(typed.map((row) => [row.at, row.detail])).toEqual([
      [at, detail],
      [at, detail],
    ]);
  });

  it('gives bigint ids and counts as numbers', async () => {
    const [row] = await db.sql`select ${2 ** 40}::bigint as id, count(*) as count from accounts where false`;
    expect(row).toEqual({ id: 2 ** 40, count: 0 });
  });

  it('undoes everything of a transaction that throws, and only the inner part of a nested one', async () => {
    const account = await testAccount(db);
    const rename = (name: string) => (tx: typeof db | Parameters<Parameters<typeof inTransaction>[1]>[0]) =>
      tx.orm.update(accounts).set({ name }).where(eq(accounts.id, account));
    const name = async () => (await db.sql`select name from accounts where id = ${account}`)[0]?.name;
    await expect(
      inTransaction(db, async (tx) => {
        await rename('lost')(tx);
        throw new Error('stop');
      }),
    ).rejects.toThrow('stop');
    expect(await name()).toBe('Test');
    await inTransaction(db, async (tx) => {
      await rename('kept')(tx);
      await inTransaction(tx, async (inner) => {
        await rename('undone')(inner);
        throw new Error('stop');
      }).catch(() => {});
    });
    expect(await name()).toBe('kept');
  });
});
