/** Where the request comes from, what it runs, and which requests were made of it. */
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { RequestDetail } from '../../../client/index.ts';
import { Moment } from '../../parts/moment.tsx';
import { StatusChip } from '../../parts/status-chip.tsx';
import { request as t } from '../../strings/en/request.ts';
import { statuses, wordFor } from '../../strings/en/statuses.ts';
import { usePeopleNames } from './people.ts';
import { actorInWords } from './words.ts';

export function About({ request }: { request: RequestDetail }) {
  const names = usePeopleNames();
  const { links, statusEmails } = request;
  return (
    <section className="panel">
      <h2>{t.about.title}</h2>
      <dl className="facts">
        <dt>{t.about.flow}</dt>
        <dd>
          <Link to="/flows/$id" params={{ id: String(request.flowId) }} className="request-link">
            {request.flowName}
          </Link>
          , {t.about.version(request.flowVersion)}
        </dd>
        <dt>{t.about.type}</dt>
        <dd>{wordFor(statuses.flowType, request.flowType)}</dd>
        <dt>{t.about.source}</dt>
        <dd>{wordFor(t.about.sources, request.source)}</dd>
        {request.fileName && (
          <>
            <dt>{t.about.file}</dt>
            <dd>{request.fileName}</dd>
          </>
        )}
        {request.phoneColumn && (
          <>
            <dt>{t.about.phoneColumn}</dt>
            <dd>{request.phoneColumn}</dd>
          </>
        )}
        {request.open && (
          <>
            <dt>{t.about.open}</dt>
            <dd>{t.about.takesMore}</dd>
          </>
        )}
        <dt>{t.about.created}</dt>
        <dd>
          <Moment at={request.createdAt} />
        </dd>
        <dt>{t.about.by}</dt>
        <dd>{actorInWords(request.createdBy, names)}</dd>
        <dt>{t.about.started}</dt>
        <dd>
          <Moment at={request.startedAt} />
        </dd>
        {request.endedAt && (
          <>
            <dt>{t.about.ended}</dt>
            <dd>
              <Moment at={request.endedAt} />
            </dd>
          </>
        )}
        {statusEmails.length > 0 && (
          <>
            <dt>{t.about.mails}</dt>
            <dd>{statusEmails.join(', ')}</dd>
          </>
        )}
        {links.workflow && (
          <>
            <dt>{t.about.history}</dt>
            <dd>
              <Anchor href={links.workflow} target="_blank" rel="noreferrer" size="sm">
                {t.about.historyLink}
              </Anchor>
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}

function RequestLink({ id }: { id: number }) {
  return (
    <Anchor component={Link} to="/requests/$id" params={{ id: String(id) } as never} size="sm">
      {t.title(id)}
    </Anchor>
  );
}

export function Lineage({ request }: { request: RequestDetail }) {
  const { fromRequestId, source, derived } = request;
  return (
    <section className="panel">
      <h2>{t.lineage.title}</h2>
      <ul className="request-list">
        {fromRequestId !== null && (
          <li>
            {t.lineage.from[source] ?? t.lineage.fromOther} <RequestLink id={fromRequestId} />
          </li>
        )}
        {derived.map((one) => (
          <li key={one.requestId}>
            {t.lineage.derived[one.source] ?? wordFor(t.about.sources, one.source)}{' '}
            <RequestLink id={one.requestId} /> <StatusChip kind="request" value={one.status} />{' '}
            <span className="request-dim">
              {one.outcomes &&
                t.lineage.of(
                  one.outcomes.map((outcome) => wordFor(statuses.outcome, outcome)).join(', '),
                )}{' '}
              <Moment at={one.createdAt} />
            </span>
          </li>
        ))}
        {fromRequestId === null && derived.length === 0 && <li className="request-dim">{t.lineage.none}</li>}
      </ul>
    </section>
  );
}
