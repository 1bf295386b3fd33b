/** The versions of the request's policy: who changed what, when, newest first. */
import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { RequestDetail } from '../../../client/index.ts';
import { exactly, Moment } from '../../parts/moment.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Chip } from '../../parts/status-chip.tsx';
import { useMe } from '../../session/me.ts';
import { request as t } from '../../strings/en/request.ts';
import { policiesQuery } from './data.ts';
import { usePeopleNames } from './people.ts';
import { actorInWords, valueInWords } from './words.ts';

export function VersionsView({ request }: { request: RequestDetail }) {
  const { account } = useMe();
  const names = usePeopleNames();
  const timeZone = account?.timeZone ?? 'UTC';
  const list = useInfiniteQuery(policiesQuery(account?.id, request.id));
  const versions = list.data?.pages.flatMap(({ items }) => items);
  const show = (at: string): string => exactly(new Date(at), timeZone);
  return (
    <>
      <p className="request-note request-dim">{t.versions.note}</p>
      <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      {!versions && !list.error && <Skeleton height={120} />}
      <ol className="request-list" aria-label={t.versions.table} reversed>
        {versions?.map(({ version, createdAt, createdBy, changes }) => (
          <li key={version} className="panel">
            <h2>
              {t.versions.version(version)}{' '}
              {version === request.policyVersion && <Chip tone="active">{t.versions.now}</Chip>}
            </h2>
            <p className="request-note request-dim">
              <Moment at={createdAt} /> {t.versions.by} {actorInWords(createdBy, names)}
            </p>
            {changes.length === 0 ? (
              <p className="request-note">{t.versions.first}</p>
            ) : (
              <dl className="facts">
                {changes.map(({ field, from, to }) => (
                  <div key={field} className="request-change">
                    <dt>{t.versions.fields[field] ?? field}</dt>
                    <dd>
                      <del>{valueInWords(field, from, show)}</del> {t.versions.fromTo}{' '}
                      <b>{valueInWords(field, to, show)}</b>
                    </dd>
                  </div>
                ))}
              </dl>
            )}
          </li>
        ))}
      </ol>
      {list.hasNextPage && (
        <Button
          variant="default"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
          style={{ alignSelf: 'flex-start' }}
        >
          {t.versions.more}
        </Button>
      )}
    </>
  );
}
