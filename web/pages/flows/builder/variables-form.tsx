/** What a row of the list may bring: names, which of them it must, and what stands in for others. */
import { ActionIcon, Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { PlusIcon, XIcon } from '@primer/octicons-react';
import { builder } from '../../../strings/en/flow-builder.ts';
import { useBuilder } from './context.ts';
import { withoutPlace } from './widget-form.tsx';

const { variables: t } = builder;

interface Variable {
  name?: string;
  required?: boolean;
  default?: string;
}

export function VariablesForm() {
  const { draft, edit, problems, variables: names, isReadOnly } = useBuilder();
  const variables = Array.isArray(draft.variables) ? (draft.variables as Variable[]) : [];
  const put = (next: Variable[], of?: string): void => edit({ ...draft, variables: next }, of);
  const set = (index: number, change: Variable, of: string): void =>
    put(
      variables.map((old, at) => (at === index ? { ...old, ...change } : old)),
      `variables.${index}.${of}`,
    );
  const errorAt = (path: string): string | undefined => {
    const found = problems.find((one) => one.widget === undefined && one.field === `variables.${path}`);
    return found && withoutPlace(found.message);
  };
  const declared = new Set(variables.map(({ name }) => name));
  const others = names.filter((name) => !declared.has(name) && name !== 'number');
  return (
    <Stack className="builder-wide" gap="sm">
      <div className="builder-help">
        {t.help} {t.requiredHelp}
      </div>
      {variables.length === 0 && <div className="builder-help">{t.none}</div>}
      {variables.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: names change while they are typed.
        <Group key={index} gap="xs" align="flex-start">
          <TextInput
            aria-label={t.nameOf(index + 1)}
            placeholder={t.name}
            value={one.name ?? ''}
            error={errorAt(`${index}.name`)}
            disabled={isReadOnly}
            onChange={(event) => set(index, { name: event.currentTarget.value }, 'name')}
          />
          <TextInput
            aria-label={t.defaultOf(index + 1)}
            placeholder={t.default}
            value={one.default ?? ''}
            error={errorAt(`${index}.default`)}
            disabled={isReadOnly || one.required === true}
            onChange={(event) => {
              const { default: _, ...rest } = one;
              const text = event.currentTarget.value;
              put(
                variables.map((old, at) =>
                  at === index ? { ...rest, ...(text !== '' && { default: text }) } : old,
                ),
                `variables.${index}.default`,
              );
            }}
          />
          <Checkbox
            mt={6}
            label={t.required}
            aria-label={t.requiredOf(index + 1)}
            checked={one.required === true}
            disabled={isReadOnly}
            onChange={(event) => {
              const { default: _, ...rest } = one;
              const next = event.currentTarget.checked
                ? { ...rest, required: true }
                : { ...one, required: false };
              put(variables.map((old, at) => (at === index ? next : old)));
            }}
          />
          {!isReadOnly && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t.remove(one.name ?? '')}
              onClick={() => put(variables.filter((_, at) => at !== index))}
            >
              <XIcon size={14} />
            </ActionIcon>
          )}
        </Group>
      ))}
      {!isReadOnly && (
        <div>
          <Button
            variant="default"
            leftSection={<PlusIcon size={14} />}
            onClick={() => put([...variables, { name: '' }])}
          >
            {t.add}
          </Button>
        </div>
      )}
      {others.length > 0 && (
        <div className="builder-help">
          {t.others}: {others.join(', ')}
        </div>
      )}
    </Stack>
  );
}
