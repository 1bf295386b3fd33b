/** The builder around its views: what is edited, what is wrong with it, and what is done with it. */
import { ActionIcon, Button, Drawer, NativeSelect, SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { PlayIcon, PlusIcon, RedoIcon, UndoIcon } from '@primer/octicons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useDeferredValue, useMemo, useReducer, useState } from 'react';
import type { Flow } from '../../../../client/index.ts';
import { checkFlow } from '../../../../domain/flow/check.ts';
import type { FlowProblem } from '../../../../domain/flow/problem.ts';
import { Page } from '../../../parts/page.tsx';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { Chip } from '../../../parts/status-chip.tsx';
import { useMay, useMe } from '../../../session/me.ts';
import { common } from '../../../strings/en/common.ts';
import { builder as t } from '../../../strings/en/flow-builder.ts';
import { contextQuery } from '../data.ts';
import { FLOW_VIEWS, type FlowView } from '../search.ts';
import { TrafficChip } from '../traffic-chip.tsx';
import { TryOut } from '../try-out/dialogue.tsx';
import { ConflictDialogue } from './conflict.tsx';
import { type Adding, type Builder, BuilderProvider } from './context.ts';
import { addWidget, type Draft, removeWidgets } from './draft.ts';
import { begin, take } from './history.ts';
import { JsonView } from './json-view.tsx';
import { useBuilderKeys } from './keys.ts';
import { LeavingDialogue } from './leaving.tsx';
import { Outline } from './outline.tsx';
import { BackLink } from './page.tsx';
import { Palette } from './palette.tsx';
import { countsOf, errorsOf, ProblemList } from './problems.tsx';
import { PublishDialogue } from './publishing.tsx';
import { isChanged, useSaving } from './saving.ts';
import { SettingsForm } from './settings-form.tsx';
import { variableNames } from './shape.ts';
import { VariablesForm } from './variables-form.tsx';
import { VersionsView } from './versions.tsx';
import { WidgetForm } from './widget-form.tsx';

// The drawing library is of use on the canvas alone.
const Canvas = lazy(async () => ({ default: (await import('./canvas.tsx')).Canvas }));

/** As `styles.css` has it. */
const NARROW = '(max-width: 48em)';

/** What is wrong with a draft, as far as can be said here. Typing is not held up by it. */
function useProblems(draft: Draft): {
  problems: readonly FlowProblem[];
  context: ReturnType<typeof useContext>;
} {
  const context = useContext();
  const rested = useDeferredValue(draft);
  const problems = useMemo(() => {
    const known = context ?? { userKeys: [], plainHttpWebhooks: true };
    const found = checkFlow(rested, known).problems;
    // Which account-wide values there are is not known yet.
    return context ? found : found.filter(({ code }) => code !== 'UNKNOWN_USER_VARIABLE');
  }, [rested, context]);
  return { problems, context };
}

function useContext() {
  const { account } = useMe();
  return useQuery(contextQuery(account?.id)).data;
}

export function FlowEditor(props: { flow: Flow; initial: Draft; isMended: boolean }) {
  const [history, dispatch] = useReducer(take, props.initial, begin);
  const draft = history.present;
  const saving = useSaving(props.flow, props.initial, props.isMended);
  const { flow, save } = saving;
  const { problems, context } = useProblems(draft);
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [jump, setJump] = useState<Builder['jump']>();
  const [adding, setAdding] = useState<Adding>();
  const [open, setOpen] = useState<'try' | 'publish' | 'problems'>();
  const isNarrow = useMediaQuery(NARROW, window.matchMedia(NARROW).matches);
  const { view: wanted = 'canvas' } = useSearch({ from: '/frame/flows/$id' });
  const view: FlowView = isNarrow && wanted === 'canvas' ? 'list' : wanted;
  const navigate = useNavigate({ from: '/flows/$id' });
  const isReadOnly = !useMay()('flows:write');
  const isDirty = !isReadOnly && (draft !== saving.saved || saving.isAboutChanged);
  const go = (next: FlowView): void =>
    void navigate({ search: next === 'canvas' ? {} : { view: next }, replace: true });

  const builder: Builder = {
    flow,
    draft,
    problems,
    variables: useMemo(() => variableNames(draft), [draft]),
    userKeys: context?.userKeys ?? [],
    promptNames: context?.promptNames,
    isReadOnly,
    selected,
    jump,
    edit: (next, of) => dispatch({ type: 'edit', draft: next, of, at: Date.now() }),
    select: setSelected,
    jumpTo: (id, toForm = false) => {
      if (view !== 'canvas' && view !== 'list') go('canvas');
      setSelected([id]);
      setJump((old) => ({ id, count: (old?.count ?? 0) + 1, toForm }));
    },
    ask: setAdding,
    add: (type, where) => {
      const added = addWidget(draft, type, where);
      builder.edit(added.draft);
      builder.jumpTo(added.id, true);
      return added.id;
    },
    remove: (ids) => {
      builder.edit(removeWidgets(draft, ids));
      setSelected([]);
    },
  };
  const saveNow = (): void => {
    if (isDirty && !save.isPending) save.mutate({ draft });
  };
  useBuilderKeys(builder, { dispatch, save: saveNow, isOn: view === 'canvas' || view === 'list' });
  const isBuilding = view === 'canvas' || view === 'list';
  const chosen = selected.length === 1 ? selected[0] : undefined;
  const views = FLOW_VIEWS.filter((one) => !(isNarrow && one === 'canvas')).map((value) => ({
    value,
    label: t.views[value],
  }));
  return (
    <BuilderProvider value={builder}>
      <Page
        title={saving.about.name || flow.name}
        beside={
          <>
            <TrafficChip flow={flow} />
            {isDirty && <Chip tone="held">{t.unsaved}</Chip>}
          </>
        }
        actions={
          <>
            <Button variant="default" leftSection={<PlayIcon size={14} />} onClick={() => setOpen('try')}>
              {t.tryOut}
            </Button>
            {!isReadOnly && (
              <>
                <Button variant="default" onClick={saveNow} disabled={!isDirty} loading={save.isPending}>
                  {t.save}
                </Button>
                <Button onClick={() => setOpen('publish')}>{t.publish}</Button>
              </>
            )}
          </>
        }
      >
        <BackLink />
        {isReadOnly && <div className="builder-help">{t.readOnly}</div>}
        <ProblemAlert error={isChanged(save.error) ? null : save.error} onRetry={saveNow} />
        <div className="builder-bar">
          {isNarrow ? (
            <NativeSelect
              aria-label={t.views.label}
              value={view}
              data={views}
              onChange={(event) => go(event.currentTarget.value as FlowView)}
            />
          ) : (
            <SegmentedControl
              aria-label={t.views.label}
              size="xs"
              value={view}
              data={views}
              onChange={(value) => go(value as FlowView)}
            />
          )}
          {!isReadOnly && (
            <>
              <ActionIcon
                variant="default"
                size="md"
                title={t.undo}
                aria-label={t.undo}
                disabled={history.past.length === 0}
                onClick={() => dispatch({ type: 'undo' })}
              >
                <UndoIcon size={14} />
              </ActionIcon>
              <ActionIcon
                variant="default"
                size="md"
                title={t.redo}
                aria-label={t.redo}
                disabled={history.future.length === 0}
                onClick={() => dispatch({ type: 'redo' })}
              >
                <RedoIcon size={14} />
              </ActionIcon>
              {isBuilding && (
                <Button variant="default" leftSection={<PlusIcon size={14} />} onClick={() => setAdding({})}>
                  {t.add}
                </Button>
              )}
              {view === 'canvas' && draft.layout && (
                <Button variant="subtle" onClick={() => builder.edit({ ...draft, layout: undefined })}>
                  {t.tidy}
                </Button>
              )}
            </>
          )}
          <Button
            className="problems"
            variant="subtle"
            color={errorsOf(problems).length > 0 ? 'red' : 'gray'}
            onClick={() => setOpen('problems')}
          >
            {countsOf(problems) || t.problems.none}
          </Button>
        </div>
        <div className="builder">
          <div className="main">
            {view === 'canvas' && (
              <Suspense fallback={null}>
                <Canvas />
              </Suspense>
            )}
            {view === 'list' && <Outline />}
            {view === 'settings' && <SettingsForm saving={saving} />}
            {view === 'variables' && <VariablesForm />}
            {view === 'versions' && <VersionsView />}
            {view === 'json' && <JsonView />}
          </div>
          {isBuilding && !isNarrow && (
            <aside className="side" aria-label={chosen ?? t.problems.title}>
              {chosen ? <WidgetForm id={chosen} /> : <Hints />}
            </aside>
          )}
        </div>
        {isNarrow && isBuilding && (
          <Drawer
            opened={chosen !== undefined}
            onClose={() => setSelected([])}
            position="bottom"
            size="92%"
            title={chosen}
            closeButtonProps={{ 'aria-label': t.form.close }}
          >
            {chosen && <WidgetForm id={chosen} />}
          </Drawer>
        )}
        <Drawer
          opened={open === 'problems'}
          onClose={() => setOpen(undefined)}
          position="right"
          title={t.problems.title}
          closeButtonProps={{ 'aria-label': common.close }}
        >
          <ProblemList onJump={() => setOpen(undefined)} />
        </Drawer>
        {adding && <Palette adding={adding} onClose={() => setAdding(undefined)} />}
        {open === 'try' && <TryOut onClose={() => setOpen(undefined)} />}
        {open === 'publish' && (
          <PublishDialogue saving={saving} isDirty={isDirty} onClose={() => setOpen(undefined)} />
        )}
        {saving.theirs && (
          <ConflictDialogue
            saving={saving}
            theirs={saving.theirs}
            onTheirs={(theirDraft) => {
              dispatch({ type: 'load', draft: theirDraft });
              setSelected([]);
            }}
          />
        )}
        <LeavingDialogue isDirty={isDirty} saving={saving} />
      </Page>
    </BuilderProvider>
  );
}

/** What stands beside the canvas while no widget is chosen. */
function Hints() {
  return (
    <>
      <h2 className="builder-side-title">{t.problems.title}</h2>
      <ProblemList />
      <p className="builder-help">{t.canvas.keys}</p>
    </>
  );
}
