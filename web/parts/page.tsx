/** The frame of every page: its title, which the tab has too, its actions, and its content below. */
import { type ReactNode, useEffect } from 'react';
import { common } from '../strings/en/common.ts';

interface Props {
  title: string;
  /** Beside the title: a status, a way back. */
  beside?: ReactNode;
  /** At the right: buttons. */
  actions?: ReactNode;
  children: ReactNode;
}

export function Page({ title, beside, actions, children }: Props) {
  useEffect(() => {
    document.title = `${title} · ${common.product}`;
  }, [title]);
  return (
    <div className="page">
      <div className="page-head">
        <h1>{title}</h1>
        {beside}
        {actions && <div className="actions">{actions}</div>}
      </div>
      {children}
    </div>
  );
}
