/** The local stack's way to try lists by mail: its address, and a DKIM key that its own judging knows. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import nodemailer from 'nodemailer';
import { CommandError, EXIT } from './exit.ts';

interface LocalMailIn {
  url: string;
  address: string;
  sender: string;
  keyFile: string;
  selector: string;
}

/** @throws CommandError when no local stack takes mail here */
async function readLocalMailIn(env: Record<string, string | undefined>): Promise<LocalMailIn> {
  const file = join(env.CLARION_DATA_DIR || '.clarion', 'local.json');
  const found = await readFile(file, 'utf8').then(
    (text) => (JSON.parse(text) as { mailIn?: LocalMailIn }).mailIn,
    () => undefined,
  );
  if (found) return found;
  throw new CommandError(EXIT.UNREACHABLE, `${file} names no address for lists`, {
    advice: 'It works on the machine of the local stack: start it with `npm start`.',
  });
}

export interface LocalSender {
  /** Who the mail comes from. */
  sender: string;
  /** Sends one mail with the lists attached, signed as a real mail server would. @throws CommandError UNREACHABLE */
  send(mail: { subject: string; lists: { name: string; content: Uint8Array }[] }): Promise<void>;
}

/** @param address where the account takes lists now; the one of the notes may have been replaced */
export async function openLocalSender(
  env: Record<string, string | undefined>,
  address: string | undefined,
): Promise<LocalSender> {
  const local = await readLocalMailIn(env);
  const sender = local.sender;
  return {
    sender,
    async send({ subject, lists }) {
      const { hostname, port } = new URL(local.url);
      const transport = nodemailer.createTransport({ host: hostname, port: Number(port), ignoreTLS: true });
      try {
        await transport.sendMail({
          from: sender,
          to: address ?? local.address,
          subject,
          text: 'A list, sent to try it out.',
          attachments: lists.map(({ name, content }) => ({ filename: name, content: Buffer.from(content) })),
          dkim: {
            domainName: sender.slice(sender.indexOf('@') + 1),
            keySelector: local.selector,
            privateKey: await readFile(local.keyFile, 'utf8'),
          },
        });
      } catch (error) {
        throw new CommandError(EXIT.UNREACHABLE, `the mail was not taken: ${(error as Error).message}`);
      } finally {
        transport.close();
      }
    },
  };
}
