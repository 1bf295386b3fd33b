/** What every do-not-call register owes its askers, whoever answers behind it. */
import { expect, it } from 'vitest';
import type { RegisterEntry } from '../../domain/register.ts';
import type { DoNotCallRegister } from '../../providers/register/register.ts';

/** A register that holds these numbers, and no others. */
export type RegisterOf = (
  entries: ReadonlyMap<string, RegisterEntry>,
) => Promise<{ register: DoNotCallRegister; accountId: number }>;

const all: RegisterEntry = { categories: 1, fromMinute: null, toMinute: null, days: null };
const some: RegisterEntry = { categories: 0b1010, fromMinute: 600, toMinute: 1110, days: 0b1110 };

export function registerContract(registerOf: RegisterOf): void {
  it('answers for those on it, with what they refuse and when they may be reached, and for nobody else', async () => {
    const { register, accountId } = await registerOf(
      new Map([
        ['+919876543210', all],
        ['+919876543211', some],
      ]),
    );
    const numbers = ['+919876543212', '+919876543211', '+919876543210', '+14155552671'];
    const { entries, version } = await register.lookUp(accountId, numbers);
    expect([...entries.keys()].sort()).toEqual(['+919876543210', '+919876543211']);
    expect(entries.get('+919876543210')).toEqual([all]);
    expect(entries.get('+919876543211')).toEqual([some]);
    expect(version).toEqual(expect.any(String));
    expect(register.name).toMatch(/^[a-z]+$/);
  });

  it('is asked about thousands at once, the same one twice, and none at all', async () => {
    const numbers = Array.from({ length: 3000 }, (_, index) => `+91${9_876_500_000 + index}`);
    const on = new Map(numbers.filter((_, index) => index % 7 === 0).map((number) => [number, all]));
    const { register, accountId } = await registerOf(on);
    const { entries } = await register.lookUp(accountId, [...numbers, ...numbers.slice(0, 10)]);
    expect([...entries.keys()].sort()).toEqual([...on.keys()]);
    expect([...entries.values()].every((found) => found.length === 1)).toBe(true);
    expect((await register.lookUp(accountId, [])).entries.size).toBe(0);
  });

  it('passes over what is longer than any number on a register', async () => {
    const { register, accountId } = await registerOf(new Map([['+919876543210', all]]));
    const { entries } = await register.lookUp(accountId, ['+4912345678901234567', '+919876543210']);
    expect([...entries.keys()]).toEqual(['+919876543210']);
  });

  it('gives the same answer again', async () => {
    const { register, accountId } = await registerOf(new Map([['+919876543210', some]]));
    const ask = async () => (await register.lookUp(accountId, ['+919876543210', '+919876543219'])).entries;
    expect(await ask()).toEqual(await ask());
  });
}
