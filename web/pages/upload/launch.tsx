/** The launch: says how many people are called before they are, and afterwards where to watch. */
import { Button, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { FlowSummary } from '../../../client/index.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { exactly } from '../../parts/moment.tsx';
import { useNumbers } from '../../parts/numbers.ts';
import { useMay } from '../../session/me.ts';
import { upload } from '../../strings/en/upload.ts';
import type { Lists } from './files.ts';
import type { FormAnswer, UploadForm } from './form.ts';

const { launch: t } = upload;

interface Props {
  form: UploadForm;
  answer: FormAnswer;
  flow: FlowSummary | undefined;
  lists: Lists;
}

/** What is still to be done before it. */
function missing({ answer, flow, lists }: Props): string | undefined {
  const { errors } = answer;
  if (!flow) return t.missing.flow;
  if (errors.startAt || errors.endAt || errors.spreadOver) return t.missing.times;
  if (errors.statusEmails) return t.missing.mail;
  if (lists.files.some(({ state }) => state === 'waiting' || state === 'checking')) return t.missing.checking;
  return lists.files.some(isLaunchable) ? undefined : t.missing.files;
}

const isLaunchable = ({ state, forecast }: Lists['files'][number]): boolean =>
  (state === 'ready' || state === 'unsent') && (forecast?.people ?? 0) > 0;

export function Launch(props: Props) {
  const { form, answer, lists } = props;
  const [isAsking, setAsking] = useState(false);
  const numbers = useNumbers();
  const queries = useQueryClient();
  const may = useMay();
  const ready = lists.files.filter(isLaunchable);
  const isSending = lists.files.some(({ state }) => state === 'sending');
  const leftOut = lists.files.filter((one) => !isLaunchable(one) && one.state !== 'sent').length;
  const sent = lists.files.filter(({ state }) => state === 'sent');
  const why = missing(props);
  const launch = async (): Promise<void> => {
    setAsking(false);
    const mails = form.mails ? form.mailTo.map((email) => ['statusEmails', email] as const) : [];
    await lists.launch(
      ready.map(({ id }) => id),
      [...answer.fields, ...mails],
    );
    await queries.invalidateQueries({ queryKey: ['requests'] });
  };
  const isDone = sent.length > 0 && ready.length === 0 && !isSending;
  if (!may('requests:write')) return null;
  if (isDone) {
    return (
      <>
        <Text size="sm" role="status" className="upload-why-not">
          {t.done(numbers.count(sent.length))}
        </Text>
        <Button variant="default" onClick={lists.clear}>
          {t.more}
        </Button>
        <Button component={Link} to="/requests">
          {t.dashboard}
        </Button>
      </>
    );
  }
  return (
    <>
      {why && (
        <Text size="xs" c="dimmed" id="launch-why" className="upload-why-not">
          {why}
        </Text>
      )}
      <Button
        disabled={why !== undefined}
        loading={isSending}
        aria-describedby="launch-why"
        onClick={() => setAsking(true)}
      >
        {t.button}
      </Button>
      <ConfirmDialog
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t.title(numbers.count(ready.length))}
        text={answer.startAt ? t.later(exactly(answer.startAt, form.zone)) : t.now}
        people={ready.reduce((sum, { forecast }) => sum + (forecast?.people ?? 0), 0)}
        confirm={t.confirm}
        isPending={false}
        error={null}
        onConfirm={() => void launch()}
      >
        {leftOut > 0 && <Text size="sm">{t.leftOut(numbers.count(leftOut))}</Text>}
      </ConfirmDialog>
    </>
  );
}
