/** Published versions: who goes by them, what they differ in, and taking one back into the draft. */
import { Button, Group, NativeSelect, Skeleton, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../../api/client.ts';
import { Moment } from '../../../parts/moment.tsx';
import { useNumbers } from '../../../parts/numbers.ts';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { Chip } from '../../../parts/status-chip.tsx';
import { useMe } from '../../../session/me.ts';
import { builder } from '../../../strings/en/flow-builder.ts';
import { versionQuery, versionsQuery } from '../data.ts';
import { useBuilder } from './context.ts';
import { Differences } from './differences.tsx';
import { readDraft } from './draft.ts';

const { versions: t } = builder;
const DRAFT = 'draft';

export function VersionsView() {
  const { flow } = useBuilder();
  const { account } = useMe();
  const numbers = useNumbers();
  const { data, error, refetch } = useQuery(versionsQuery(account?.id, flow.id));
  const [compared, setCompared] = useState<number>();
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={120} m="sm" aria-busy="true" />;
  const [newest] = data.items;
  if (!newest) return <div className="builder-wide builder-help">{t.none}</div>;
  return (
    <Stack className="builder-wide" gap="md">
      <table className="builder-table" aria-label={t.table}>
        <thead>
          <tr>
            <th scope="col">{t.version}</th>
            <th scope="col">{t.published}</th>
            <th scope="col" className="wide-only">
              {t.by}
            </th>
            <th scope="col">{t.live}</th>
            <th scope="col">{builder.form.more}</th>
          </tr>
        </thead>
        <tbody>
          {data.items.map(({ version, publishedAt, publishedBy, liveRequests }) => (
            <tr key={version}>
              <td>
                {version} {flow.transactional && <Approval version={version} />}
              </td>
              <td>
                <Moment at={publishedAt} />
              </td>
              <td className="wide-only">{publishedBy}</td>
              <td>{numbers.count(liveRequests)}</td>
              <td>
                <Group gap={4}>
                  <Button
                    variant="subtle"
                    size="compact-xs"
                    aria-label={t.compareLabel(version)}
                    onClick={() => setCompared(version)}
                  >
                    {t.compare}
                  </Button>
                  <Restore version={version} />
                </Group>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Comparison
        key={compared ?? newest.version}
        versions={data.items.map(({ version }) => version)}
        first={compared ?? newest.version}
      />
    </Stack>
  );
}

/** Of the version now published. Earlier ones were approved in their time, or not. */
function Approval({ version }: { version: number }) {
  const { flow } = useBuilder();
  if (flow.approvedVersion === version) return <Chip tone="good">{t.approved}</Chip>;
  if (flow.publishedVersion === version) return <Chip tone="held">{t.waiting}</Chip>;
  return null;
}

function Restore({ version }: { version: number }) {
  const { flow, edit, isReadOnly } = useBuilder();
  const { account } = useMe();
  const queries = useQueryClient();
  const restore = useMutation({
    mutationFn: () => queries.ensureQueryData(versionQuery(account?.id, flow.id, version)),
    onSuccess: ({ definition }) => {
      const draft = readDraft(definition);
      // It can be undone as any other change.
      if (draft) edit(draft);
    },
  });
  if (isReadOnly) return null;
  return (
    <Button
      variant="subtle"
      size="compact-xs"
      aria-label={t.restoreLabel(version)}
      loading={restore.isPending}
      onClick={() => restore.mutate()}
    >
      {t.restore}
    </Button>
  );
}

/** A version, or the draft as it is here. */
function useDefinition(which: string): { definition: unknown; error: unknown } {
  const { flow, draft } = useBuilder();
  const { account } = useMe();
  const version = which === DRAFT ? (flow.publishedVersion ?? 1) : Number(which);
  const { data, error } = useQuery({
    ...versionQuery(account?.id, flow.id, version),
    enabled: which !== DRAFT,
  });
  return which === DRAFT ? { definition: draft, error: null } : { definition: data?.definition, error };
}

function Comparison({ versions, first }: { versions: readonly number[]; first: number }) {
  const [before, setBefore] = useState(String(first));
  const [after, setAfter] = useState(DRAFT);
  const [one, other] = [useDefinition(before), useDefinition(after)];
  const options = [
    { value: DRAFT, label: t.draft },
    ...versions.map((version) => ({ value: String(version), label: t.versionName(version) })),
  ];
  return (
    <Stack gap="xs">
      <h2 className="builder-side-title">{t.differences}</h2>
      <Group gap="xs">
        <NativeSelect
          label={t.from}
          value={before}
          data={options}
          onChange={(event) => setBefore(event.currentTarget.value)}
        />
        <NativeSelect
          label={t.to}
          value={after}
          data={options}
          onChange={(event) => setAfter(event.currentTarget.value)}
        />
      </Group>
      <ProblemAlert error={one.error ?? other.error} />
      {one.definition !== undefined && other.definition !== undefined && (
        <Differences before={one.definition} after={other.definition} />
      )}
    </Stack>
  );
}

/** For operations: the version now published may call anybody. */
export function useApproval(refresh: () => void) {
  const { flow } = useBuilder();
  return useMutation({
    mutationFn: (version: number) =>
      answerOf(api.POST('/flows/{id}/approve', { params: { path: { id: flow.id } }, body: { version } })),
    onSuccess: refresh,
  });
}
