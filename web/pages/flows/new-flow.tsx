/** A new flow: from a template, or like another one. */
import { Button, Group, Modal, NativeSelect, Radio, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { FlowSummary } from '../../../client/index.ts';
import { answerOf, api } from '../../api/client.ts';
import { fieldErrors, ProblemAlert } from '../../parts/problem-alert.tsx';
import { common } from '../../strings/en/common.ts';
import { flowTemplates, flows as t } from '../../strings/en/flows.ts';
import { statuses } from '../../strings/en/statuses.ts';
import { FLOW_TYPES } from './search.ts';

interface Props {
  like?: FlowSummary | undefined;
  onClose(): void;
}

/** The draft a new flow begins with. @throws ClarionError when the other flow cannot be read */
async function beginning(like: FlowSummary | undefined, template: string): Promise<Record<string, unknown>> {
  if (like) {
    const other = await answerOf(api.GET('/flows/{id}', { params: { path: { id: like.id } } }));
    return other.definition;
  }
  const found = flowTemplates.find(({ id }) => id === template);
  return found ? { ...found.definition } : {};
}

export function NewFlow({ like, onClose }: Props) {
  const [name, setName] = useState(like ? t.copyOf(like.name).slice(0, 200) : '');
  const [type, setType] = useState<(typeof FLOW_TYPES)[number]>(like?.type ?? 'outbound');
  const [template, setTemplate] = useState<string>(flowTemplates[0].id);
  const [isNameless, setNameless] = useState(false);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const create = useMutation({
    mutationFn: async () => {
      const definition = await beginning(like, template);
      const body = { name: name.trim(), type, definition, transactional: like?.transactional ?? false };
      return answerOf(api.POST('/flows', { body }));
    },
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: ['flows'] });
      void navigate({ to: '/flows/$id', params: { id: String(id) } });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setNameless(name.trim() === '');
    if (name.trim() !== '') create.mutate();
  };
  const nameError = isNameless ? t.form.noName : fieldErrors(create.error).name;
  return (
    <Modal opened onClose={onClose} title={like ? t.form.duplicateTitle(like.name) : t.form.newTitle}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <TextInput
            label={t.form.name}
            description={t.form.nameHelp}
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.currentTarget.value)}
            error={nameError}
            data-autofocus
          />
          {!like && (
            <>
              <NativeSelect
                label={t.form.type}
                description={t.typeHelp[type]}
                value={type}
                onChange={(event) => setType(event.currentTarget.value as typeof type)}
                data={FLOW_TYPES.map((value) => ({ value, label: statuses.flowType[value] }))}
              />
              <Radio.Group label={t.form.begin} value={template} onChange={setTemplate}>
                <Stack gap={6} mt={4}>
                  {flowTemplates.map((one) => (
                    <Radio key={one.id} size="xs" value={one.id} label={one.name} description={one.help} />
                  ))}
                </Stack>
              </Radio.Group>
            </>
          )}
          {!nameError && <ProblemAlert error={create.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {common.cancel}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t.form.create}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
