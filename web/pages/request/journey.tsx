/** What one person went through: attempts, widget by widget, with recordings to listen to and receipts to keep. */
import { Anchor, Button, Drawer, Group, Skeleton, Stack } from '@mantine/core';
import { DownloadIcon } from '@primer/octicons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { CallDetail, Recording, RecordRow } from '../../../client/index.ts';
import { answerOf, api } from '../../api/client.ts';
import { DownloadButton, saveFile } from '../../parts/download-button.tsx';
import { exactly, Moment } from '../../parts/moment.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { RecordingPlayer } from '../../parts/recording-player.tsx';
import { StatusChip } from '../../parts/status-chip.tsx';
import { useMe } from '../../session/me.ts';
import { duration, request } from '../../strings/en/request.ts';
import { callQuery } from './data.ts';

const { journey: t } = request;

interface Props {
  /** An attempt of the person; undefined: closed. */
  uuid: string | undefined;
  onChoose(uuid: string): void;
  onClose(): void;
}

export function JourneyDrawer({ uuid, onChoose, onClose }: Props) {
  const { account } = useMe();
  const { data, error, refetch } = useQuery({
    ...callQuery(account?.id, uuid ?? ''),
    enabled: uuid !== undefined,
    // Another attempt of the same person: what is shown stays until the other has come.
    placeholderData: (before) => before,
  });
  return (
    <Drawer
      opened={uuid !== undefined}
      onClose={onClose}
      position="right"
      size="lg"
      title={data && t.title(data.number ?? data.email ?? '')}
      closeButtonProps={{ 'aria-label': t.close }}
    >
      <Stack gap="sm">
        <ProblemAlert error={error} onRetry={() => void refetch()} />
        {!data && !error && <Skeleton height={160} />}
        {data && <Attempts call={data} onChoose={onChoose} />}
        {data && <Attempt key={data.uuid} call={data} />}
      </Stack>
    </Drawer>
  );
}

function Attempts({ call, onChoose }: { call: CallDetail; onChoose(uuid: string): void }) {
  return (
    <Group gap="xs" role="group" aria-label={t.attempts}>
      {call.attempts.map(({ uuid, attemptNo, outcome }) => (
        <Button
          key={uuid}
          variant="default"
          aria-pressed={uuid === call.uuid}
          className="attempt-choice"
          onClick={() => onChoose(uuid)}
        >
          {t.attempt(attemptNo)}
          {outcome && (
            <>
              &nbsp;
              <StatusChip kind="outcome" value={outcome} />
            </>
          )}
        </Button>
      ))}
      {call.nextAttemptAt && (
        <span className="request-dim request-note">
          {t.next} <Moment at={call.nextAttemptAt} />
        </span>
      )}
    </Group>
  );
}

function Attempt({ call }: { call: CallDetail }) {
  const facts: [string, ReactNode][] = [
    [t.began, <Moment key="began" at={call.beganAt} otherwise={t.scheduled} />],
    ...(call.answeredAt
      ? [[t.answered, <Moment key="answered" at={call.answeredAt} />] as [string, ReactNode]]
      : []),
    [
      t.ended,
      <Moment
        key="ended"
        at={call.endedAt}
        otherwise={call.state === 'IN_PROGRESS' ? t.inProgress : t.scheduled}
      />,
    ],
    ...(
      [
        [t.cause, call.cause],
        [t.keys, call.keys],
        [t.sender, call.sender],
        [t.provider, call.provider],
        [t.policy, call.policyVersion],
        [t.uuid, call.uuid],
      ] as [string, ReactNode][]
    ).filter(([, value]) => value !== null && value !== ''),
  ];
  return (
    <>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name} className="request-change">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {call.state !== 'SCHEDULED' && <Receipt uuid={call.uuid} />}
      <Widgets call={call} />
      <Recordings call={call} />
    </>
  );
}

/** Seconds matter in a call: the time of day, and exactly when for whoever hovers. */
function Clock({ at }: { at: string }) {
  const timeZone = useMe().account?.timeZone ?? 'UTC';
  const moment = new Date(at);
  const words = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium' });
  return (
    <time dateTime={at} title={exactly(moment, timeZone)}>
      {words.format(moment)}
    </time>
  );
}

/** Sentences where the API has them, else the flow's own notes. */
function Widgets({ call }: { call: CallDetail }) {
  const { timeline } = call as CallDetail & {
    timeline?: readonly { at: string; attemptNo: number; text: string }[];
  };
  const lines = timeline
    ? timeline.filter(({ attemptNo }) => attemptNo === call.attemptNo)
    : call.journey.map(({ at, widget, event, data }) => ({
        at,
        text: [widget, event, ...Object.values(data ?? {})].join(' · '),
      }));
  return (
    <section className="request-part">
      <h3>{t.widgets}</h3>
      {lines.length === 0 ? (
        <p className="request-note request-dim">{t.noWidgets}</p>
      ) : (
        <ol className="request-timeline request-timeline-whole">
          {lines.map(({ at, text }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two things may happen alike at the same moment.
            <li key={`${at} ${index}`}>
              <Clock at={at} />
              <span>{text}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Recordings({ call }: { call: CallDetail }) {
  return (
    <section className="request-part">
      <h3>{t.recordings}</h3>
      {call.recordings.length === 0 && <p className="request-note request-dim">{t.noRecordings}</p>}
      <Stack gap="xs">
        {call.recordings.map((one) => (
          <OneRecording key={one.name} uuid={call.uuid} recording={one} />
        ))}
      </Stack>
    </section>
  );
}

function OneRecording({ uuid, recording }: { uuid: string; recording: Recording }) {
  const { name, widget, durationMs, status, cause } = recording;
  const path = `/attempts/${uuid}/recordings/${name}` as const;
  return (
    <div>
      <div className="request-note">
        {widget === null ? t.call : t.at(widget)}{' '}
        <span className="request-dim">{durationMs !== null && duration(durationMs)}</span>
      </div>
      {status === 'STORED' ? (
        <Group gap="xs">
          <RecordingPlayer path={path} name={name} />
          <DownloadButton path={path} fileName={name}>
            {t.download}
          </DownloadButton>
        </Group>
      ) : (
        <span className="request-dim request-note">
          {t.statuses[status] ?? status} {cause}
        </span>
      )}
    </div>
  );
}

function Receipt({ uuid }: { uuid: string }) {
  const save = useMutation({
    mutationFn: async () => {
      const receipt = await answerOf(api.GET('/attempts/{id}/receipt', { params: { path: { id: uuid } } }));
      saveFile(
        new Blob([JSON.stringify(receipt, null, 2)], { type: 'application/json' }),
        `receipt-${uuid}.json`,
      );
    },
  });
  return (
    <>
      <Anchor component="button" type="button" size="sm" ta="left" onClick={() => save.mutate()}>
        <DownloadIcon size={14} /> {t.receipt}
      </Anchor>
      <ProblemAlert error={save.error} />
    </>
  );
}

/** A row of which no attempt was ever made: what stood in it, and why nobody was called. */
export function RejectedRow({ row, onClose }: { row: RecordRow | undefined; onClose(): void }) {
  const isRejected = row !== undefined && row.result !== 'ACCEPTED';
  return (
    <Drawer
      opened={row !== undefined}
      onClose={onClose}
      position="right"
      title={row && (isRejected ? t.rejectedTitle : t.scheduled)}
      closeButtonProps={{ 'aria-label': t.close }}
    >
      {row && (
        <Stack gap="sm">
          <StatusChip kind="result" value={row.result} />
          {row.detail && <p className="request-note">{row.detail}</p>}
          {isRejected && <p className="request-note request-dim">{t.never}</p>}
          {row.dueAt && (
            <p className="request-note">
              {t.next} <Moment at={row.dueAt} />
            </p>
          )}
          <dl className="facts">
            {[[request.rows.number, row.given] as const, ...Object.entries(row.variables)].map(
              ([name, value]) => (
                <div key={name} className="request-change">
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ),
            )}
          </dl>
        </Stack>
      )}
    </Drawer>
  );
}
