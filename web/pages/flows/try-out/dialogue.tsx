/** Trying a flow out: what the person hears, line by line, with a telephone's keys to answer on, and their journey. */
import { Alert, Button, Group, Modal, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { schemaProblems } from '../../../../domain/flow/problem.ts';
import { type FlowDefinition, flowDefinition, WIDGET_TYPES } from '../../../../domain/flow/schema.ts';
import { builder } from '../../../strings/en/flow-builder.ts';
import { useBuilder } from '../builder/context.ts';
import { AnswerPanel } from './answer-panel.tsx';
import { begin, type Conversation, hangUp, type Person } from './conversation.ts';
import { Talk } from './talk.tsx';

const { tried: t } = builder;
/** A number nobody has: it is only shown. */
const SAMPLE_NUMBER = '+919876543210';

export function TryOut({ onClose }: { onClose(): void }) {
  const { draft } = useBuilder();
  const parsed = useMemo(() => flowDefinition.safeParse(draft), [draft]);
  return (
    <Modal opened onClose={onClose} title={t.title} size="60rem">
      {parsed.success ? (
        <Trial definition={parsed.data} />
      ) : (
        <Alert color="red" variant="light" role="alert">
          {t.notWellFormed}
          <ul>
            {schemaProblems(parsed.error, draft, WIDGET_TYPES)
              .slice(0, 10)
              .map(({ message }) => (
                <li key={message}>{message}</li>
              ))}
          </ul>
        </Alert>
      )}
    </Modal>
  );
}

function Trial({ definition }: { definition: FlowDefinition }) {
  const { userKeys } = useBuilder();
  const [number, setNumber] = useState(SAMPLE_NUMBER);
  const [answeredBy, setAnsweredBy] = useState<Person['answeredBy']>('PERSON');
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [call, setCall] = useState<Conversation>();
  const start = (): void => {
    // What the real ones are only the server knows.
    const userValues = Object.fromEntries(userKeys.map((name) => [name, `‹${name}›`]));
    setCall(begin(definition, { answeredBy, number: number.trim(), variables: values, userValues }));
  };
  const isOver = call?.waitsFor.type === 'END';
  return (
    <Stack gap="sm">
      <div className="builder-help">{t.help}</div>
      <Group gap="xs" align="flex-end">
        <TextInput
          label={t.number}
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
          w={150}
        />
        {definition.variables.map(({ name, default: fallback, required }) => (
          <TextInput
            key={name}
            label={name}
            placeholder={fallback ?? t.empty}
            required={required}
            value={values[name] ?? ''}
            onChange={(event) => setValues({ ...values, [name]: event.currentTarget.value })}
            w={130}
          />
        ))}
        <SegmentedControl
          aria-label={t.answeredBy}
          size="xs"
          value={answeredBy}
          onChange={(value) => setAnsweredBy(value as Person['answeredBy'])}
          data={[
            { value: 'PERSON', label: t.person },
            { value: 'MACHINE', label: t.machine },
          ]}
        />
        <Button onClick={start}>{call ? t.again : t.start}</Button>
        {call && !isOver && (
          <Button variant="default" color="red" onClick={() => setCall(hangUp(call))}>
            {t.hangUp}
          </Button>
        )}
      </Group>
      {call && (
        <>
          <div className="tried">
            <Talk lines={call.lines} />
            <Stack gap="sm">
              <AnswerPanel call={call} onChange={setCall} />
              <Values call={call} />
            </Stack>
          </div>
          <Journey call={call} />
        </>
      )}
    </Stack>
  );
}

function Values({ call }: { call: Conversation }) {
  const entries = Object.entries(call.state.variables);
  if (entries.length === 0) return null;
  return (
    <div>
      <h2 className="builder-side-title">{t.variables}</h2>
      <dl className="facts">
        {entries.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value === '' ? <i>{t.empty}</i> : value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Journey({ call }: { call: Conversation }) {
  return (
    <details className="builder-more" open>
      <summary>{t.journey}</summary>
      <table className="builder-table" aria-label={t.journeyTable}>
        <thead>
          <tr>
            <th scope="col">{t.widget}</th>
            <th scope="col">{t.event}</th>
            <th scope="col">{t.data}</th>
          </tr>
        </thead>
        <tbody>
          {call.journey.map(({ widget, event, data }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a journey only grows.
            <tr key={index}>
              <td>{widget}</td>
              <td className="whole">{event}</td>
              <td>
                {Object.entries(data ?? {})
                  .map(([name, value]) => `${name} ${value === '' ? t.empty : value}`)
                  .join(', ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
