/** The dashboard's filters. They live in the address, so a view can be kept, sent and gone back to. */
import { NativeSelect, TextInput } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { FilterBar } from '../../parts/filter-bar.tsx';
import { TypedFilter } from '../../parts/typed-filter.tsx';
import { requests as t } from '../../strings/en/requests.ts';
import { statuses } from '../../strings/en/statuses.ts';
import { FLOW_TYPES, REQUEST_STATUSES, type RequestFilters, requestFilters } from './search.ts';

export function RequestFilterBar() {
  const filters = useSearch({ from: '/frame/requests' });
  const navigate = useNavigate({ from: '/requests' });
  const set = (change: Partial<Record<keyof RequestFilters, string>>): void => {
    const wanted = { ...filters, ...change };
    const given = Object.fromEntries(
      Object.entries(wanted).filter(([, value]) => value !== '' && value !== undefined),
    );
    void navigate({ search: requestFilters.parse(given), replace: true });
  };
  const any = { value: '', label: t.filters.any };
  return (
    <FilterBar
      active={Object.values(filters).filter((value) => value !== undefined).length}
      onClear={() => void navigate({ search: {}, replace: true })}
    >
      <TextInput
        type="date"
        label={t.filters.from}
        value={filters.from ?? ''}
        max={filters.to}
        onChange={(event) => set({ from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={t.filters.to}
        value={filters.to ?? ''}
        min={filters.from}
        onChange={(event) => set({ to: event.currentTarget.value })}
      />
      <TypedFilter
        label={t.filters.id}
        value={String(filters.id ?? '')}
        inputMode="numeric"
        onRest={(id) => set({ id })}
      />
      <NativeSelect
        label={t.filters.flowType}
        value={filters.flowType ?? ''}
        onChange={(event) => set({ flowType: event.currentTarget.value })}
        data={[any, ...FLOW_TYPES.map((value) => ({ value, label: statuses.flowType[value] }))]}
      />
      <TypedFilter
        label={t.filters.flow}
        placeholder={t.filters.flowHint}
        value={filters.flowName ?? ''}
        onRest={(flowName) => set({ flowName })}
      />
      <NativeSelect
        label={t.filters.status}
        value={filters.status ?? ''}
        onChange={(event) => set({ status: event.currentTarget.value })}
        data={[any, ...REQUEST_STATUSES.map((value) => ({ value, label: statuses.request[value] }))]}
      />
    </FilterBar>
  );
}
