/** When the lists are called: from, until, by which clock, and whether first calls are laid over hours. */
import {
  Autocomplete,
  Group,
  NumberInput,
  SegmentedControl,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { exactly } from '../../parts/moment.tsx';
import { useMe } from '../../session/me.ts';
import { upload } from '../../strings/en/upload.ts';
import type { FormAnswer, FormErrors, UploadForm } from './form.ts';
import { ZONES } from './zoned.ts';

const { when: t } = upload;

interface Props {
  form: UploadForm;
  set(change: Partial<UploadForm>): void;
  answer: FormAnswer;
  errors: FormErrors;
}

/** By the clock that was typed by, and by the account's where that is another. */
function Spelled({ at, zone }: { at: Date | undefined; zone: string }) {
  const accountZone = useMe().account?.timeZone ?? 'UTC';
  if (!at) return null;
  return (
    <Text size="xs" c="dimmed">
      {t.here(exactly(at, zone))}
      {zone !== accountZone && `, ${exactly(at, accountZone)}`}
    </Text>
  );
}

export function When({ form, set, answer, errors }: Props) {
  const accountZone = useMe().account?.timeZone ?? 'UTC';
  return (
    <Stack gap="xs">
      <SegmentedControl
        size="xs"
        aria-label={t.start}
        value={form.start}
        onChange={(start) => set({ start: start as UploadForm['start'] })}
        data={[
          { value: 'now', label: t.now },
          { value: 'later', label: t.later },
        ]}
      />
      {form.start === 'later' && (
        <div>
          <TextInput
            type="datetime-local"
            label={t.startAt}
            value={form.startAt}
            onChange={(event) => set({ startAt: event.currentTarget.value })}
            error={errors.startAt}
          />
          <Spelled at={answer.startAt} zone={form.zone} />
        </div>
      )}
      <div>
        <TextInput
          type="datetime-local"
          label={t.endAt}
          description={t.endHelp}
          value={form.endAt}
          onChange={(event) => set({ endAt: event.currentTarget.value })}
          error={errors.endAt}
        />
        <Spelled at={answer.endAt} zone={form.zone} />
      </div>
      <Select
        label={t.zone}
        searchable
        allowDeselect={false}
        limit={50}
        value={form.zone}
        onChange={(zone) => zone && set({ zone })}
        data={[
          { value: accountZone, label: t.accountZone(accountZone) },
          ...ZONES.filter((zone) => zone !== accountZone).map((zone) => ({ value: zone, label: zone })),
        ]}
      />
      <Group gap="xs" align="flex-end">
        <SegmentedControl
          size="xs"
          aria-label={t.spread}
          value={form.spread}
          onChange={(spread) => set({ spread: spread as UploadForm['spread'] })}
          data={[
            { value: 'no', label: t.spreadNo },
            { value: 'hours', label: t.spreadHours },
          ]}
        />
        {form.spread === 'hours' && (
          <NumberInput
            label={t.hours}
            value={form.spreadHours}
            onChange={(spreadHours) => set({ spreadHours })}
            min={0.1}
            max={744}
            error={errors.spreadOver}
            w={170}
          />
        )}
      </Group>
    </Stack>
  );
}

/** The phone column, where its name does not say so. */
export function PhoneColumn({
  form,
  set,
  known,
}: Pick<Props, 'form' | 'set'> & { known: readonly string[] }) {
  const { files } = upload;
  return (
    <Autocomplete
      size="xs"
      label={files.phoneColumn}
      description={files.phoneColumnHelp}
      value={form.phoneColumn}
      onChange={(phoneColumn) => set({ phoneColumn })}
      data={[...known]}
      maxLength={200}
    />
  );
}
