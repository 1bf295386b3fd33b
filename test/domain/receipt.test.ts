import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seriesOf } from '../../domain/caller-series.ts';
import { consentOf } from '../../domain/consent.ts';
import { makeReceipt, NOT_RECORDED, type ReceiptSource } from '../../domain/receipt.ts';

describe('the series of a caller id', () => {
  it.each([
    ['+911401234567', 'IN 140', 'PROMOTIONAL'],
    ['1401234567', 'IN 140', 'PROMOTIONAL'],
    ['01401234567', 'IN 140', 'PROMOTIONAL'],
    ['+911600112345', 'IN 1600', 'SERVICE'],
    ['1601223456', 'IN 1601', 'SERVICE'],
  ])('%s is %s', (callerId, name, use) => {
    expect(seriesOf(callerId, 'IN')).toMatchObject({ name, use, source: expect.any(String) });
  });

  it.each(['+919876543210', '+9114012345678', '140', '+4914012345678', '+911602112345'])(
    '%s is of none',
    (callerId) => expect(seriesOf(callerId, 'IN')).toBeNull(),
  );

  it('of another country’s number without its code is not guessed', () => {
    expect(seriesOf('1401234567', 'US')).toBeNull();
    expect(seriesOf(undefined, 'IN')).toBeNull();
  });
});

describe('consent', () => {
  it('is recognised by its columns, however they are written, and is none without the first', () => {
    const given = { given: 'yes', at: '2025-12-01', source: 'form 7' };
    expect(consentOf({ consent: 'yes', consentAt: '2025-12-01', consentSource: 'form 7' })).toEqual(given);
    expect(consentOf({ CONSENT: ' yes ', 'Consent-At': '2025-12-01', consent_source: 'form 7' })).toEqual(
      given,
    );
    expect(consentOf({ consent: 'yes' })).toEqual({ given: 'yes', at: null, source: null });
    expect(consentOf({ consentAt: '2025-12-01', consent: ' ' })).toBeNull();
    expect(consentOf({ consent: 'y'.repeat(1000) })?.given).toHaveLength(300);
  });
});

const source = (over: Partial<ReceiptSource> = {}): ReceiptSource => ({
  id: 'a',
  accountId: 1,
  direction: 'out',
  medium: 'voice',
  step: 0,
  attemptNo: 1,
  requestId: 1,
  row: 1,
  flowId: 1,
  flowVersion: 1,
  policyVersion: 1,
  policy: null,
  address: '+919876543210',
  sender: null,
  provider: 'test',
  providerRef: null,
  reservedAt: new Date(0),
  answeredAt: null,
  settledAt: null,
  outcome: null,
  cause: null,
  evidence: null,
  prior: [],
  ...over,
});

describe('a receipt', () => {
  it('of an attempt of an earlier release says of each thing that was not kept that it was not recorded', () => {
    const evidence = { promotional: true, region: 'IN', whitelisted: false, blacklisted: false };
    expect(makeReceipt(source({ evidence }))).toMatchObject({
      class: 'promotional',
      blacklist: { listed: false },
      register: NOT_RECORDED,
      hours: NOT_RECORDED,
      frequency: NOT_RECORDED,
      consent: NOT_RECORDED,
      callerId: { shown: NOT_RECORDED, series: NOT_RECORDED },
    });
  });

  it('of a call to us claims nothing about rules that were not asked', () => {
    const receipt = makeReceipt(source({ direction: 'in', requestId: null, row: null, policyVersion: null }));
    expect(receipt).toMatchObject({ class: 'the person called us', register: NOT_RECORDED, request: null });
  });

  it('is JSON whatever the evidence: reading it back gives the same', () => {
    const evidence = fc.record(
      {
        promotional: fc.boolean(),
        region: fc.constantFrom('IN', null),
        whitelisted: fc.boolean(),
        blacklisted: fc.boolean(),
        registered: fc.boolean(),
        register: fc.constant(null),
        hours: fc.constant(null),
        frequency: fc.constantFrom(null, { perDay: 1, gapMs: null, today: 0, lastAt: null }),
        consent: fc.constantFrom(null, { given: 'yes', at: null, source: null }),
        callerSeries: fc.constant(null),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(evidence, (evidence) => {
        const receipt = makeReceipt(source({ evidence }));
        expect(JSON.parse(JSON.stringify(receipt))).toEqual(receipt);
      }),
    );
  });
});
