/** Everything the benchmark of reports asks: paths below `/api/v1`, from what operators look for to what nobody has. */
import { encodeCursor } from '../api/cursor.ts';
import type { Database } from '../db/client.ts';
import type { ReportsData } from './reports-data.ts';

type Filters = Record<string, string[]>;

/** Every filter alone, every two of different kinds together, and none. */
function combinations(filters: Filters): string[] {
  const kinds = Object.entries(filters).map(([name, values]) =>
    values.map((value) => `${name}=${encodeURIComponent(value)}`),
  );
  const pairs = kinds.flatMap((one, at) =>
    kinds.slice(at + 1).flatMap((other) => one.flatMap((a) => other.map((b) => `${a}&${b}`))),
  );
  return ['', ...kinds.flat(), ...pairs];
}

/** Not what the API refuses: a time that ends before it begins. */
const possible = (query: string): boolean => !/from=.*to=/.test(query);

const isoAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

interface Position {
  at: Date;
  id: string | number;
}
const cursorOf = ({ at, id }: Position): string => encodeCursor([at.toISOString(), id]);

export async function questionsOf(db: Database, data: ReportsData): Promise<string[]> {
  const { accountId, flows, largeRequestId } = data;
  const [common, rare, never] = [flows[0], flows.at(-2), flows.at(-1)].map((flow) => String(flow?.id));
  const [attempt] = await db.sql<(Position & { address: string })[]>`
    select reserved_at as at, id, address from attempts
    where account_id = ${accountId} and reserved_at < ${isoAgo(180)}::timestamptz and medium = 'voice'
    order by reserved_at desc limit 1`;
  const [request] = await db.sql<Position[]>`
    select created_at as at, id from requests
    where account_id = ${accountId} and created_at < ${isoAgo(180)}::timestamptz order by created_at desc limit 1`;
  if (!attempt || !request) throw new Error('there is no data');
  const given = (values: (string | undefined)[]): string[] => values.filter((value) => value !== undefined);
  const ofAttempts = combinations({
    from: [isoAgo(7)],
    to: [isoAgo(350)],
    flow: given([common, rare, never, 'collections', 'nowhere']),
    flowType: ['dialer', 'inbound'],
    requestId: [String(largeRequestId), String(request.id)],
    number: [attempt.address, '+14155550100'],
    outcome: ['ANSWERED', 'ABANDONED', 'COMPLAINED', 'BOUNCED'],
    state: ['IN_PROGRESS', 'ENDED'],
    medium: ['voice', 'email'],
    direction: ['in'],
  }).filter(possible);
  const ofRequests = combinations({
    from: [isoAgo(7)],
    to: [isoAgo(350)],
    flow: given([common, rare, never, 'collections', 'nowhere']),
    flowType: ['dialer', 'inbound'],
    status: ['COMPLETED', 'EXPIRED', 'IN_PROCESS', 'REJECTED'],
    source: ['upload', 'retry', 'message'],
    text: ['customers-77', 'customers', 'survey', 'nothing of the kind'],
  }).filter(possible);
  const everyWay = (path: string, queries: string[], behind: Position): string[] =>
    queries.flatMap((query) => [
      `${path}?${query}`,
      `${path}?${query}&order=oldest`,
      `${path}?${query}&cursor=${cursorOf(behind)}`,
    ]);
  return [
    ...everyWay('/reports/attempts', ofAttempts, attempt),
    ...everyWay('/requests', ofRequests, request),
    `/reports/attempts?limit=500`,
    `/reports/attempts?limit=500&outcome=ABANDONED`,
    `/requests?limit=500`,
    ...[
      String(request.id),
      attempt.address,
      '98989898',
      'customers-77',
      'survey',
      'nothing of the kind',
      attempt.id,
      'a@b.c',
    ].map((q) => `/search?q=${encodeURIComponent(q)}`),
    `/reports/attempts?uuid=${attempt.id}`,
    `/calls/${attempt.id}`,
    `/requests?id=${request.id}`,
    `/requests/${largeRequestId}`,
    ...recordQuestions(largeRequestId),
    ...combinations({ number: ['+9190001'], expired: ['true'], reason: ['asked', 'nothing'] }).map(
      (q) => `/blacklist/phones?${q}`,
    ),
    '/flows',
    '/flows?limit=500',
    '/blacklist/emails',
    '/whitelist/phones',
    '/prompts',
    '/trunks',
    '/dids',
    '/register/imports',
    '/api-keys',
  ];
}

function recordQuestions(requestId: number): string[] {
  const queries = combinations({
    result: ['ACCEPTED', 'DUPLICATE', 'TOO_LATE', 'BLACKLISTED'],
    outcome: ['ANSWERED', 'BUSY', 'UNKNOWN'],
    number: ['+919000000099', '+14155550100'],
    cursor: [encodeCursor(200_000)],
  });
  return queries.map((query) => `/requests/${requestId}/records?${query}`);
}
