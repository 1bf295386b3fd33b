/** Begins to read a list, says so, and waits in the middle for ever: to be killed there by the test that started it. */
import { Readable } from 'node:stream';
import { pino } from 'pino';
import { createIngestList } from '../../activities/ingest-list.ts';
import { openDatabase } from '../../db/client.ts';
import { localFiles } from '../../providers/storage/local-files.ts';

const [url, directory, accountId, requestId] = process.argv.slice(2);
if (!url || !directory) throw new Error('url, directory, account and request are needed');
const storage = localFiles(directory);
const ingestList = createIngestList({
  db: openDatabase(url),
  storage: {
    ...storage,
    async read(key) {
      const whole = await storage.read(key);
      return Readable.from(
        (async function* () {
          let sent = 0;
          for await (const chunk of whole) {
            yield chunk as Buffer;
            sent += (chunk as Buffer).length;
            if (sent > 400_000) {
              console.log('halfway');
              await new Promise(() => setInterval(() => {}, 60_000));
            }
          }
        })(),
      );
    },
  },
  register: { name: 'none', lookUp: async () => ({ entries: new Map(), version: null }) },
  log: pino({ level: 'silent' }),
});
await ingestList({ accountId: Number(accountId), requestId: Number(requestId) });
