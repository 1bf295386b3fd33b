/** What a caller id says by itself: series of numbers that a country keeps for one kind of traffic. Data, with its sources. */

export interface CallerSeries {
  /** Country and first digits, e.g. `IN 140`. */
  name: string;
  /** What calls from it may be. */
  use: 'PROMOTIONAL' | 'SERVICE';
  /** Whose series it is, in words. */
  holder: string;
  /** Where the rule stands. */
  source: string;
}

interface Series extends CallerSeries {
  /** Of the number in E.164, or as it is dialled in its country. */
  pattern: RegExp;
}

/**
 * India. 140: telemarketers' promotional calls. 1600 and 1601: service and transactional calls alone, of government,
 * regulators, and entities regulated by RBI, SEBI, IRDAI and PFRDA. Ten digits each.
 */
const SERIES: readonly Series[] = [
  {
    name: 'IN 140',
    use: 'PROMOTIONAL',
    holder: 'registered telemarketers',
    source: 'TRAI, Telecom Commercial Communications Customer Preference Regulations, 2018',
    pattern: /^(\+91|0)?140\d{7}$/,
  },
  {
    name: 'IN 1600',
    use: 'SERVICE',
    holder: 'government, regulators and regulated financial entities',
    source: 'DoT press release of 30 May 2024; TRAI direction of 19 November 2025',
    pattern: /^(\+91|0)?1600\d{6}$/,
  },
  {
    name: 'IN 1601',
    use: 'SERVICE',
    holder: 'financial entities regulated by RBI, SEBI, IRDAI or PFRDA',
    source: 'DoT office memorandum of 28 May 2024',
    pattern: /^(\+91|0)?1601\d{6}$/,
  },
];

/**
 * @param callerId as shown to the person, E.164 or as dialled in the country
 * @param country of numbers without a country code, ISO 3166-1 alpha-2
 * @returns null for a number of no series, as most are
 */
export function seriesOf(callerId: string | undefined, country: string): CallerSeries | null {
  if (callerId === undefined) return null;
  const found = SERIES.find(
    ({ name, pattern }) =>
      pattern.test(callerId) && (callerId.startsWith('+') || name.startsWith(`${country} `)),
  );
  if (!found) return null;
  const { pattern: _, ...series } = found;
  return series;
}
