/** A local SES inbox for one test file, in a process of its own on a free port. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { afterAll } from 'vitest';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** A mail as the inbox tells of it; attachments' content is base64. */
export interface InboxMail {
  subject: string;
  from: string;
  destination: { to: string[]; cc: string[]; bcc: string[] };
  body: { text?: string; html?: string };
  attachments: { filename?: string; contentType?: string; content: string }[];
}

export async function sesInbox(): Promise<{ endpoint: string; mails(): Promise<InboxMail[]> }> {
  const port = await freePort();
  const program = createRequire(import.meta.url).resolve('aws-ses-v2-local/dist/cli.js');
  const child = spawn(process.execPath, [program, '--port', String(port), '--host', '127.0.0.1'], {
    stdio: 'ignore',
  });
  afterAll(() => {
    child.kill('SIGKILL');
  });
  const endpoint = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries++) {
    try {
      await fetch(`${endpoint}/health-check`);
      break;
    } catch (error) {
      if (tries > 300 || child.exitCode !== null) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  return {
    endpoint,
    async mails() {
      const store = (await (await fetch(`${endpoint}/store`)).json()) as { emails: InboxMail[] };
      return store.emails;
    },
  };
}
