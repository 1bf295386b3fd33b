/** One call of the chosen flow to a verified number, before anybody else is called. */
import { Alert, Anchor, Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { FlowSummary } from '../../../client/index.ts';
import { answerOf, api } from '../../api/client.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useMe } from '../../session/me.ts';
import { common } from '../../strings/en/common.ts';
import { upload } from '../../strings/en/upload.ts';
import { testNumbersQuery, variablesQuery } from './data.ts';

const { test: t } = upload;

export function TestCall({ flow, onClose }: { flow: FlowSummary; onClose(): void }) {
  const { account } = useMe();
  const numbers = useQuery(testNumbersQuery(account?.id));
  const variables = useQuery(variablesQuery(account?.id, flow)).data ?? [];
  const [chosen, setChosen] = useState('');
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const number = chosen || (numbers.data?.[0] ?? '');
  const call = useMutation({
    mutationFn: () => {
      const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''));
      return answerOf(
        api.POST('/flows/{id}/test-call', {
          params: { path: { id: flow.id } },
          body: { number, variables: given },
        }),
      );
    },
  });
  return (
    <Modal opened onClose={onClose} title={t.title}>
      <Stack gap="sm">
        <Text size="sm">{t.text}</Text>
        {numbers.data?.length === 0 ? (
          <Text size="sm">{t.none}</Text>
        ) : (
          <NativeSelect
            label={t.number}
            value={number}
            onChange={(event) => setChosen(event.currentTarget.value)}
            data={numbers.data ?? []}
          />
        )}
        {variables.map(({ name, required }) => (
          <TextInput
            key={name}
            label={name}
            required={required ?? false}
            value={values[name] ?? ''}
            onChange={(event) => setValues({ ...values, [name]: event.currentTarget.value })}
          />
        ))}
        <ProblemAlert error={call.error ?? numbers.error} />
        {call.data && (
          <Alert color="indigo" variant="light" role="status">
            {t.made}{' '}
            <Anchor
              component={Link}
              to="/requests/$id"
              params={{ id: String(call.data.requestId) } as never}
              target="_blank"
              inherit
              underline="always"
            >
              {t.follow}
            </Anchor>
            {call.data.notices.map((notice) => (
              <Text key={notice} size="xs">
                {notice}
              </Text>
            ))}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {common.close}
          </Button>
          <Button disabled={number === ''} loading={call.isPending} onClick={() => call.mutate()}>
            {t.call}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
