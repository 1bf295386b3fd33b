/** Finished requests to mail about, and a mail provider that keeps what it was given. */
import type { Database } from '../../db/client.ts';
import type { EmailMessage, EmailProvider, EmailResult } from '../../providers/email/provider.ts';

export interface FixtureRow {
  number: string;
  result?: string;
  outcome?: string;
  attempts?: number;
  detail?: string;
}

export interface FixtureRequest {
  status?: string;
  source?: string;
  statusEmails?: string[];
  emailNotification?: boolean;
  rejection?: string;
  rejectionDetail?: string;
  fileName?: string;
  rows?: FixtureRow[];
}

/** Writes a request with its flow, policy, rows and tallies. Returns its id. */
export async function finishedRequest(
  db: Database,
  accountId: number,
  over: FixtureRequest = {},
): Promise<number> {
  const rows = over.rows ?? [
    { number: '+919811000010', outcome: 'ANSWERED', attempts: 1 },
    { number: '+919811000021', outcome: 'BUSY', attempts: 3 },
    { number: 'abc', result: 'INVALID_NUMBER', detail: 'column "phone": not a number' },
  ];
  const [flow] = await db.sql<{ id: string }[]>`
    insert into flows (account_id, name, type, draft) values (${accountId}, ${`survey-${Math.random()}`}, 'outbound', '{}')
    returning id`;
  const accepted = rows.filter((row) => (row.result ?? 'ACCEPTED') === 'ACCEPTED').length;
  const [request] = await db.sql<{ id: string }[]>`
    insert into requests (account_id, flow_id, flow_version, flow_type, source, file_name, status, rejection,
        rejection_detail, status_emails, loaded, added, created_by, created_at, started_at, ended_at)
    values (${accountId}, ${flow?.id ?? ''}, 1, 'outbound', ${over.source ?? 'upload'}, ${over.fileName ?? 'people.csv'},
        ${over.status ?? 'COMPLETED'}, ${over.rejection ?? null}, ${over.rejectionDetail ?? null},
        ${over.statusEmails ?? []}, ${rows.length}, ${accepted}, 'test',
        '2026-03-01T04:00:00Z', '2026-03-01T04:00:05Z', '2026-03-01T04:30:00Z')
    returning id`;
  const id = Number(request?.id);
  await db.sql`
    insert into request_policies (request_id, version, account_id, policy, created_by)
    values (${id}, 1, ${accountId}, ${db.sql.json({ emailNotification: over.emailNotification ?? false })}, 'test')`;
  await insertRows(db, accountId, id, rows);
  return id;
}

async function insertRows(db: Database, accountId: number, id: number, rows: FixtureRow[]): Promise<void> {
  const tallies = new Map<string, number>();
  const count = (kind: string, value: string, by = 1): void => {
    tallies.set(`${kind} ${value}`, (tallies.get(`${kind} ${value}`) ?? 0) + by);
  };
  const records = rows.map((row, at) => {
    count('result', row.result ?? 'ACCEPTED');
    if (row.outcome) count('outcome', row.outcome);
    if (row.outcome) count('attempt', row.outcome, row.attempts ?? 1);
    return {
      request_id: id,
      row: at + 1,
      account_id: accountId,
      result: row.result ?? 'ACCEPTED',
      given: row.number,
      number: row.number.startsWith('+') ? row.number : null,
      detail: row.detail ?? null,
      attempts: row.attempts ?? 0,
      outcome: row.outcome ?? null,
      ended_at: row.outcome ? new Date('2026-03-01T04:20:00Z') : null,
    };
  });
  for (let at = 0; at < records.length; at += 5_000) {
    await db.sql`insert into records ${db.sql(records.slice(at, at + 5_000))}`;
  }
  for (const [key, total] of tallies) {
    const [kind = '', value = ''] = key.split(' ');
    await db.sql`insert into request_tallies (request_id, kind, value, shard, account_id, count)
      values (${id}, ${kind}, ${value}, 0, ${accountId}, ${total})`;
  }
}

export async function whitelist(db: Database, accountId: number, ...emails: string[]): Promise<void> {
  for (const email of emails) {
    await db.sql`insert into whitelist_emails (account_id, email) values (${accountId}, ${email})`;
  }
}

export interface Mailbox extends EmailProvider {
  messages: EmailMessage[];
}

/** @param answer what the provider does with a message; by default it takes it */
export function mailbox(answer?: (message: EmailMessage) => Promise<EmailResult>): Mailbox {
  const messages: EmailMessage[] = [];
  return {
    name: 'mailbox',
    messages,
    async send(message) {
      messages.push(message);
      if (answer) return answer(message);
      return { outcome: 'SENT', providerRef: `ref-${messages.length}`, cause: 'accepted' };
    },
    async close() {},
  };
}
