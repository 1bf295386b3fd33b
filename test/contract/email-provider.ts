/** What every mail provider guarantees. A new one passes this suite: `emailProviderContract('name', {...})`. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmailMessage, EmailProvider } from '../../providers/email/provider.ts';

/** A mail as its reader has it. */
export interface ReceivedMail {
  subject: string;
  from: string;
  to: string[];
  text: string;
  html: string | undefined;
  attachments: { fileName: string; contentType: string; content: Buffer }[];
}

export interface EmailUnderTest {
  makeProvider(): Promise<EmailProvider>;
  /** The mails with this subject that came in, oldest first. Absent where nobody can look. */
  inbox?: (subject: string) => Promise<ReceivedMail[]>;
}

export function emailProviderContract(name: string, given: EmailUnderTest): void {
  describe(`the mail provider contract: ${name}`, () => {
    let provider: EmailProvider;
    beforeAll(async () => {
      provider = await given.makeProvider();
    });
    afterAll(() => provider.close());

    const mail = (over: Partial<EmailMessage> = {}): EmailMessage => ({
      reference: randomUUID(),
      from: 'Clarion <clarion@example.com>',
      to: ['asha@example.com'],
      subject: `Subject ${randomUUID()}`,
      text: 'All is well.',
      ...over,
    });

    it('a mail that is taken says so, with a reference', async () => {
      const result = await provider.send(mail());
      expect(['SENT', 'DELIVERED']).toContain(result.outcome);
      expect(result.providerRef).not.toBe('');
    });

    it.each([
      ['no recipient', { to: [] }],
      ['an address that is none', { to: ['asha'] }],
      ['two addresses in place of one', { to: ['asha@example.com, eve@example.com'] }],
      ['an address with a header in it', { to: ['asha@example.com\r\nBcc: eve@example.com'] }],
      ['a sender with a header in it', { from: 'x <x@example.com>\r\nBcc: eve@example.com' }],
      ['a copy to nobody', { cc: ['<>'] }],
    ] as const)('%s is REJECTED, not an error', async (_, over) => {
      const result = await provider.send(mail(over as Partial<EmailMessage>));
      expect(result.outcome).toBe('REJECTED');
      expect(result.cause).not.toBe('');
    });

    describe.runIf(given.inbox !== undefined)('what arrives', () => {
      const received = async (over: Partial<EmailMessage>): Promise<ReceivedMail> => {
        const sent = mail(over);
        await provider.send(sent);
        const found = await given.inbox?.(sent.subject);
        const only = found?.[0];
        if (only === undefined || found?.length !== 1) throw new Error(`${found?.length} mails arrived`);
        return only;
      };

      it('is the text, the page and the attachments, byte for byte, in any script', async () => {
        const content = Buffer.from(Array.from({ length: 100_000 }, (_, n) => n % 256));
        const got = await received({
          text: 'नमस्ते\n\nZweite Zeile ✓',
          html: '<p>नमस्ते</p>',
          attachments: [{ fileName: 'Übersicht 1.csv', contentType: 'text/csv', content }],
        });
        expect(got.text.trim()).toBe('नमस्ते\n\nZweite Zeile ✓');
        expect(got.html).toContain('<p>नमस्ते</p>');
        expect(got.attachments).toHaveLength(1);
        expect(got.attachments[0]?.fileName).toBe('Übersicht 1.csv');
        expect(got.attachments[0]?.content.equals(content)).toBe(true);
      });

      it('has a line break in its subject as a space, and no header of it', async () => {
        const mark = randomUUID();
        await provider.send(mail({ subject: `${mark}\r\nBcc: eve@example.com` }));
        const found = await given.inbox?.(`${mark}  Bcc: eve@example.com`);
        expect(found).toHaveLength(1);
        expect(JSON.stringify(found?.[0]?.to)).not.toContain('eve');
      });

      it('never names those who get a blind copy', async () => {
        const got = await received({ bcc: ['secret@example.com'] });
        expect(JSON.stringify({ ...got, attachments: [] })).not.toContain('secret@');
      });

      it('is one mail for one send', async () => {
        const sent = mail();
        await provider.send(sent);
        expect(await given.inbox?.(sent.subject)).toHaveLength(1);
      });
    });
  });
}
