/** Trunks of an account, put straight into the database. */
import type { Database } from '../../db/client.ts';
import { createTrunk } from '../../db/queries/trunks.ts';
import { type TrunkSettings, trunkSettings } from '../../domain/trunk.ts';

/** Returns its id. */
export async function testTrunk(
  database: Database,
  accountId: number,
  name: string,
  over: Partial<TrunkSettings> = {},
): Promise<number> {
  // Endpoints belong to one account each.
  const settings = trunkSettings.parse({ name, endpoint: `${name}-${accountId}`, ...over });
  const made = await createTrunk(database, { accountId, ...settings });
  if (typeof made === 'string') throw new Error(`no trunk ${name}: ${made}`);
  return made.id;
}
