/** One list: how it stands, how much of it has gone, what became of it, and its first rows. */
import { ActionIcon, Anchor, Button, Group, Text } from '@mantine/core';
import { FileIcon, XIcon } from '@primer/octicons-react';
import { Link } from '@tanstack/react-router';
import { ClarionError } from '../../../client/index.ts';
import { useNumbers } from '../../parts/numbers.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { ProgressBar } from '../../parts/progress-bar.tsx';
import { Chip, StatusChip, type Tone } from '../../parts/status-chip.tsx';
import { common } from '../../strings/en/common.ts';
import { upload } from '../../strings/en/upload.ts';
import { type FileState, isOver, type ListFile, type Lists } from './files.ts';
import { Preview } from './preview.tsx';

const { files: t } = upload;

const TONES: Record<FileState, Tone> = {
  waiting: 'waiting',
  checking: 'active',
  ready: 'good',
  refused: 'bad',
  failed: 'bad',
  cancelled: 'idle',
  sending: 'active',
  unsent: 'bad',
  sent: 'good',
};

export function FileCard({ one, lists }: { one: ListFile; lists: Lists }) {
  const { state, file } = one;
  const moves = state === 'checking' || state === 'sending';
  return (
    <li className="upload-file">
      <Group gap="xs" wrap="nowrap">
        <FileIcon size={16} />
        <span className="upload-name" title={file.name}>
          {file.name}
        </span>
        <Text size="xs" c="dimmed" className="upload-size">
          {t.size(file.size)}
        </Text>
        <Chip tone={TONES[state]}>{t.states[state]}</Chip>
        {moves && (
          <Button
            variant="subtle"
            size="compact-xs"
            onClick={() => lists.cancel(one.id)}
            aria-label={t.cancel(file.name)}
          >
            {common.cancel}
          </Button>
        )}
        {!isOver(one) && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t.remove(file.name)}
            onClick={() => lists.remove(one.id)}
          >
            <XIcon size={14} />
          </ActionIcon>
        )}
      </Group>
      <div role="status">
        <Standing one={one} />
      </div>
      <Trouble one={one} lists={lists} />
      {one.forecast?.list && state !== 'sent' && <Preview name={file.name} forecast={one.forecast} />}
    </li>
  );
}

function Standing({ one }: { one: ListFile }) {
  const numbers = useNumbers();
  const { state, progress, forecast, request } = one;
  if (state === 'checking' || state === 'sending') {
    if (progress >= 1) return <Text size="xs">{t.reading}</Text>;
    return (
      <ProgressBar
        percent={progress * 100}
        text={t.uploading(numbers.percent(Math.floor(progress * 100)))}
        label={t.progress(one.file.name)}
      />
    );
  }
  if (request) {
    return (
      <Group gap="xs">
        <Anchor component={Link} to="/requests/$id" params={{ id: String(request.id) } as never} size="sm">
          {t.request(request.id)}
        </Anchor>
        {request.status === 'REJECTED' && <StatusChip kind="request" value={request.status} />}
      </Group>
    );
  }
  if (state !== 'ready' || !forecast) return null;
  return (
    <Text size="sm">
      {forecast.people === 0
        ? t.nobody
        : t.counts(numbers.count(forecast.people), numbers.count(forecast.loaded))}
    </Text>
  );
}

/** `NO_PHONE_COLUMN: no column is called ...`, as the API says it of a list that is turned away whole. */
function refusalOf(error: unknown): { sentence: string; next: string | undefined } {
  const message =
    error instanceof ClarionError
      ? error.problem?.errors?.find(({ field }) => field === 'files')?.message
      : undefined;
  const [, code = '', sentence = message ?? ''] = /^([A-Z_]+): (.*)$/s.exec(message ?? '') ?? [];
  return { sentence: sentence.charAt(0).toUpperCase() + sentence.slice(1), next: t.next[code] };
}

function Trouble({ one, lists }: { one: ListFile; lists: Lists }) {
  const { state, error, id } = one;
  if (state === 'refused') {
    const { sentence, next } = refusalOf(error);
    return (
      <div role="alert" className="upload-refusal">
        <Text size="sm">{sentence}</Text>
        {next && <Text size="sm">{next}</Text>}
      </div>
    );
  }
  if (state !== 'failed' && state !== 'cancelled' && state !== 'unsent') return null;
  return (
    <>
      <ProblemAlert error={error} />
      <Group gap="xs">
        {state === 'unsent' && <Text size="sm">{t.unsentText}</Text>}
        {state !== 'unsent' && (
          <Button variant="default" size="compact-xs" onClick={() => lists.checkAgain(id)}>
            {t.checkAgain}
          </Button>
        )}
      </Group>
    </>
  );
}
