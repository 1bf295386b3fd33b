/** By which trunk calls must leave. */
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../../../api/client.ts';
import { useMay, useMe } from '../../../session/me.ts';
import { builder } from '../../../strings/en/flow-builder.ts';
import { useSetting } from './settings-form.tsx';

const { settings: t } = builder;

export function TrunkSelect() {
  const { account } = useMe();
  const { value, error, disabled, set } = useSetting('trunk');
  const mayLook = useMay()('trunks:read');
  const { data } = useQuery({
    queryKey: ['trunk-names', account?.id],
    queryFn: ({ signal }) => answerOf(api.GET('/trunks', { params: { query: { limit: 500 } }, signal })),
    enabled: mayLook,
    staleTime: 60_000,
  });
  const chosen = typeof value === 'string' ? value : '';
  const names = new Set([...(data?.items.map(({ name }) => name) ?? []), ...(chosen ? [chosen] : [])]);
  return (
    <Select
      size="xs"
      label={t.trunk}
      error={error}
      disabled={disabled}
      allowDeselect={false}
      value={chosen}
      data={[{ value: '', label: t.anyTrunk }, ...[...names].map((name) => ({ value: name, label: name }))]}
      onChange={(next) => set(next || undefined)}
    />
  );
}
