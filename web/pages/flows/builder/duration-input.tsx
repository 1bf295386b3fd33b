/** A length of time: a number and its unit, kept in milliseconds. */
import { Group, NativeSelect, NumberInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { builder } from '../../../strings/en/flow-builder.ts';

const { form: t } = builder;
const UNITS = [
  { label: t.seconds, ms: 1000 },
  { label: t.minutes, ms: 60_000 },
  { label: t.hours, ms: 3_600_000 },
];

/** The largest unit that needs no fraction. */
const unitOf = (ms: number | undefined): number =>
  UNITS.findLast((unit) => ms !== undefined && ms > 0 && ms % unit.ms === 0)?.ms ?? 1000;

interface Props {
  label: string;
  /** Undefined: `fallbackMs` stands in. */
  valueMs: number | undefined;
  fallbackMs?: number | undefined;
  placeholder?: string;
  description?: ReactNode;
  error?: ReactNode;
  disabled?: boolean;
  /** The label is there for those who cannot see. */
  hideLabel?: boolean;
  onChange(ms: number | undefined): void;
}

export function DurationInput(props: Props) {
  const { label, valueMs, fallbackMs, onChange } = props;
  const [unit, setUnit] = useState(() => unitOf(valueMs ?? fallbackMs));
  return (
    <Group gap={4} align="flex-end" wrap="nowrap">
      <NumberInput
        {...(props.hideLabel ? { 'aria-label': label } : { label })}
        description={props.description}
        error={props.error}
        placeholder={props.placeholder ?? (fallbackMs === undefined ? '' : String(fallbackMs / unit))}
        value={valueMs === undefined ? '' : valueMs / unit}
        onChange={(value) => onChange(value === '' ? undefined : Math.round(Number(value) * unit))}
        min={0}
        decimalScale={3}
        hideControls
        disabled={props.disabled ?? false}
        style={{ flex: 1 }}
        size="xs"
      />
      <NativeSelect
        aria-label={t.unit(label)}
        value={String(unit)}
        disabled={props.disabled ?? false}
        data={UNITS.map((one) => ({ value: String(one.ms), label: one.label }))}
        onChange={(event) => {
          const next = Number(event.currentTarget.value);
          // Whoever writes 5 and then chooses minutes means 5 minutes.
          if (valueMs !== undefined) onChange(Math.round((valueMs / unit) * next));
          setUnit(next);
        }}
        w={64}
      />
    </Group>
  );
}
