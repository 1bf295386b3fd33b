/** Fields that hold several things: keys of a menu, cases of a condition, names with values. */
import { ActionIcon, Button, Fieldset, Group, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { PlusIcon, XIcon } from '@primer/octicons-react';
import type { ReactNode } from 'react';
import { COMPARISONS } from '../../../../domain/flow/compare.ts';
import { builder } from '../../../strings/en/flow-builder.ts';
import { operators } from '../../../strings/en/flow-widgets.ts';
import { useBuilder } from './context.ts';
import { NameInput } from './name-input.tsx';
import { TargetSelect } from './target-select.tsx';
import { TemplateInput } from './template-input.tsx';

const { form: t } = builder;

export interface ListFieldProps {
  widget: string;
  field: string;
  label: string;
  help?: string | undefined;
  value: unknown;
  /** Of a path below the field; the field itself with an empty one. */
  errorAt(path: string): string | undefined;
  onChange(value: unknown, of?: string): void;
}

function FieldGroup({ label, help, error, children }: GroupProps) {
  return (
    <Fieldset legend={label} className="builder-group">
      <Stack gap={6}>
        {help && <div className="builder-help">{help}</div>}
        {error && <div className="builder-error">{error}</div>}
        {children}
      </Stack>
    </Fieldset>
  );
}
interface GroupProps {
  label: string;
  help?: string | undefined;
  error?: string | undefined;
  children: ReactNode;
}

function Remove({ label, onClick }: { label: string; onClick(): void }) {
  const { isReadOnly } = useBuilder();
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={label} disabled={isReadOnly} onClick={onClick}>
      <XIcon size={14} />
    </ActionIcon>
  );
}

function Add({ label, name, onClick }: { label: string; name: string; onClick(): void }) {
  const { isReadOnly } = useBuilder();
  if (isReadOnly) return null;
  return (
    <div>
      <Button
        variant="subtle"
        size="compact-xs"
        leftSection={<PlusIcon size={12} />}
        aria-label={`${label}: ${name}`}
        onClick={onClick}
      >
        {name}
      </Button>
    </div>
  );
}

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const KEYS = [...'1234567890*#'];

/** Where each key of a menu leads. */
export function BranchesField({ widget, field, label, help, value, errorAt, onChange }: ListFieldProps) {
  const { isReadOnly } = useBuilder();
  const branches = Object.entries(recordOf(value));
  const free = KEYS.filter((key) => !Object.hasOwn(recordOf(value), key));
  const rekey = (from: string, to: string): void =>
    onChange(Object.fromEntries(branches.map(([key, target]) => [key === from ? to : key, target])));
  return (
    <FieldGroup label={label} help={help} error={errorAt('')}>
      {branches.map(([key, to]) => (
        <Group key={key} gap={4} align="flex-start" wrap="nowrap">
          <NativeSelect
            aria-label={`${t.key} ${key}`}
            w={56}
            disabled={isReadOnly}
            value={key}
            data={[
              ...(KEYS.includes(key) ? [] : [key]),
              ...KEYS.filter((one) => one === key || free.includes(one)),
            ]}
            onChange={(event) => rekey(key, event.currentTarget.value)}
          />
          <div style={{ flex: 1, minWidth: 0 }}>
            <TargetSelect
              label={t.keyLeads(key)}
              hideLabel
              isRequired
              exit={{ widget, field: `${field}.${key}` }}
              to={typeof to === 'string' ? to : ''}
              error={to === '' ? t.leadsNowhere : errorAt(key)}
            />
          </div>
          <Remove
            label={t.removeKey(key)}
            onClick={() => onChange(Object.fromEntries(branches.filter(([other]) => other !== key)))}
          />
        </Group>
      ))}
      {free[0] !== undefined && (
        <Add
          label={label}
          name={t.addKey}
          onClick={() => onChange({ ...recordOf(value), [free[0] ?? '']: '' })}
        />
      )}
    </FieldGroup>
  );
}

const OPERATORS = [...COMPARISONS, 'in', 'empty', 'notEmpty'];
const WITHOUT_OPERAND = new Set(['empty', 'notEmpty']);

/** The same case with another operator: its operand is a text, a list, or none. */
function withOperator(one: Record<string, unknown>, operator: string): Record<string, unknown> {
  const { operand, ...rest } = one;
  if (WITHOUT_OPERAND.has(operator)) return { ...rest, operator };
  const texts = Array.isArray(operand) ? operand.map(String) : [typeof operand === 'string' ? operand : ''];
  return { ...rest, operator, operand: operator === 'in' ? texts : texts[0] };
}

/** What a condition looks at, and where each case leads. */
export function CasesField({ widget, field, label, help, value, errorAt, onChange }: ListFieldProps) {
  const { isReadOnly } = useBuilder();
  const cases = (Array.isArray(value) ? value : []).map(recordOf);
  const set = (index: number, one: Record<string, unknown>, of?: string): void =>
    onChange(
      cases.map((old, at) => (at === index ? one : old)),
      of && `${index}.${of}`,
    );
  return (
    <FieldGroup label={label} help={help} error={errorAt('')}>
      {cases.map((one, index) => {
        const name = t.caseName(index + 1);
        const { operand } = one;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: cases have nothing else to be known by.
          <Fieldset key={index} legend={name} className="builder-group">
            <Stack gap={4}>
              <TemplateInput
                label={t.caseValue}
                value={String(one.value ?? '')}
                placeholder={t.variableHint}
                error={errorAt(`${index}.value`)}
                onChange={(text) => set(index, { ...one, value: text }, 'value')}
              />
              <NativeSelect
                label={t.caseOperator}
                disabled={isReadOnly}
                value={String(one.operator ?? '')}
                error={errorAt(`${index}.operator`) ?? errorAt(String(index))}
                data={OPERATORS.map((operator) => ({
                  value: operator,
                  label: operators[operator] ?? operator,
                }))}
                onChange={(event) => set(index, withOperator(one, event.currentTarget.value))}
              />
              {Array.isArray(operand) ? (
                <Textarea
                  label={t.caseOperands}
                  autosize
                  minRows={2}
                  disabled={isReadOnly}
                  value={operand.join('\n')}
                  error={errorAt(`${index}.operand`)}
                  onChange={(event) =>
                    set(index, { ...one, operand: event.currentTarget.value.split('\n') }, 'operand')
                  }
                />
              ) : (
                !WITHOUT_OPERAND.has(String(one.operator)) && (
                  <TemplateInput
                    label={t.caseOperand}
                    value={String(operand ?? '')}
                    error={errorAt(`${index}.operand`)}
                    onChange={(text) => set(index, { ...one, operand: text }, 'operand')}
                  />
                )
              )}
              <TargetSelect
                label={t.caseNext}
                exit={{ widget, field: `${field}.${index}.next` }}
                to={typeof one.next === 'string' ? one.next : undefined}
                error={errorAt(`${index}.next`)}
              />
              {cases.length > 1 && (
                <Group justify="flex-end">
                  <Remove
                    label={t.removeCase(index + 1)}
                    onClick={() => onChange(cases.filter((_, at) => at !== index))}
                  />
                </Group>
              )}
            </Stack>
          </Fieldset>
        );
      })}
      <Add
        label={label}
        name={t.addCase}
        onClick={() => onChange([...cases, { value: '', operator: 'eq', operand: '' }])}
      />
    </FieldGroup>
  );
}

interface PairsProps extends ListFieldProps {
  names: 'text' | 'variable';
  values: 'text' | 'path';
}

/** Headers, query, and variables that an answer fills. */
export function PairsField({ label, help, value, errorAt, onChange, names, values }: PairsProps) {
  const { variables, isReadOnly } = useBuilder();
  const pairs = Object.entries(recordOf(value));
  const put = (next: [string, unknown][], of?: string): void =>
    onChange(next.length === 0 ? undefined : Object.fromEntries(next), of);
  const setName = (index: number, name: string): void => {
    // Two of one name would be one: the second is not taken.
    if (pairs.some(([other], at) => at !== index && other === name)) return;
    put(
      pairs.map(([old, text], at): [string, unknown] => (at === index ? [name, text] : [old, text])),
      `${index}.name`,
    );
  };
  const setValue = (index: number, text: string): void =>
    put(
      pairs.map(([name, old], at): [string, unknown] => [name, at === index ? text : old]),
      `${index}.value`,
    );
  const valueLabel = values === 'path' ? t.pairPath : t.pairValue;
  return (
    <FieldGroup label={label} help={help} error={errorAt('')}>
      {pairs.map(([name, text], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: names change while they are typed.
        <Group key={index} gap={4} align="flex-start" wrap="nowrap">
          <div style={{ flex: 2, minWidth: 0 }}>
            {names === 'variable' ? (
              <NameInput
                label={`${label}: ${t.pairName} ${index + 1}`}
                hideLabel
                placeholder={t.pairName}
                names={variables}
                value={name}
                error={errorAt(name)}
                onChange={(next) => setName(index, next)}
              />
            ) : (
              <TextInput
                aria-label={`${label}: ${t.pairName} ${index + 1}`}
                placeholder={t.pairName}
                disabled={isReadOnly}
                value={name}
                error={errorAt(name)}
                onChange={(event) => setName(index, event.currentTarget.value)}
              />
            )}
          </div>
          <div style={{ flex: 3, minWidth: 0 }}>
            {values === 'path' ? (
              <TextInput
                aria-label={`${label}: ${valueLabel} ${index + 1}`}
                placeholder={valueLabel}
                disabled={isReadOnly}
                value={String(text ?? '')}
                onChange={(event) => setValue(index, event.currentTarget.value)}
              />
            ) : (
              <TemplateInput
                label={`${label}: ${valueLabel} ${index + 1}`}
                hideLabel
                placeholder={valueLabel}
                value={String(text ?? '')}
                onChange={(next) => setValue(index, next)}
              />
            )}
          </div>
          <Remove
            label={`${label}: ${t.removePair(name || String(index + 1))}`}
            onClick={() => put(pairs.filter((_, at) => at !== index))}
          />
        </Group>
      ))}
      {!Object.hasOwn(recordOf(value), '') && (
        <Add label={label} name={t.addPair} onClick={() => put([...pairs, ['', '']])} />
      )}
    </FieldGroup>
  );
}
