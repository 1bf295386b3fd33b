import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isAutomatic,
  isList,
  mailInAddress,
  readSubject,
  TOKEN_ALPHABET,
  TOKEN_LENGTH,
  tokenOf,
} from '../../domain/mail-in.ts';

describe('a subject', () => {
  it.each([
    ['demo-offer', { flow: 'demo-offer' }],
    ['  Demo Offer  ', { flow: 'Demo Offer' }],
    ['Re: FW: Fwd: demo-offer', { flow: 'demo-offer' }],
    ['flow: demo-offer', { flow: 'demo-offer' }],
    ['Flow = 12', { flow: '12' }],
    ['start the survey', { flow: 'start the survey' }],
    ['demo-offer; start 2026-12-01 10:00', { flow: 'demo-offer', startAt: '2026-12-01 10:00' }],
    [
      'flow: demo-offer; START: 2026-12-01 10:00; end=2026-12-01 18:00; column: Mobile No;',
      {
        flow: 'demo-offer',
        startAt: '2026-12-01 10:00',
        endAt: '2026-12-01 18:00',
        phoneColumn: 'Mobile No',
      },
    ],
    ['start: 2026-12-01 10:00; flow: demo-offer', { flow: 'demo-offer', startAt: '2026-12-01 10:00' }],
  ])('%s', (subject, order) => {
    expect(readSubject(subject)).toEqual({ order });
  });

  it.each([
    ['', 'the subject is empty; write the name of the flow there'],
    ['Re: ', 'the subject is empty; write the name of the flow there'],
    ['start: 2026-12-01', 'the subject names no flow'],
    ['flow:', '"flow:" has no value'],
    ['a; b', '"b" is not understood; after the flow come start, end and column'],
    ['a; flow: b', '"flow: b": this is said twice'],
    ['a; start 9; start 10', '"start 10": this is said twice'],
  ])('%s is not understood, and says why', (subject, fault) => {
    expect(readSubject(subject)).toEqual({ fault });
  });

  it('of any kind is answered with an order or a reason, and a plain name is that name', () => {
    fc.assert(
      fc.property(fc.string(), (subject) => {
        const read = readSubject(subject);
        expect('order' in read ? read.order.flow !== '' : read.fault !== '').toBe(true);
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z][a-z0-9-]{0,40}$/), (name) => {
        expect(readSubject(name)).toEqual({ order: { flow: name } });
      }),
    );
  });
});

describe('an address', () => {
  const token = fc
    .array(fc.constantFrom(...TOKEN_ALPHABET), { minLength: TOKEN_LENGTH, maxLength: TOKEN_LENGTH })
    .map((letters) => letters.join(''));

  it('gives its token back, however it is written', () => {
    fc.assert(
      fc.property(token, (drawn) => {
        expect(tokenOf(mailInAddress(drawn, 'lists.example.com'), 'lists.example.com')).toBe(drawn);
        expect(tokenOf(mailInAddress(drawn, 'LISTS.example.com').toUpperCase(), 'lists.example.com')).toBe(
          drawn,
        );
      }),
    );
  });

  it.each([
    'lists@lists.test',
    'lists+abc@lists.test',
    'other+aaaaaaaaaaaaaaaa@lists.test',
    'lists+aaaaaaaaaaaaaaaa@x.lists.test',
    'lists+aaaaaaaaaaaaaaaa',
    '',
  ])('%s is nobody’s', (address) => {
    expect(tokenOf(address, 'lists.test')).toBeUndefined();
  });
});

describe('a mail that a program sent by itself', () => {
  it.each([
    ['auto-submitted', 'auto-replied', true],
    ['auto-submitted', 'No', false],
    ['precedence', 'list', true],
    ['precedence', 'first-class', false],
    ['list-unsubscribe', '<mailto:x@y.test>', true],
    ['subject', 'auto-submitted', false],
  ])('%s: %s is one: %s', (name, value, automatic) => {
    expect(isAutomatic([{ name, value }], 'a@b.test')).toBe(automatic);
  });

  it('is every one without a sender on its envelope', () => {
    expect([isAutomatic([], null), isAutomatic([], ''), isAutomatic([], 'a@b.test')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('a file is a list', () => {
  it.each([
    ['people.csv', 'application/octet-stream', true],
    ['PEOPLE.CSV', 'application/vnd.ms-excel', true],
    ['lists.zip', 'application/zip', true],
    ['', 'text/csv', true],
    ['people', 'text/csv', true],
    ['people.xlsx', 'text/csv', false],
    ['logo.png', 'image/png', false],
    ['', 'application/octet-stream', false],
  ])('%s as %s: %s', (name, contentType, list) => {
    expect(isList({ name, contentType })).toBe(list);
  });
});
