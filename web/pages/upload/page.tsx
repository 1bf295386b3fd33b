/** A new request: the flow, the lists, when, who is told; what would come of it; and the launch. */
import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import { Page } from '../../parts/page.tsx';
import { fieldErrors } from '../../parts/problem-alert.tsx';
import { useMe } from '../../session/me.ts';
import { upload as t } from '../../strings/en/upload.ts';
import { flowsQuery } from './data.ts';
import { DropPlace } from './drop-place.tsx';
import { FileCard } from './file-card.tsx';
import { isOver, questionOf, useLists } from './files.ts';
import { FlowChoice } from './flow-choice.tsx';
import { answerOfForm, emptyForm, type FormErrors, type UploadForm } from './form.ts';
import { Launch } from './launch.tsx';
import { LeavingDialogue } from './leaving.tsx';
import { StatusMail } from './mail.tsx';
import { Outlook } from './outlook.tsx';
import { TestCall } from './test-call.tsx';
import './upload.css';
import { PhoneColumn, When } from './when.tsx';

const ALL_FIELDS = ['startAt', 'endAt', 'spreadOver', 'statusEmails'] as const;

/** What the server said of a field: it is told beside the field, whichever list it was said of. */
function errorsOf(files: readonly { error: unknown }[]): FormErrors {
  const said = Object.assign({}, ...files.map(({ error }) => fieldErrors(error))) as Record<string, string>;
  return Object.fromEntries(
    ALL_FIELDS.flatMap((name) => {
      const found = Object.entries(said).find(([field]) => field === name || field.startsWith(`${name}.`));
      return found ? [[name, found[1]]] : [];
    }),
  );
}

export function UploadPage() {
  const { account } = useMe();
  const { flowId } = useSearch({ from: '/frame/requests/new' });
  const [form, setForm] = useState<UploadForm>(() => emptyForm(account?.timeZone ?? 'UTC', flowId));
  const set = (change: Partial<UploadForm>): void => setForm((before) => ({ ...before, ...change }));
  const [isTrying, setTrying] = useState(false);
  const answer = useMemo(() => answerOfForm(form), [form]);
  const flows = useQuery(flowsQuery(account?.id)).data?.flows;
  const flow = flows?.find(({ id, notRunnable }) => id === form.flowId && notRunnable === null);
  const hasTimes = !answer.errors.startAt && !answer.errors.endAt && !answer.errors.spreadOver;
  const question = useMemo(
    () => (flow && hasTimes ? questionOf(answer.fields) : undefined),
    [flow, hasTimes, answer],
  );
  const lists = useLists(question);
  const { files } = lists;
  const open = files.filter((one) => !isOver(one));
  const errors = { ...errorsOf(open), ...answer.errors };
  const isSending = files.some(({ state }) => state === 'sending');
  const isStale = (one: (typeof files)[number]): boolean =>
    question !== undefined && one.forecast !== undefined && one.checkedFor?.whole !== question.whole;
  const known = [
    ...new Set(
      files.flatMap(({ forecast }) => [
        ...(forecast?.list?.phoneColumn ? [forecast.list.phoneColumn] : []),
        ...(forecast?.list?.variables ?? []),
      ]),
    ),
  ];
  return (
    <Page
      title={t.title}
      actions={
        <>
          {flow && (
            <Button variant="default" onClick={() => setTrying(true)}>
              {t.test.button}
            </Button>
          )}
          <Launch form={form} answer={answer} flow={flow} lists={lists} />
        </>
      }
    >
      <div className="upload-columns">
        <div className="upload-main">
          <Panel title={t.steps.flow}>
            <FlowChoice form={form} set={set} />
          </Panel>
          <Panel title={t.steps.files}>
            <DropPlace lists={lists} />
            {files.length > 0 && !flow && <Text size="sm">{t.flow.first}</Text>}
            {files.length > 0 && (
              <ul className="upload-files" aria-label={t.files.label}>
                {files.map((one) => (
                  <FileCard key={one.id} one={one} lists={lists} />
                ))}
              </ul>
            )}
            <PhoneColumn form={form} set={set} known={known} />
          </Panel>
        </div>
        <div className="upload-side">
          <Panel title={t.steps.when}>
            <When form={form} set={set} answer={answer} errors={errors} />
          </Panel>
          <Panel title={t.steps.mail}>
            <StatusMail form={form} set={set} errors={form.mails ? errors : {}} />
          </Panel>
          <Panel title={t.steps.forecast}>
            <Outlook
              files={files.filter(({ state }) => state !== 'refused' && state !== 'sent')}
              isStale={open.some(isStale)}
              isWorking={files.some(({ state }) => state === 'checking')}
              onAgain={() => {
                for (const one of open.filter(isStale)) lists.checkAgain(one.id);
              }}
            />
          </Panel>
        </div>
      </div>
      {isTrying && flow && <TestCall flow={flow} onClose={() => setTrying(false)} />}
      <LeavingDialogue
        isDirty={isSending || open.some(({ state }) => state !== 'refused')}
        isSending={isSending}
      />
    </Page>
  );
}

function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="panel" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
