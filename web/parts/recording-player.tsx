/** A recording to listen to. Nothing is fetched before somebody wants to hear it: it is a person's voice. */
import { Button } from '@mantine/core';
import { PlayIcon } from '@primer/octicons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../api/client.ts';
import { request } from '../strings/en/request.ts';
import { ProblemAlert } from './problem-alert.tsx';

const { journey: t } = request;

interface Props {
  /** Of its audio, below `/api/v1`. */
  path: `/${string}`;
  name: string;
}

/** Browsers cannot play GSM 06.10, as telephone recordings are kept: it is made into WAV here. */
export function RecordingPlayer({ path, name }: Props) {
  const load = useMutation({
    mutationFn: async () => {
      const [{ wavOfGsm }, body] = await Promise.all([import('./gsm.ts'), api.download(path)]);
      const gsm = new Uint8Array(await new Response(body).arrayBuffer());
      return new Blob([wavOfGsm(gsm)], { type: 'audio/wav' });
    },
  });
  const wav = load.data;
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!wav) return;
    const made = URL.createObjectURL(wav);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [wav]);
  return (
    <>
      {url ? (
        // biome-ignore lint/a11y/useMediaCaption: nobody has written down what is said in a telephone call.
        <audio controls autoPlay src={url} aria-label={t.listening(name)} className="recording-player" />
      ) : (
        <Button
          variant="default"
          leftSection={<PlayIcon size={14} />}
          loading={load.isPending}
          onClick={() => load.mutate()}
        >
          {t.listen}
        </Button>
      )}
      <ProblemAlert error={load.error} />
    </>
  );
}
