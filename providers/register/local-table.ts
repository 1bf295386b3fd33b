/** The register as a table of our own, loaded from the register's file. The table itself is `db/queries/register.ts`'s. */
import type { DoNotCallRegister, RegisterAnswer } from './register.ts';

/** The question asked of the table; the composition root binds it to its database. */
export type RegisterTable = (input: {
  accountId: number;
  numbers: readonly string[];
}) => Promise<RegisterAnswer>;

export function localRegister(table: RegisterTable): DoNotCallRegister {
  return { name: 'local', lookUp: (accountId, numbers) => table({ accountId, numbers }) };
}
