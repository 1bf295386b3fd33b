/** One field of a widget, by its shape. */
import { NativeSelect, NumberInput, Switch, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { builder } from '../../../strings/en/flow-builder.ts';
import { fieldWords } from '../../../strings/en/flow-widgets.ts';
import { useBuilder } from './context.ts';
import { type DraftWidget, withValue, withWidget } from './draft.ts';
import { DurationInput } from './duration-input.tsx';
import { BranchesField, CasesField, PairsField } from './list-fields.tsx';
import { NameInput } from './name-input.tsx';
import type { Field } from './shape.ts';
import { SpeechField } from './speech-field.tsx';
import { TargetSelect } from './target-select.tsx';
import { TemplateInput } from './template-input.tsx';

/** From here on a text has more than one line. */
const LONG_TEXT = 1000;

interface Props {
  id: string;
  widget: DraftWidget;
  field: Field;
  /** What is wrong at a path of the widget. */
  errorAt(path: string): string | undefined;
}

export function WidgetField({ id, widget, field, errorAt }: Props) {
  const { draft, edit, promptNames, variables, isReadOnly } = useBuilder();
  const { name, shape, isRequired } = field;
  const words = fieldWords(widget.type, name);
  const value = widget[name];
  const change = (next: unknown, of?: string): void =>
    edit(withWidget(draft, id, withValue(widget, name, next)), of);
  const error = errorAt(name);
  const label =
    isRequired || shape.kind === 'flag' || shape.kind === 'target' ? words.label : optional(words.label);
  const typed = `${id}.${name}`;
  const list = {
    widget: id,
    field: name,
    label: words.label,
    help: words.help,
    value,
    errorAt: (path: string) => errorAt(path === '' ? name : `${name}.${path}`),
    onChange: (next: unknown, of?: string) => change(next, of && `${typed}.${of}`),
  };
  const text = typeof value === 'string' ? value : '';
  const setText = (next: string): void => change(next === '' && !isRequired ? undefined : next, typed);
  switch (shape.kind) {
    case 'speech':
      return <SpeechField {...list} />;
    case 'branches':
      return <BranchesField {...list} />;
    case 'cases':
      return <CasesField {...list} />;
    case 'pairs':
      return <PairsField {...list} names={shape.names} values={shape.values} />;
    case 'target':
      return (
        <TargetSelect
          label={words.label}
          description={words.help}
          error={error}
          exit={{ widget: id, field: name }}
          to={typeof value === 'string' ? value : undefined}
        />
      );
    case 'variable':
    case 'prompt':
    case 'language':
      return (
        <NameInput
          label={label}
          description={words.help}
          error={error}
          names={shape.kind === 'variable' ? variables : shape.kind === 'prompt' ? (promptNames ?? []) : []}
          value={text}
          onChange={setText}
        />
      );
    case 'flag':
      return (
        <Switch
          size="xs"
          label={words.label}
          description={words.help}
          disabled={isReadOnly}
          checked={typeof value === 'boolean' ? value : field.default === true}
          onChange={(event) => change(event.currentTarget.checked)}
        />
      );
    case 'choice':
      return (
        <NativeSelect
          label={words.label}
          description={words.help}
          error={error}
          disabled={isReadOnly}
          value={typeof value === 'string' ? value : String(field.default ?? '')}
          data={shape.options}
          onChange={(event) => change(event.currentTarget.value)}
        />
      );
    case 'number':
      return (
        <NumberInput
          size="xs"
          label={words.label}
          description={words.help}
          error={error}
          disabled={isReadOnly}
          value={typeof value === 'number' ? value : ''}
          placeholder={String(field.default ?? '')}
          allowDecimal={false}
          onChange={(next) => change(next === '' ? undefined : Number(next), typed)}
        />
      );
    case 'duration':
      return (
        <DurationInput
          label={words.label}
          description={words.help}
          error={error}
          disabled={isReadOnly}
          valueMs={typeof value === 'number' ? value : undefined}
          fallbackMs={typeof field.default === 'number' ? field.default : undefined}
          onChange={(ms) => change(ms, typed)}
        />
      );
    case 'text':
      if (shape.mayHoldVariables) {
        return (
          <TemplateInput
            label={label}
            description={words.help}
            error={error}
            value={text}
            multiline={shape.maxLength >= LONG_TEXT && name !== 'url'}
            placeholder={isRequired ? builder.form.variableHint : ''}
            onChange={setText}
          />
        );
      }
      return (
        <TextInput
          label={label}
          description={words.help}
          error={error}
          disabled={isReadOnly}
          value={typeof value === 'string' ? value : String(field.default ?? '')}
          // An empty one is a choice here: no keys.
          onChange={(event) => change(event.currentTarget.value, typed)}
        />
      );
    default:
      return <JsonField label={words.label} value={value} error={error} onChange={change} />;
  }
}

const optional = (label: string): string => `${label} (${builder.form.optional})`;

/** Whatever has no input of its own. It counts once it is JSON. */
export function JsonField(props: {
  label: string;
  value: unknown;
  error?: string | undefined;
  onChange(value: unknown): void;
}) {
  const { isReadOnly } = useBuilder();
  const [text, setText] = useState(() => JSON.stringify(props.value, null, 2) ?? '');
  const [isWrong, setWrong] = useState(false);
  return (
    <Textarea
      label={props.label}
      autosize
      minRows={3}
      maxRows={16}
      disabled={isReadOnly}
      value={text}
      error={isWrong ? builder.form.notJson : props.error}
      onChange={(event) => {
        setText(event.currentTarget.value);
        try {
          props.onChange(
            event.currentTarget.value === '' ? undefined : JSON.parse(event.currentTarget.value),
          );
          setWrong(false);
        } catch {
          setWrong(true);
        }
      }}
    />
  );
}
