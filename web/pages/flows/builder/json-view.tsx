/** The definition as JSON: to be read, changed, kept as a file, or brought from one. */
import { Alert, Button, FileButton, Group, Stack, Textarea } from '@mantine/core';
import { DownloadIcon, UploadIcon } from '@primer/octicons-react';
import { useEffect, useState } from 'react';
import { builder } from '../../../strings/en/flow-builder.ts';
import { useBuilder } from './context.ts';
import { type Draft, readDraft } from './draft.ts';

const { json: t } = builder;
/** As much as the API takes. */
const MAX_FILE_BYTES = 4 * 1024 * 1024;

const textOf = (value: unknown): string => JSON.stringify(value, null, 2);

/** Gives a definition to the browser as a file. */
export function download(name: string, value: unknown): void {
  const address = URL.createObjectURL(new Blob([`${textOf(value)}\n`], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${name.replace(/[^\w.-]+/g, '-')}.json`;
  link.click();
  URL.revokeObjectURL(address);
}

export function JsonView() {
  const { draft, edit, flow, isReadOnly } = useBuilder();
  return (
    <div className="builder-wide">
      <JsonText value={draft} onApply={(next) => edit(next)} isReadOnly={isReadOnly} fileName={flow.name} />
    </div>
  );
}

interface Props {
  value: unknown;
  isReadOnly: boolean;
  fileName?: string;
  onApply(draft: Draft): void;
}

export function JsonText({ value, isReadOnly, fileName, onApply }: Props) {
  const [text, setText] = useState(() => textOf(value));
  const [wrong, setWrong] = useState<string>();
  // Undone, or taken over from elsewhere.
  useEffect(() => setText(textOf(value)), [value]);
  const isChanged = text !== textOf(value);
  const apply = (given: string): void => {
    try {
      const draft = readDraft(JSON.parse(given));
      setWrong(draft ? undefined : t.notFlow);
      if (draft) onApply(draft);
    } catch (error) {
      setWrong(t.notJson(error instanceof Error ? error.message : String(error)));
    }
  };
  const upload = async (file: File | null): Promise<void> => {
    if (!file) return;
    const given = await file.slice(0, MAX_FILE_BYTES).text();
    setText(given);
    apply(given);
  };
  return (
    <Stack gap="xs">
      <Group gap="xs">
        {!isReadOnly && (
          <Button onClick={() => apply(text)} disabled={!isChanged}>
            {t.apply}
          </Button>
        )}
        <Button
          variant="default"
          leftSection={<DownloadIcon size={14} />}
          onClick={() => download(fileName ?? 'flow', value)}
        >
          {t.download}
        </Button>
        {!isReadOnly && (
          <FileButton onChange={(file) => void upload(file)} accept="application/json,.json">
            {(button) => (
              <Button variant="default" leftSection={<UploadIcon size={14} />} {...button}>
                {t.upload}
              </Button>
            )}
          </FileButton>
        )}
      </Group>
      {wrong && (
        <Alert color="red" variant="light" role="alert" p="xs">
          {wrong}
        </Alert>
      )}
      <Textarea
        className="builder-json"
        label={t.label}
        description={isChanged ? t.changed : t.help}
        autosize
        minRows={16}
        readOnly={isReadOnly}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </Stack>
  );
}
