/**
 * Every table of the console: a header that stays, rows drawn only where one looks, more of them as one scrolls, keys to
 * move with, and rows of grey while the first ones come. Sorting and filtering are the server's.
 */
import { Skeleton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { common } from '../strings/en/common.ts';

/** Of a row, as `styles.css` has it. */
const ROW_PX = 37;
/** More rows are asked for when fewer than these are left below. */
const LOAD_AHEAD = 20;
const SKELETON_ROWS = 8;

export interface Column<Row> {
  id: string;
  header: string;
  cell(row: Row): ReactNode;
  /** Numbers stand at the end. */
  align?: 'end';
  /** Not on a phone. */
  wideOnly?: boolean;
}

interface Props<Row> {
  /** What the table holds, for screen readers. */
  label: string;
  columns: readonly Column<Row>[];
  /** Undefined until the first ones have come. */
  rows: readonly Row[] | undefined;
  rowKey(row: Row): string | number;
  /** Enter, or a click. Without it rows cannot be opened. */
  onOpen?: (row: Row) => void;
  /** Shown instead of rows when there are none: an EmptyState. */
  empty: ReactNode;
  hasMore?: boolean;
  isLoadingMore?: boolean;
  loadMore?: () => void;
}

export function DataTable<Row>(props: Props<Row>) {
  const { columns, rows, onOpen, hasMore = false, isLoadingMore = false, loadMore } = props;
  const box = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const count = rows?.length ?? 0;
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  const drawn = virtual.getVirtualItems();
  const last = drawn.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !isLoadingMore && last >= count - LOAD_AHEAD) loadMore?.();
  }, [hasMore, isLoadingMore, last, count, loadMore]);

  const focusRow = (index: number): void => {
    const wanted = Math.max(0, Math.min(count - 1, index));
    setActive(wanted);
    virtual.scrollToIndex(wanted);
    // The row may have to be drawn first.
    requestAnimationFrame(() =>
      box.current?.querySelector<HTMLElement>(`tr[data-index="${wanted}"]`)?.focus(),
    );
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (!(event.target instanceof HTMLTableRowElement) || event.altKey || event.ctrlKey || event.metaKey)
      return;
    const pageRows = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / ROW_PX) - 1);
    const moves: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + pageRows,
      PageUp: active - pageRows,
      Home: 0,
      End: count - 1,
    };
    const row = rows?.[active];
    if (event.key === 'Enter' && row !== undefined) onOpen?.(row);
    else if (moves[event.key] !== undefined) focusRow(moves[event.key] ?? 0);
    else return;
    event.preventDefault();
  };

  if (rows && count === 0) return <div className="table-box">{props.empty}</div>;
  const className = (column: Column<Row>): string =>
    [column.align, column.wideOnly && 'wide-only'].filter(Boolean).join(' ');
  const above = drawn[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (drawn.at(-1)?.end ?? 0);
  return (
    <div className="table-box" ref={box}>
      <table
        aria-label={props.label}
        aria-rowcount={hasMore ? -1 : count + 1}
        aria-busy={!rows || isLoadingMore}
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col" className={className(column)}>
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {!rows && (
            <SkeletonRows
              columns={columns.map((column) => ({ id: column.id, className: className(column) }))}
            />
          )}
          <Space height={above} columns={columns.length} />
          {drawn.map(({ index }) => {
            const row = rows?.[index];
            if (row === undefined) return null;
            return (
              <tr
                key={props.rowKey(row)}
                data-index={index}
                aria-rowindex={index + 2}
                {...(onOpen && {
                  tabIndex: index === Math.min(active, count - 1) ? 0 : -1,
                  onFocus: () => setActive(index),
                  onClick: () => {
                    // Who marks text to copy it does not want to leave.
                    if (window.getSelection()?.isCollapsed !== false) onOpen(row);
                  },
                })}
              >
                {columns.map((column) => (
                  <td key={column.id} className={className(column)}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
          <Space height={below} columns={columns.length} />
          {isLoadingMore && (
            <tr>
              <td colSpan={columns.length}>{common.loadingMore}</td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

/** Stands for the rows that are not drawn. */
function Space({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it can be reached; it stands for rows that count already.
    <tr className="space" aria-hidden="true">
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}

function SkeletonRows({ columns }: { columns: readonly { id: string; className: string }[] }) {
  return Array.from({ length: SKELETON_ROWS }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: these rows are all alike.
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it can be reached; the table says that it is busy.
    <tr key={row} aria-hidden="true">
      {columns.map(({ id, className }) => (
        <td key={id} className={className}>
          <Skeleton height={10} radius="xl" width={`${50 + ((row * 37 + id.length * 13) % 45)}%`} />
        </td>
      ))}
    </tr>
  ));
}
