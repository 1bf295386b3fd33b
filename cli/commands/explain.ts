/** `clarion explain`: why somebody was, was not, or would not be called, as a table of rules. */
import type { Command } from 'commander';
import type { components } from '../../client/index.ts';
import { openContext } from '../context.ts';
import { EXIT, type ExitCode, usage } from '../exit.ts';
import { boundMoment, showMoment } from '../moments.ts';
import { type Output, printable, table } from '../output.ts';
import { given, parseId } from '../reading.ts';
import { answer } from '../server.ts';
import { accountZone } from '../zone.ts';

type Explanation = components['schemas']['Explanation'];

interface ExplainOptions {
  flow?: string;
  request?: string;
  at?: string;
  medium?: string;
  json?: boolean;
}

export function addExplain(program: Command, end: (code: ExitCode) => void): void {
  program
    .command('explain')
    .description('why somebody was, was not, or would not be called: each rule, and which decides')
    .argument('<person>', 'a number, or with --medium email an address')
    .option('--flow <name>', 'by the rules of this flow')
    .option('--request <id>', 'by those of this request and of the person’s row in it')
    .option('--at <time>', 'at this moment, past or to come; else now')
    .option('--medium <medium>', 'voice; sms or email for a message from inside a call')
    .option('--json', 'as JSON')
    .action(async (person: string, options: ExplainOptions) => {
      if ((options.flow === undefined) === (options.request === undefined)) {
        throw usage('give either --flow or --request');
      }
      const { server, output } = openContext(options);
      const zone = accountZone(server);
      const query = given({
        number: person.includes('@') ? undefined : person,
        email: person.includes('@') ? person : undefined,
        flowName: options.flow,
        requestId: options.request === undefined ? undefined : parseId(options.request),
        medium: options.medium as Explanation['medium'] | undefined,
        at:
          options.at === undefined
            ? undefined
            : await boundMoment('--at', options.at, { now: new Date(), zone }),
      });
      const found = await answer(server.GET('/explain', { params: { query } }));
      if (output.json) output.value(found);
      else show(output, found, await zone());
      end(EXIT.OK);
    });
}

const ANSWERS = { PASS: 'pass', BLOCK: 'BLOCK', LATER: 'LATER', NOT_APPLICABLE: '-' } as const;

function show(output: Output, found: Explanation, zone: string): void {
  const now = new Date();
  const at = (moment: string): string => showMoment(moment, zone, now);
  const version = found.flow.version === null ? 'not published' : `version ${found.flow.version}`;
  const request = found.request
    ? `, request ${found.request.id}, row ${found.request.row}, policy ${found.request.policyVersion}`
    : '';
  output.say(`${printable(found.number ?? found.email ?? '')} at ${at(found.at)}`);
  output.say(`flow "${printable(found.flow.name)}", ${version}${request}`);
  output.say();
  output.say(
    table(
      ['', 'rule', 'answer', 'why', 'known of'],
      found.rules.map((rule) => [
        rule.decides ? '>' : '',
        rule.rule.toLowerCase(),
        ANSWERS[rule.answer],
        printable(rule.why),
        rule.known === 'NOW' ? 'now, not then' : '',
      ]),
    ),
  );
  output.say();
  output.say(
    found.decidedBy === null
      ? 'may be contacted: every rule that applies passes'
      : `${found.answer === 'BLOCK' ? 'not contacted' : 'contacted later'}: ${printable(found.why)}`,
  );
  output.say(
    found.nextContactAt === null
      ? `next contact: never as things are (${found.neverBy?.toLowerCase()})`
      : `next contact: ${at(found.nextContactAt)} at the earliest`,
  );
  if (found.attempts.length === 0) return;
  output.say();
  output.say('what really happened within a day of it:');
  output.say(
    table(
      ['began', 'medium', 'outcome', 'cause', 'request', 'uuid'],
      found.attempts.map((one) => [
        at(one.at),
        one.medium,
        one.outcome ?? 'in progress',
        one.cause === null ? null : printable(one.cause).slice(0, 40),
        one.requestId,
        one.uuid,
      ]),
    ),
  );
  output.say('`clarion receipt show UUID` has what was kept of each');
}
