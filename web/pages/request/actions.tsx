/** What can be done about the request as it stands now, by whoever may. */
import { ActionIcon, Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { KebabHorizontalIcon, PencilIcon } from '@primer/octicons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { RequestDetail } from '../../../client/index.ts';
import { answerOf, api } from '../../api/client.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useMay, useMe } from '../../session/me.ts';
import { requestActions as t } from '../../strings/en/request-actions.ts';
import { isLive, requestQuery } from '../requests/data.ts';
import { AddDialog } from './add-dialog.tsx';
import { CloneDialog } from './clone-dialog.tsx';
import { detailsQuery } from './data.ts';
import { EditDialog } from './edit-dialog.tsx';
import { RetryDialog } from './retry-dialog.tsx';

type Word = 'pause' | 'resume' | 'cancel' | 'close';
type Dialogue = 'edit' | 'retry' | 'clone' | 'add' | 'cancel' | 'close';

const DONE: Record<Word, string> = {
  pause: t.paused,
  resume: t.resumed,
  cancel: t.cancelling,
  close: t.closed,
};

/** Takes the request as the API answered it, and asks for what hangs on it. */
export function useTakeRequest(): (request: RequestDetail) => void {
  const { account } = useMe();
  const queries = useQueryClient();
  return (request) => {
    queries.setQueryData(requestQuery(account?.id, request.id).queryKey, request);
    void queries.invalidateQueries({ queryKey: detailsQuery(account?.id, request.id).queryKey });
    void queries.invalidateQueries({ queryKey: ['request-policies', account?.id, request.id] });
    void queries.invalidateQueries({ queryKey: ['request-forecast', account?.id, request.id] });
  };
}

function useMove(request: RequestDetail, done: () => void) {
  const take = useTakeRequest();
  const { account } = useMe();
  const queries = useQueryClient();
  const params = { path: { id: request.id } };
  return useMutation({
    mutationFn: (word: Word): Promise<RequestDetail> => {
      if (word === 'pause') return answerOf(api.POST('/requests/{id}/pause', { params }));
      if (word === 'resume') return answerOf(api.POST('/requests/{id}/resume', { params }));
      if (word === 'cancel') return answerOf(api.POST('/requests/{id}/cancel', { params }));
      return answerOf(api.POST('/requests/{id}/close', { params }));
    },
    onSuccess: (now, word) => {
      take(now);
      notifications.show({ message: DONE[word] });
      done();
    },
    // Somebody else may have been first: show how it stands.
    onError: () =>
      void queries.invalidateQueries({ queryKey: requestQuery(account?.id, request.id).queryKey }),
  });
}

export function RequestActions({ request }: { request: RequestDetail }) {
  const may = useMay();
  const [open, setOpen] = useState<Dialogue>();
  const close = (): void => setOpen(undefined);
  const move = useMove(request, close);
  if (!may('requests:write')) return null;
  const ask = (dialogue: Dialogue): void => {
    move.reset();
    setOpen(dialogue);
  };
  const runs = isLive(request) && !request.cancelRequestedAt;
  const isTest = request.source === 'test';
  const items = menuItems(request, runs, isTest);
  const mayRetry = !isTest && !isLive(request) && request.added > (request.outcomes.ANSWERED ?? 0);
  const left = request.added - request.completed;
  return (
    <>
      {runs && request.status !== 'PAUSED' && (
        <Button
          variant="default"
          loading={move.isPending && move.variables === 'pause'}
          onClick={() => move.mutate('pause')}
        >
          {t.pause}
        </Button>
      )}
      {runs && request.status === 'PAUSED' && (
        <Button loading={move.isPending && move.variables === 'resume'} onClick={() => move.mutate('resume')}>
          {t.resume}
        </Button>
      )}
      {runs && (
        <>
          <Button variant="default" leftSection={<PencilIcon size={14} />} onClick={() => ask('edit')}>
            {t.edit}
          </Button>
          <Button variant="default" c="red" onClick={() => ask('cancel')}>
            {t.cancel}
          </Button>
        </>
      )}
      {mayRetry && (
        <Button variant="default" onClick={() => ask('retry')}>
          {t.retry}
        </Button>
      )}
      {items.length > 0 && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size={30} aria-label={t.more}>
              <KebabHorizontalIcon size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {items.map((item) => (
              <Menu.Item key={item} onClick={() => ask(item)}>
                {t[item]}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {open === undefined && <ProblemAlert error={move.error} />}
      <ConfirmDialog
        opened={open === 'cancel'}
        onClose={close}
        title={t.cancelTitle}
        text={t.cancelText}
        people={left}
        confirm={t.cancelConfirm}
        isDangerous
        isPending={move.isPending}
        error={move.error}
        onConfirm={() => move.mutate('cancel')}
      />
      <ConfirmDialog
        opened={open === 'close'}
        onClose={close}
        title={t.closeTitle}
        text={t.closeText}
        confirm={t.close}
        isPending={move.isPending}
        error={move.error}
        onConfirm={() => move.mutate('close')}
      />
      {open === 'edit' && <EditDialog request={request} onClose={close} />}
      {open === 'retry' && <RetryDialog request={request} onClose={close} />}
      {open === 'clone' && <CloneDialog request={request} onClose={close} />}
      {open === 'add' && <AddDialog request={request} onClose={close} />}
    </>
  );
}

/** What is done more rarely: only what the API would do with the request as it stands. */
function menuItems(request: RequestDetail, runs: boolean, isTest: boolean) {
  const items: ('clone' | 'add' | 'close')[] = [];
  if (request.open && runs) items.push('add', 'close');
  if (!isTest && request.ingestedAt && request.loaded > 0) items.push('clone');
  return items;
}
