/**
 * Writes the types of the HTTP API's client from the API's own description: `npm run client:generate`. A test
 * holds the written file against what this makes, so that the two never part.
 */
import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { pino } from 'pino';
import { openDatabase } from '../db/client.ts';
import { createApp } from './app.ts';
import { openApiDocument } from './routes/docs.ts';

export const CLIENT_TYPES = new URL('../client/openapi.gen.ts', import.meta.url);

/** The OpenAPI document of an app that is never asked anything: nothing is connected to. */
export function describeApi() {
  const unused = async (): Promise<never> => {
    throw new Error('not to be used');
  };
  // Opened, but no connection is made before the first query.
  const db = openDatabase('postgres://unused.invalid/unused', 1);
  const app = createApp({
    db,
    storage: {
      write: unused,
      read: unused,
      localPath: unused,
      remove: unused,
      list: () => {
        throw new Error('not to be used');
      },
    },
    notify: unused,
    importRegister: unused,
    importBlacklist: unused,
    surveyList: unused,
    register: { name: 'unused', lookUp: unused },
    sound: { take: unused, asWav: (ulaw) => ulaw },
    temporalReady: unused,
    log: pino({ level: 'silent' }),
    secret: 'unused'.repeat(8),
    links: {},
  });
  return openApiDocument(app);
}

/** TypeScript types for every path and schema. */
export async function clientSource(): Promise<string> {
  // A tool of development: not there in production, and not needed.
  const { astToString, default: openapiTS } = await import('openapi-typescript');
  const document = JSON.parse(JSON.stringify(describeApi()));
  const types = astToString(await openapiTS(document));
  return `/** Made from the API's description by \`npm run client:generate\`. Not to be edited. */\n${types}`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await writeFile(CLIENT_TYPES, await clientSource());
}
