/** The flow the lists are called with: those that can run are offered, of the others it is said why not. */
import { Button, Group, NativeSelect, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { FlowSummary } from '../../../client/index.ts';
import { DownloadButton } from '../../parts/download-button.tsx';
import { useNumbers } from '../../parts/numbers.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useMe } from '../../session/me.ts';
import { statuses } from '../../strings/en/statuses.ts';
import { upload } from '../../strings/en/upload.ts';
import { flowsQuery, variablesQuery } from './data.ts';
import type { UploadForm } from './form.ts';

const { flow: t } = upload;

interface Props {
  form: UploadForm;
  set(change: Partial<UploadForm>): void;
}

export function FlowChoice({ form, set }: Props) {
  const list = useQuery(flowsQuery(useMe().account?.id));
  if (list.error) return <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <Skeleton height={60} />;
  const ofType = list.data.flows.filter(({ type }) => form.flowType === '' || type === form.flowType);
  const runnable = ofType.filter(({ notRunnable }) => notRunnable === null);
  const chosen = list.data.flows.find(({ id, notRunnable }) => id === form.flowId && notRunnable === null);
  const others = ofType.filter(({ notRunnable }) => notRunnable !== null);
  return (
    <Stack gap="xs">
      <Group gap="xs" align="flex-end" grow>
        <NativeSelect
          label={t.type}
          value={form.flowType}
          onChange={(event) => {
            const flowType = event.currentTarget.value as UploadForm['flowType'];
            const stays = flowType === '' || chosen?.type === flowType;
            set({ flowType, ...(!stays && { flowId: undefined }) });
          }}
          data={[
            { value: '', label: t.any },
            { value: 'outbound', label: statuses.flowType.outbound },
            { value: 'dialer', label: statuses.flowType.dialer },
          ]}
        />
        <NativeSelect
          label={t.flow}
          value={chosen ? String(chosen.id) : ''}
          onChange={(event) => set({ flowId: Number(event.currentTarget.value) || undefined })}
          data={[
            { value: '', label: t.choose },
            ...runnable.map(({ id, name }) => ({ value: String(id), label: `${name} (${id})` })),
          ]}
        />
      </Group>
      {chosen && <Columns flow={chosen} />}
      {runnable.length === 0 && (
        <Group gap="xs">
          <Text size="sm">{t.none}</Text>
          <Button component={Link} to="/flows" variant="default">
            {t.make}
          </Button>
        </Group>
      )}
      {list.data.hasMore && <Text size="xs">{t.more}</Text>}
      <NotRunnable flows={others} />
    </Stack>
  );
}

/** Which columns a list for it has. */
function Columns({ flow }: { flow: FlowSummary }) {
  const variables = useQuery(variablesQuery(useMe().account?.id, flow)).data;
  return (
    <Group gap="xs">
      <DownloadButton path={`/flows/${flow.id}/template.csv`} fileName={`flow-${flow.id}-template.csv`}>
        {t.template}
      </DownloadButton>
      <Text size="xs" c="dimmed">
        {variables &&
          (variables.length === 0
            ? t.noVariables
            : t.variables(variables.map(({ name }) => name).join(', ')))}
      </Text>
    </Group>
  );
}

function NotRunnable({ flows }: { flows: readonly FlowSummary[] }) {
  const numbers = useNumbers();
  if (flows.length === 0) return null;
  return (
    <details className="upload-why">
      <summary>{t.notRunnable(numbers.count(flows.length))}</summary>
      <ul>
        {flows.map(({ id, notRunnable }) => (
          <li key={id}>{notRunnable}</li>
        ))}
      </ul>
    </details>
  );
}
