/** The filters of a list. On a phone they wait behind a button, so that the list is what one sees. */
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { FilterIcon } from '@primer/octicons-react';
import type { ReactNode } from 'react';
import { common as t } from '../strings/en/common.ts';

interface Props {
  /** How many filters hold now. */
  active: number;
  onClear(): void;
  /** The fields. */
  children: ReactNode;
}

export function FilterBar({ active, onClear, children }: Props) {
  const [isOpen, fields] = useDisclosure(false);
  return (
    <search>
      <Button
        className="narrow-only"
        variant="default"
        leftSection={<FilterIcon size={14} />}
        aria-expanded={isOpen}
        onClick={fields.toggle}
      >
        {t.filters(active)}
      </Button>
      <div className={isOpen ? 'filters filters-open' : 'filters'}>
        {children}
        {active > 0 && (
          <Button variant="subtle" onClick={onClear}>
            {t.clearFilters}
          </Button>
        )}
      </div>
    </search>
  );
}
