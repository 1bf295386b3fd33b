/** `clarion users`: the people of the account, invited, given roles, let out and in again. */
import { type Command, Option } from 'commander';
import type { components } from '../../client/index.ts';
import { openContext } from '../context.ts';
import { EXIT, type ExitCode, usage } from '../exit.ts';
import { printable, table } from '../output.ts';
import { collectPages } from '../reading.ts';
import { answer } from '../server.ts';

type End = (code: ExitCode) => void;
type User = components['schemas']['User'];

const ROLES = ['owner', 'manager', 'supervisor', 'agent', 'viewer'] as const;
type Role = (typeof ROLES)[number];
/** More than an account will have. */
const ALL = 10_000;

const userId = (text: string): number => {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw usage(`"${printable(text)}" is not the id of a person`, '`clarion users list` shows them.');
};

const roleOf = (text: string): Role => {
  const role = ROLES.find((one) => one === text);
  if (role) return role;
  throw usage(`"${printable(text)}" is not a role`, `They are ${ROLES.join(', ')}.`);
};

/** The state in a word, and what became of the mail while no password is set. */
function state({ status, invitation }: User): string {
  const word = status.toLowerCase();
  if (status !== 'INVITED' || invitation === null) return word;
  return `${word}, mail ${{ WAITING: 'waits', RESERVED: 'waits', SENT: 'sent', FAILED: 'failed' }[invitation]}`;
}

const sentence = (user: User): string =>
  `${printable(user.email)} (${user.id}): ${user.role}, ${state(user)}`;

export function addUsers(program: Command, end: End): void {
  const users = program.command('users').description('people who sign in for the account');
  users
    .command('list')
    .description('who they are and what they may do')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => {
      const { server, output } = openContext(options);
      const all = await collectPages(ALL, (query) => server.GET('/users', { params: { query } }));
      if (output.json) output.value(all);
      else {
        output.say(
          table(
            ['id', 'name', 'email', 'role', 'state', '2nd factor', 'last sign-in'],
            all.map((user) => [
              String(user.id),
              printable(user.name),
              printable(user.email),
              user.role,
              state(user),
              user.secondFactor ? 'on' : 'off',
              user.lastSignInAt ?? 'never',
            ]),
          ),
        );
      }
      end(EXIT.OK);
    });
  users
    .command('invite')
    .description('mail somebody a link to set a password')
    .argument('<email>')
    .requiredOption('--name <name>', 'as people know them')
    .addOption(new Option('--role <role>', 'what they may do').choices(ROLES).default('supervisor'))
    .option('--json', 'as JSON')
    .action(async (email: string, options: { name: string; role: string; json?: boolean }) => {
      const { server, output } = openContext(options);
      const body = { email, name: options.name, role: roleOf(options.role) };
      const user = await answer(server.POST('/users', { body }));
      if (output.json) output.value(user);
      output.say(sentence(user));
      end(EXIT.OK);
    });
  addChanges(users, end);
}

function addChanges(users: Command, end: End): void {
  const change = async (id: string, body: components['schemas']['UserChange']): Promise<void> => {
    const { server, output } = openContext({});
    const path = { id: userId(id) };
    output.say(sentence(await answer(server.PATCH('/users/{id}', { params: { path }, body }))));
    end(EXIT.OK);
  };
  users
    .command('role')
    .description('give another role')
    .argument('<id>', 'as `list` shows it')
    .argument('<role>', ROLES.join(', '))
    .action((id: string, role: string) => change(id, { role: roleOf(role) }));
  users
    .command('disable')
    .description('let somebody out of the account, from the next call on')
    .argument('<id>', 'as `list` shows it')
    .action((id: string) => change(id, { disabled: true }));
  users
    .command('enable')
    .description('let somebody in again')
    .argument('<id>', 'as `list` shows it')
    .action((id: string) => change(id, { disabled: false }));
  users
    .command('link')
    .description('mail a new link to set a password')
    .argument('<id>', 'as `list` shows it')
    .action(async (id: string) => {
      const { server, output } = openContext({});
      const path = { id: userId(id) };
      output.say(sentence(await answer(server.POST('/users/{id}/invite', { params: { path } }))));
      end(EXIT.OK);
    });
}
