/** Numbers as the account's country groups them: 1,00,000 in India, 100,000 elsewhere. */
import { useMemo } from 'react';
import { useMe } from '../session/me.ts';

export interface Numbers {
  /** Whole numbers, grouped. */
  count(value: number): string;
  /** `value` is 0 to 100. */
  percent(value: number): string;
}

export function useNumbers(): Numbers {
  const country = useMe().account?.defaultCountry;
  return useMemo(() => {
    const locale = country ? `en-${country}` : 'en';
    const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
    const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 });
    return { count: (value) => whole.format(value), percent: (value) => percent.format(value / 100) };
  }, [country]);
}
