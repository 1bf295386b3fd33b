/**
 * Makes requests of the lists of a mail, by the same code that makes them of an upload: the same limits, the same
 * rejections, the same policy. What an upload would be refused for, a mail is, in words of its own.
 */
import type { JudgeMailDeps, Ordered, StoredList } from '../activities/judge-mail.ts';
import type { Change } from '../api/commit.ts';
import { fileRejection, makeRequest, planRequests } from '../api/create-requests.ts';
import { ApiError } from '../api/errors.ts';
import type { Database } from '../db/client.ts';
import { getAccount } from '../db/queries/accounts.ts';
import { writeAudit } from '../db/queries/audit.ts';
import { type Flow, findFlowByName, getFlow } from '../db/queries/flows.ts';
import type { MailOrder } from '../domain/mail-in.ts';

export const orderByMail: JudgeMailDeps['order'] = async (tx, input) => {
  const { accountId, mailId, sender, order, lists } = input;
  const account = await getAccount(tx, { accountId });
  if (!account) throw new Error(`there is no account ${accountId}`);
  const flow = await findFlow(tx, accountId, order);
  if (!flow) return refused('NO_FLOW', `there is no flow "${order.flow}"`);
  const actor = `mail:${mailId}`;
  const { flow: _, ...times } = order;
  try {
    const options = { ...times, statusEmails: [sender] };
    const plan = await planRequests({ db: tx }, { account, actor, flow, options });
    if (plan.notRunnable !== undefined) return refused('FLOW_NOT_RUNNABLE', plan.notRunnable);
    const requestIds: number[] = [];
    for (const list of lists) {
      const file = asUpload(list);
      requestIds.push(
        await makeRequest(changeOf(tx, accountId, actor), plan, {
          source: 'email',
          file,
          rejection: fileRejection(file),
        }),
      );
    }
    return { kind: 'CREATED', requestIds };
  } catch (error) {
    // A start that cannot be read, an end that has passed: what the API says of the field.
    if (error instanceof ApiError && error.code === 'INVALID_INPUT')
      return refused('BAD_SUBJECT', worded(error));
    throw error;
  }
};

type Reason = Extract<Ordered, { kind: 'REFUSED' }>['reason'];

const refused = (reason: Reason, detail: string): Ordered => ({ kind: 'REFUSED', reason, detail });

/** By its name; a number that is nobody's name is an id. */
async function findFlow(db: Database, accountId: number, { flow }: MailOrder): Promise<Flow | undefined> {
  const byName = await findFlowByName(db, { accountId, name: flow });
  if (byName) return byName;
  return /^[1-9]\d{0,14}$/.test(flow) ? getFlow(db, { accountId, flowId: Number(flow) }) : undefined;
}

/** The API's names of fields are not those of a subject. */
const worded = (error: ApiError): string =>
  error.message
    .replace(/\bstartAt\b/g, 'start')
    .replace(/\bendAt\b/g, 'end')
    .replace(/\bphoneColumn\b/g, 'column');

const asUpload = ({ fileName, format, bytes, key, sha256 }: StoredList) => ({
  fileName,
  format,
  bytes,
  key,
  sha256,
});

/** Nobody is told: the sweeper of requests finds the outbox row within seconds. */
const changeOf = (db: Database, accountId: number, actor: string): Change => ({
  db,
  audit: (action, subject, detail) => writeAudit(db, { accountId, actor, action, subject, detail }),
  notify: () => {},
});
