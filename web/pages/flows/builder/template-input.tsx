/** A text in which variables may stand: after a `$` it offers their names, which keys and mouse can take. */
import { Combobox, Textarea, TextInput, useCombobox } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import { builder } from '../../../strings/en/flow-builder.ts';
import { useBuilder } from './context.ts';

/** What is being written before the caret, if it may become a variable. */
const BEGUN = /\{?\$[A-Za-z.]*[A-Za-z0-9_.-]*$/;
const MOST_OFFERED = 50;

interface Props {
  label: string;
  value: string;
  onChange(value: string): void;
  multiline?: boolean;
  description?: ReactNode;
  error?: ReactNode;
  hideLabel?: boolean;
  placeholder?: string;
  maxLength?: number;
  /** Written over: a name of a variable, or something that takes none. */
  names?: readonly string[];
}

type Box = HTMLInputElement | HTMLTextAreaElement;

export function TemplateInput(props: Props) {
  const { label, value, onChange, multiline } = props;
  const { variables, userKeys, isReadOnly } = useBuilder();
  const box = useRef<Box>(null);
  const [begun, setBegun] = useState('');
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const names = [
    ...variables.map((name) => `$flow.key.${name}`),
    ...userKeys.map((name) => `$user.key.${name}`),
  ];
  const offered = names
    .filter((name) => name.toLowerCase().includes(begun.replace(/^\{?\$?/, '').toLowerCase()))
    .slice(0, MOST_OFFERED);
  const look = (input: Box): void => {
    const before = input.value.slice(0, input.selectionStart ?? input.value.length);
    const found = BEGUN.exec(before)?.[0] ?? '';
    setBegun(found);
    if (found === '') combobox.closeDropdown();
    else {
      combobox.openDropdown();
      combobox.selectFirstOption();
    }
  };
  const take = (name: string): void => {
    const input = box.current;
    const caret = input?.selectionStart ?? value.length;
    const from = caret - begun.length;
    const brace = begun.startsWith('{') ? '{' : '';
    onChange(value.slice(0, from) + brace + name + value.slice(caret));
    combobox.closeDropdown();
    const at = from + brace.length + name.length;
    requestAnimationFrame(() => {
      input?.focus();
      input?.setSelectionRange(at, at);
    });
  };
  const shared = {
    ...(props.hideLabel ? { 'aria-label': label } : { label }),
    description: props.description,
    error: props.error,
    placeholder: props.placeholder ?? '',
    value,
    disabled: isReadOnly,
    spellCheck: multiline ?? false,
    autoComplete: 'off',
    onBlur: () => combobox.closeDropdown(),
  };
  return (
    <Combobox store={combobox} onOptionSubmit={take} withinPortal position="bottom-start" width="target">
      <Combobox.Target withExpandedAttribute={false} withAriaAttributes={combobox.dropdownOpened}>
        {multiline ? (
          <Textarea
            {...shared}
            ref={box as React.RefObject<HTMLTextAreaElement>}
            autosize
            minRows={2}
            maxRows={10}
            onChange={(event) => {
              onChange(event.currentTarget.value);
              look(event.currentTarget);
            }}
          />
        ) : (
          <TextInput
            {...shared}
            ref={box as React.RefObject<HTMLInputElement>}
            onChange={(event) => {
              onChange(event.currentTarget.value);
              look(event.currentTarget);
            }}
          />
        )}
      </Combobox.Target>
      <Combobox.Dropdown hidden={offered.length === 0}>
        <Combobox.Options aria-label={builder.form.insert} mah={200} style={{ overflowY: 'auto' }}>
          {offered.map((name) => (
            <Combobox.Option key={name} value={name} onMouseDown={(event) => event.preventDefault()}>
              <code>{name}</code>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
