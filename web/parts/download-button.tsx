/**
 * Saves a file of the API. A plain link would ask for the account of whichever tab was last switched; this asks for the
 * account that the page shows, and says what is wrong where a link would save the error as the file.
 */
import { Button } from '@mantine/core';
import { DownloadIcon } from '@primer/octicons-react';
import { useMutation } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { ProblemAlert } from './problem-alert.tsx';

/** How long the browser may take to begin reading what it is to save. */
const KEPT_MS = 60_000;

/** Hands a file to the browser to save. */
export function saveFile(content: Blob, fileName: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}

interface Props {
  /** Below `/api/v1`. */
  path: `/${string}`;
  fileName: string;
  children: string;
}

export function DownloadButton({ path, fileName, children }: Props) {
  const save = useMutation({
    mutationFn: async () => saveFile(await new Response(await api.download(path)).blob(), fileName),
  });
  return (
    <>
      <Button
        variant="default"
        leftSection={<DownloadIcon size={14} />}
        loading={save.isPending}
        onClick={() => save.mutate()}
      >
        {children}
      </Button>
      <ProblemAlert error={save.error} />
    </>
  );
}
