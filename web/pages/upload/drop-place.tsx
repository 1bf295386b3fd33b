/** Where lists are dropped, or chosen by a picker. What they hold the server judges: names of files prove nothing. */
import { Button, Group, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { UploadIcon } from '@primer/octicons-react';
import '@mantine/dropzone/styles.layer.css';
import { useRef } from 'react';
import { upload } from '../../strings/en/upload.ts';
import type { Lists } from './files.ts';

const { files: t } = upload;

export function DropPlace({ lists }: { lists: Lists }) {
  const open = useRef<() => void>(null);
  return (
    <>
      <Dropzone
        onDrop={lists.add}
        openRef={open}
        multiple
        p="sm"
        role="group"
        aria-label={t.drop}
        // A button inside is what is pressed: an area that is itself one may hold no field, and this one does.
        activateOnClick={false}
        activateOnKeyboard={false}
        enablePointerEvents
        inputProps={{ 'aria-hidden': true }}
      >
        <Group gap="sm" justify="center">
          <UploadIcon size={20} />
          <div className="upload-drop">
            <Text size="sm" fw={600}>
              {t.drop}
            </Text>
            <Text size="xs" c="dimmed">
              {t.hint}
            </Text>
          </div>
          <Button variant="default" onClick={() => open.current?.()}>
            {t.choose}
          </Button>
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
