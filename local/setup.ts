/**
 * Prepares servers of one's own, once before each new version: the database's schema, and the search
 * attributes in Temporal. `docker-compose.yml` runs it before everything else; running it again is harmless.
 */
import { ConfigError, readConfig } from '../config.ts';
import { migrateDatabase } from '../db/migrate.ts';
import { schemaVersion } from './schema-version.ts';
import { registerSearchAttributes, temporalReady } from './temporal.ts';
import { explain, Trouble } from './trouble.ts';

try {
  const {
    DATABASE_URL: url,
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
  } = readConfig(process.env);
  if ((await schemaVersion(url)).newer)
    throw new Trouble('the database was made by a newer Clarion; use that one');
  await migrateDatabase(url);
  console.log('the schema is up to date');
  const made = await registerSearchAttributes(address, namespace);
  await temporalReady(address, { namespace });
  console.log(
    made.length > 0 ? `search attributes registered: ${made.join(', ')}` : 'search attributes are registered',
  );
  process.exit(0);
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : (explain(error) ?? error));
  process.exit(1);
}
