/** What is guaranteed about one row of a file to blacklist. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readBlacklistRow } from '../../domain/blacklist-file.ts';

const now = new Date('2026-06-01T00:00:00Z');
const later = new Date('2026-07-01T00:00:00Z');
const rules = { kind: 'phones' as const, country: 'IN', reason: 'of all', expiresAt: later, now };

it('what a row says goes before what is said of all', () => {
  const cells = { value: '9876543210', reason: ' own ', expiresAt: '2026-06-02T00:00:00+05:30' };
  const own = new Date('2026-06-01T18:30:00Z');
  expect(readBlacklistRow(cells, rules)).toEqual({
    ok: true,
    entry: { value: '+919876543210', reason: 'own', expiresAt: own },
  });
  expect(readBlacklistRow({ ...cells, reason: ' ', expiresAt: '' }, rules)).toMatchObject({
    entry: { reason: 'of all', expiresAt: later },
  });
});

const values = fc.oneof(fc.string(), fc.constantFrom('9876543210', '+14155552671', 'a@example.com', ' '));
const moments = fc.oneof(
  fc.string(),
  fc.date({ noInvalidDate: true }).map((at) => at.toISOString()),
  fc.constant(''),
);

it('whatever the cells hold, a row is an entry that counts, or has a problem', () => {
  fc.assert(
    fc.property(
      values,
      fc.string({ unit: 'binary' }),
      moments,
      fc.boolean(),
      (value, reason, expiresAt, phones) => {
        const kind = phones ? ('phones' as const) : ('emails' as const);
        const row = readBlacklistRow({ value, reason, expiresAt }, { ...rules, kind });
        if (!row.ok) {
          expect(row.problem).not.toBe('');
          return;
        }
        expect(row.entry.value).toMatch(phones ? /^\+\d+$/ : /@/);
        expect((row.entry.expiresAt ?? later) > now).toBe(true);
        expect(`${row.entry.value}${row.entry.reason}`).not.toContain('\u0000');
      },
    ),
  );
});
