/** The register as a table of our own, loaded from the register's file. The table itself is `db/queries/register.ts`'s. */
import type { DoNotCallRegister } from './register.ts';

/** The two questions asked of the table; the composition root binds them to its database. */
export interface RegisterTable {
  version(input: { accountId: number }): Promise<string | null>;
  numbers(input: { accountId: number; numbers: readonly string[] }): Promise<Set<string>>;
}

export function localRegister(table: RegisterTable): DoNotCallRegister {
  return {
    name: 'local',
    async lookUp(accountId, numbers) {
      // The version first: numbers of a later import are then named by an earlier version, never the reverse.
      const version = await table.version({ accountId });
      if (version === null) return { registered: new Set(), version };
      return { registered: await table.numbers({ accountId, numbers }), version };
    },
  };
}
