/** Hours by weekday: windows, each with its days, from and to. */
import { ActionIcon, Button, Checkbox, Fieldset, Group, Stack, Text, TextInput } from '@mantine/core';
import { PlusIcon, XIcon } from '@primer/octicons-react';
import { WEEKDAYS } from '../../strings/en/request.ts';
import { requestActions } from '../../strings/en/request-actions.ts';
import type { PartProps } from './edit-dialog.tsx';
import type { Window } from './words.ts';

const { editForm: t } = requestActions;
const WEEK = [1, 2, 3, 4, 5, 6, 7];

export function EditWindows({ draft, set, errorAt }: PartProps) {
  const { windows } = draft;
  const put = (index: number, change: Partial<Window>): void =>
    set({ windows: windows.map((old, at) => (at === index ? { ...old, ...change } : old)) });
  const overall = errorAt('callingHours');
  return (
    <Fieldset legend={t.hours} p="xs">
      <Stack gap="xs">
        <Text size="xs" c="dimmed">
          {t.hoursHint}
        </Text>
        {windows.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: windows have nothing else to be known by.
          <Stack key={index} gap={4}>
            <Group gap="xs" align="flex-start" wrap="nowrap">
              <TextInput
                aria-label={t.from(index + 1)}
                value={one.from}
                placeholder="09:00"
                maxLength={5}
                w={90}
                error={errorAt(`callingHours.${index}.from`)}
                onChange={(event) => put(index, { from: event.currentTarget.value })}
              />
              <TextInput
                aria-label={t.to(index + 1)}
                value={one.to}
                placeholder="21:00"
                maxLength={5}
                style={{ flex: '0 1 14rem' }}
                error={errorAt(`callingHours.${index}.to`)}
                onChange={(event) => put(index, { to: event.currentTarget.value })}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                mt={2}
                aria-label={t.remove(index + 1)}
                onClick={() => set({ windows: windows.filter((_, at) => at !== index) })}
              >
                <XIcon size={14} />
              </ActionIcon>
            </Group>
            <Checkbox.Group
              aria-label={t.days(index + 1)}
              error={errorAt(`callingHours.${index}.days`)}
              value={(one.days ?? WEEK).map(String)}
              onChange={(days) => put(index, { days: days.map(Number).sort((a, b) => a - b) })}
            >
              <Group gap="xs">
                {WEEK.map((day) => (
                  <Checkbox key={day} value={String(day)} label={WEEKDAYS[day - 1]} />
                ))}
              </Group>
            </Checkbox.Group>
          </Stack>
        ))}
        {overall && (
          <Text size="xs" c="var(--mantine-color-error)">
            {overall}
          </Text>
        )}
        <div>
          <Button
            variant="default"
            leftSection={<PlusIcon size={14} />}
            onClick={() => set({ windows: [...windows, { days: WEEK, from: '09:00', to: '21:00' }] })}
          >
            {t.addWindow}
          </Button>
        </div>
      </Stack>
    </Fieldset>
  );
}
