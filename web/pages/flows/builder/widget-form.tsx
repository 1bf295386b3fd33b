/** The form of the widget that is chosen: its name, its fields, where it leads, and what is wrong with each. */
import { ActionIcon, Alert, Group, Stack, TextInput, Title } from '@mantine/core';
import { CopyIcon, TrashIcon, XIcon } from '@primer/octicons-react';
import { useEffect, useRef, useState } from 'react';
import { widgetId } from '../../../../domain/flow/widget.ts';
import { builder } from '../../../strings/en/flow-builder.ts';
import { widgetName, widgets } from '../../../strings/en/flow-widgets.ts';
import { useBuilder } from './context.ts';
import { copyWidgets, type DraftWidget, paste, renameWidget, withWidget } from './draft.ts';
import { JsonField, WidgetField } from './field.tsx';
import { type Field, fieldsOf, isWidgetType } from './shape.ts';

const { form: t } = builder;

/** A problem says where it is before it says what: here it stands there. */
export const withoutPlace = (message: string): string => message.replace(/^[\w.*#-]+: /, '');

const LEADS = new Set<Field['shape']['kind']>(['target', 'branches']);
const FINER = new Set<Field['shape']['kind']>(['number', 'duration', 'flag', 'language']);

export function WidgetForm({ id }: { id: string }) {
  const { draft, problems } = useBuilder();
  const widget = draft.widgets[id];
  if (!widget) return null;
  const own = problems.filter((one) => one.widget === id);
  const errorAt = (path: string): string | undefined => {
    const found = own.find(({ field }) => field === path);
    return found && withoutPlace(found.message);
  };
  const fields = fieldsOf(widget.type);
  const isFiner = (field: Field): boolean =>
    !field.isRequired && (FINER.has(field.shape.kind) || /Speech$|^terminators$/.test(field.name));
  const shown = (wanted: readonly Field[]) =>
    wanted.map((field) => (
      <WidgetField key={`${id}.${field.name}`} id={id} widget={widget} field={field} errorAt={errorAt} />
    ));
  const finer = fields.filter((field) => !LEADS.has(field.shape.kind) && isFiner(field));
  const shownPaths = new Set(fields.map(({ name }) => name));
  const unshown = own.filter(({ field }) => !field || !shownPaths.has(field.split('.')[0] ?? ''));
  return (
    <Stack gap="xs" role="form" aria-label={`${widgetName(widget.type)} ${id}`}>
      <Head id={id} widget={widget} />
      {unshown.map(({ message, severity }) => (
        <Alert key={message} color={severity === 'error' ? 'red' : 'yellow'} variant="light" p={6}>
          {withoutPlace(message)}
        </Alert>
      ))}
      {isWidgetType(widget.type) ? (
        <>
          {shown(fields.filter((field) => !LEADS.has(field.shape.kind) && !isFiner(field)))}
          {shown(fields.filter((field) => LEADS.has(field.shape.kind)))}
          {finer.length > 0 && (
            <details className="builder-more" open={own.some(({ field }) => finer.some(isAt(field)))}>
              <summary>{t.more}</summary>
              <Stack gap="xs" mt="xs">
                {shown(finer)}
              </Stack>
            </details>
          )}
        </>
      ) : (
        <Unknown id={id} widget={widget} />
      )}
    </Stack>
  );
}

const isAt =
  (path: string | undefined) =>
  ({ name }: Field): boolean =>
    path?.split('.')[0] === name;

function Head({ id, widget }: { id: string; widget: DraftWidget }) {
  const { draft, edit, select, remove, isReadOnly, jump } = useBuilder();
  const [name, setName] = useState(id);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => setName(id), [id]);
  useEffect(() => {
    if (jump?.id === id && jump.toForm) box.current?.focus();
  }, [jump, id]);
  const isTaken = name !== id && Object.hasOwn(draft.widgets, name);
  const isName = widgetId.safeParse(name).success;
  const rename = (): void => {
    if (name === id) return;
    if (isTaken || !isName) {
      setName(id);
      return;
    }
    edit(renameWidget(draft, id, name));
    select([name]);
  };
  const duplicate = (): void => {
    const pasted = paste(draft, copyWidgets(draft, [id]));
    edit(pasted.draft);
    select(pasted.ids);
  };
  return (
    <>
      <Group gap={4} wrap="nowrap">
        <Title order={2} style={{ flex: 1 }}>
          {widgetName(widget.type)}
        </Title>
        {!isReadOnly && (
          <>
            {widget.type !== 'start' && (
              <ActionIcon
                variant="subtle"
                color="gray"
                title={t.duplicate}
                aria-label={t.duplicate}
                onClick={duplicate}
              >
                <CopyIcon size={14} />
              </ActionIcon>
            )}
            <ActionIcon
              variant="subtle"
              color="red"
              title={t.remove}
              aria-label={t.remove}
              onClick={() => remove([id])}
            >
              <TrashIcon size={14} />
            </ActionIcon>
          </>
        )}
        <ActionIcon
          variant="subtle"
          color="gray"
          title={t.close}
          aria-label={t.close}
          className="builder-close"
          onClick={() => select([])}
        >
          <XIcon size={14} />
        </ActionIcon>
      </Group>
      <div className="builder-help">{widgets[widget.type]?.help}</div>
      <TextInput
        ref={box}
        label={t.id}
        value={name}
        disabled={isReadOnly}
        error={isTaken ? t.idTaken : isName ? undefined : t.idWrong}
        onChange={(event) => setName(event.currentTarget.value)}
        onBlur={rename}
        onKeyDown={(event) => event.key === 'Enter' && rename()}
      />
    </>
  );
}

/** A type the console does not know: it is kept as it is, and can be changed as JSON. */
function Unknown({ id, widget }: { id: string; widget: DraftWidget }) {
  const { draft, edit } = useBuilder();
  return (
    <>
      <Alert color="yellow" variant="light" p={6}>
        {t.unknownType}
      </Alert>
      <JsonField
        label={t.json}
        value={widget}
        onChange={(value) => {
          const given = value as DraftWidget | undefined;
          if (typeof given === 'object' && given !== null && typeof given.type === 'string') {
            edit(withWidget(draft, id, given), `${id}.json`);
          }
        }}
      />
    </>
  );
}
