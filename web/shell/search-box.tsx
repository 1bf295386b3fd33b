/** Finds a request by its number or requests by their flow from anywhere; `/` leads here. */
import { Kbd, TextInput } from '@mantine/core';
import { SearchIcon } from '@primer/octicons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { common as t } from '../strings/en/common.ts';
import { isTyping } from './keys.ts';

export function SearchBox() {
  const input = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || isTyping(event)) return;
      event.preventDefault();
      input.current?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  const find = (text: string): void => {
    if (text === '') return;
    if (/^#?\d{1,15}$/.test(text))
      void navigate({ to: '/requests/$id', params: { id: text.replace('#', '') } });
    else void navigate({ to: '/requests', search: { flowName: text } });
  };
  return (
    <search style={{ flex: '1 1 auto', maxWidth: '24rem' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          find(input.current?.value.trim() ?? '');
          input.current?.blur();
        }}
      >
        <TextInput
          ref={input}
          type="search"
          name="find"
          aria-label={t.searchLabel}
          placeholder={t.search}
          leftSection={<SearchIcon size={14} />}
          rightSection={<Kbd className="wide-only">/</Kbd>}
          autoComplete="off"
        />
      </form>
    </search>
  );
}
