/** Adds one person to an open request, and says at once what became of them. The form stays for the next one. */
import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef } from 'react';
import type { RequestDetail } from '../../../client/index.ts';
import { answerOf, api } from '../../api/client.ts';
import { fieldErrors, ProblemAlert } from '../../parts/problem-alert.tsx';
import { useMe } from '../../session/me.ts';
import { common } from '../../strings/en/common.ts';
import { requestActions } from '../../strings/en/request-actions.ts';
import { statuses, wordFor } from '../../strings/en/statuses.ts';
import { variablesQuery } from './data.ts';

const { addForm: t } = requestActions;

export function AddDialog({ request, onClose }: { request: RequestDetail; onClose(): void }) {
  const { account } = useMe();
  const queries = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const flow = { id: request.flowId, version: request.flowVersion };
  const { data: variables = [] } = useQuery(variablesQuery(account?.id, flow));
  const add = useMutation({
    mutationFn: (record: { number: string; variables: Record<string, string> }) =>
      answerOf(
        api.POST('/requests/{id}/records', {
          params: { path: { id: request.id } },
          body: { records: [record] },
        }),
      ),
    onSuccess: ({ records: [record] }) => {
      void queries.invalidateQueries({ queryKey: ['request-records', account?.id, request.id] });
      if (record?.result === 'ACCEPTED') form.current?.reset();
      form.current?.querySelector('input')?.focus();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const given = variables.flatMap((name): [string, string][] => {
      const value = String(fields.get(`variable ${name}`) ?? '');
      return value === '' ? [] : [[name, value]];
    });
    add.mutate({
      number: String(fields.get('number') ?? '').trim(),
      variables: Object.fromEntries(given),
    });
  };
  const record = add.data?.records[0];
  const errors = fieldErrors(add.error);
  return (
    <Modal opened onClose={onClose} title={t.title}>
      <form ref={form} onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            name="number"
            type="tel"
            label={t.number}
            required
            withAsterisk={false}
            maxLength={200}
            error={errors['records.0.number']}
            data-autofocus
          />
          {variables.length > 0 && (
            <Text size="sm" fw={600}>
              {t.variables}
            </Text>
          )}
          {variables.map((name) => (
            <TextInput
              key={name}
              name={`variable ${name}`}
              label={name}
              maxLength={10_000}
              error={errors[`records.0.variables.${name}`]}
            />
          ))}
          <ProblemAlert error={add.error} />
          {record && (
            <Alert
              color={record.result === 'ACCEPTED' ? 'green' : 'red'}
              variant="light"
              role="status"
              classNames={{ title: 'problem-title' }}
              title={
                record.result === 'ACCEPTED'
                  ? t.added(record.number ?? '')
                  : t.rejected(wordFor(statuses.result, record.result))
              }
            >
              {record.detail}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {common.close}
            </Button>
            <Button type="submit" loading={add.isPending}>
              {t.add}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
