/** Where lists are dropped, or chosen by a picker. What they hold the server judges: names of files prove nothing. */
import { Group, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { UploadIcon } from '@primer/octicons-react';
import '@mantine/dropzone/styles.layer.css';
import { upload } from '../../strings/en/upload.ts';
import type { Lists } from './files.ts';

const { files: t } = upload;

export function DropPlace({ lists }: { lists: Lists }) {
  return (
    <>
      <Dropzone
        onDrop={lists.add}
        multiple
        p="sm"
        aria-label={t.choose}
        inputProps={{ 'aria-label': t.choose }}
        activateOnKeyboard
      >
        <Group gap="sm" justify="center" wrap="nowrap" className="upload-drop">
          <UploadIcon size={20} />
          <div>
            <Text size="sm" fw={600}>
              {t.drop}
            </Text>
            <Text size="xs" c="dimmed">
              {t.hint}
            </Text>
          </div>
        </Group>
      </Dropzone>
      {lists.leftOut && (
        <Text size="sm" role="alert">
          {t[lists.leftOut]}
        </Text>
      )}
    </>
  );
}
