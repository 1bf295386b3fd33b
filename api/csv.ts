/**
 * CSV downloads, however many rows, in flat memory: rows are fetched a page at a time as the reader takes
 * them, each page by its own short query. A slow reader holds no connection and no transaction.
 */
import { csvLine } from '../domain/csv-cell.ts';

/** Rows in a page: enough that the round trips do not matter, few enough that they stay small in memory. */
export const DOWNLOAD_PAGE_ROWS = 2_000;

type Cells = Parameters<typeof csvLine>[0];

/**
 * @param header the first line
 * @param pages lists of lines, in order
 */
export function csvResponse(
  fileName: string,
  header: readonly string[],
  pages: AsyncIterator<readonly Cells[]>,
): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => controller.enqueue(encoder.encode(csvLine(header))),
      async pull(controller) {
        const next = await pages.next();
        if (next.done) controller.close();
        else controller.enqueue(encoder.encode(next.value.map(csvLine).join('')));
      },
      async cancel() {
        await pages.return?.();
      },
    },
    { highWaterMark: 1 },
  );
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${fileName}"`,
      'cache-control': 'no-store',
    },
  });
}

/**
 * Pages of a list that is read by position.
 * @param fetch up to `pageRows` rows after `last`; fewer mean the end
 */
export async function* pagesOf<T>(
  fetch: (last: T | undefined) => Promise<readonly T[]>,
  pageRows = DOWNLOAD_PAGE_ROWS,
): AsyncGenerator<readonly T[]> {
  let last: T | undefined;
  for (;;) {
    const rows = await fetch(last);
    if (rows.length > 0) yield rows;
    if (rows.length < pageRows) return;
    last = rows.at(-1);
  }
}

/** The same pages with each row made into cells. */
export async function* linesOf<T>(
  pages: AsyncIterable<readonly T[]>,
  cells: (row: T) => Cells,
): AsyncGenerator<readonly Cells[]> {
  for await (const rows of pages) yield rows.map(cells);
}
