/** What a widget says: texts and prompts, one after another. */
import { ActionIcon, Button, Fieldset, Group, Stack } from '@mantine/core';
import { PlusIcon, XIcon } from '@primer/octicons-react';
import { builder } from '../../../strings/en/flow-builder.ts';
import { useBuilder } from './context.ts';
import { NameInput } from './name-input.tsx';
import { TemplateInput } from './template-input.tsx';

const { form: t } = builder;

interface Props {
  label: string;
  help?: string | undefined;
  value: unknown;
  errorAt(path: string): string | undefined;
  onChange(parts: unknown[] | undefined, of?: string): void;
}

interface Part {
  text?: string;
  prompt?: string;
  language?: string;
}

const MOST_PARTS = 20;

export function SpeechField({ label, help, value, errorAt, onChange }: Props) {
  const { promptNames, isReadOnly } = useBuilder();
  const parts = Array.isArray(value) ? (value as Part[]) : [];
  const change = (next: Part[], of?: string): void => onChange(next.length === 0 ? undefined : next, of);
  const set = (index: number, part: Part): void =>
    change(
      parts.map((old, at) => (at === index ? part : old)),
      String(index),
    );
  return (
    <Fieldset legend={label} className="builder-group">
      <Stack gap={6}>
        {help && <div className="builder-help">{help}</div>}
        {errorAt('') && <div className="builder-error">{errorAt('')}</div>}
        {parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have nothing else to be known by.
          <Group key={index} gap={4} align="flex-start" wrap="nowrap">
            <div style={{ flex: 1, minWidth: 0 }}>
              {part && typeof part.prompt === 'string' ? (
                <NameInput
                  label={t.partPrompt(index + 1)}
                  hideLabel
                  names={promptNames ?? []}
                  value={part.prompt}
                  error={errorAt(`${index}.prompt`) ?? errorAt(String(index))}
                  onChange={(prompt) => set(index, { prompt })}
                />
              ) : (
                <TemplateInput
                  label={`${label}, ${t.part(index + 1)}`}
                  hideLabel
                  multiline
                  value={part?.text ?? ''}
                  placeholder={t.variableHint}
                  error={errorAt(`${index}.text`) ?? errorAt(String(index))}
                  onChange={(text) => set(index, { ...part, text })}
                />
              )}
            </div>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`${label}: ${t.removePart(index + 1)}`}
              disabled={isReadOnly}
              onClick={() => change(parts.filter((_, at) => at !== index))}
            >
              <XIcon size={14} />
            </ActionIcon>
          </Group>
        ))}
        {!isReadOnly && parts.length < MOST_PARTS && (
          <Group gap={4}>
            <Button
              variant="subtle"
              size="compact-xs"
              leftSection={<PlusIcon size={12} />}
              aria-label={`${label}: ${t.addText}`}
              onClick={() => change([...parts, { text: '' }])}
            >
              {t.addText}
            </Button>
            <Button
              variant="subtle"
              size="compact-xs"
              leftSection={<PlusIcon size={12} />}
              aria-label={`${label}: ${t.addPrompt}`}
              onClick={() => change([...parts, { prompt: promptNames?.[0] ?? '' }])}
            >
              {t.addPrompt}
            </Button>
          </Group>
        )}
      </Stack>
    </Fieldset>
  );
}
