/** Keys of the builder: undo and redo, save, copy and paste of widgets. Typing in a field keeps its own. */
import { useEffect, useRef } from 'react';
import { isTyping } from '../../../shell/keys.ts';
import type { Builder } from './context.ts';
import { copyWidgets, paste, readCopied } from './draft.ts';
import type { Step } from './history.ts';

interface Keys {
  dispatch(step: Step): void;
  save(): void;
  /** Widgets are shown: there is something to copy, and somewhere to paste. */
  isOn: boolean;
}

/** The same as of a key, for events of the clipboard. */
const inField = (event: Event): boolean => {
  const { target } = event;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
      target.closest('[role="dialog"]') !== null)
  );
};

export function useBuilderKeys(builder: Builder, keys: Keys): void {
  // Listeners are set once; what they read is always the newest.
  const now = useRef({ builder, keys });
  now.current = { builder, keys };
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      const { dispatch, save } = now.current.keys;
      if (key === 's') save();
      else if (isTyping(event) || now.current.builder.isReadOnly) return;
      else if (key === 'z') dispatch({ type: event.shiftKey ? 'redo' : 'undo' });
      else if (key === 'y') dispatch({ type: 'redo' });
      else return;
      event.preventDefault();
    };
    const onCopy = (event: ClipboardEvent): void => {
      const { builder, keys } = now.current;
      if (!keys.isOn || inField(event) || builder.selected.length === 0) return;
      if (window.getSelection()?.isCollapsed === false) return;
      event.clipboardData?.setData(
        'text/plain',
        JSON.stringify(copyWidgets(builder.draft, builder.selected)),
      );
      event.preventDefault();
    };
    const onPaste = (event: ClipboardEvent): void => {
      const { builder, keys } = now.current;
      if (!keys.isOn || builder.isReadOnly || inField(event)) return;
      const copied = readCopied(event.clipboardData?.getData('text/plain') ?? '');
      if (!copied) return;
      const pasted = paste(builder.draft, copied);
      builder.edit(pasted.draft);
      builder.select(pasted.ids);
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    document.addEventListener('copy', onCopy);
    document.addEventListener('paste', onPaste);
    return () => {
      window.removeEventListener('keydown', onKey);
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('paste', onPaste);
    };
  }, []);
}
