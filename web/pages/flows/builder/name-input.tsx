/** A name of something that may exist already: free to write, with those there are to choose from. */
import { Autocomplete } from '@mantine/core';
import type { ReactNode } from 'react';
import { useBuilder } from './context.ts';

interface Props {
  label: string;
  value: string;
  names: readonly string[];
  description?: ReactNode;
  error?: ReactNode;
  hideLabel?: boolean;
  placeholder?: string;
  onChange(value: string): void;
}

export function NameInput({
  label,
  value,
  names,
  description,
  error,
  hideLabel,
  placeholder,
  onChange,
}: Props) {
  const { isReadOnly } = useBuilder();
  return (
    <Autocomplete
      {...(hideLabel ? { 'aria-label': label } : { label })}
      size="xs"
      value={value}
      data={[...names]}
      description={description}
      error={error}
      placeholder={placeholder ?? ''}
      disabled={isReadOnly}
      limit={30}
      onChange={onChange}
    />
  );
}
