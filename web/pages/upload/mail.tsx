/** Who gets the status mail of the requests. */
import { MultiSelect, Stack, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useMe } from '../../session/me.ts';
import { upload } from '../../strings/en/upload.ts';
import { addressesQuery } from './data.ts';
import type { FormErrors, UploadForm } from './form.ts';

const { mail: t } = upload;
/** As the API has it. */
const MAX_ADDRESSES = 20;

interface Props {
  form: UploadForm;
  set(change: Partial<UploadForm>): void;
  errors: FormErrors;
}

export function StatusMail({ form, set, errors }: Props) {
  const addresses = useQuery(addressesQuery(useMe().account?.id));
  const known = addresses.data ?? [];
  const switchTo = (mails: boolean): void => {
    const [holder] = known;
    const isFirst = mails && form.mailTo.length === 0 && holder !== undefined;
    set({ mails, ...(isFirst && { mailTo: [holder] }) });
  };
  return (
    <Stack gap="xs">
      <Switch
        size="xs"
        label={t.on}
        checked={form.mails}
        onChange={(event) => switchTo(event.currentTarget.checked)}
      />
      {form.mails && (
        <MultiSelect
          size="xs"
          label={t.to}
          description={t.help}
          placeholder={form.mailTo.length === 0 ? t.none : ''}
          searchable
          maxValues={MAX_ADDRESSES}
          value={form.mailTo}
          onChange={(mailTo) => set({ mailTo })}
          data={known}
          error={errors.statusEmails}
        />
      )}
      <ProblemAlert error={addresses.error} onRetry={() => void addresses.refetch()} />
    </Stack>
  );
}
