/** Settings of a flow: its name and kind of traffic, and how, when and how often it contacts people. */
import { Button, Fieldset, NumberInput, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { contactFields } from '../../../../domain/policy.ts';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { useMe } from '../../../session/me.ts';
import { builder } from '../../../strings/en/flow-builder.ts';
import { statuses } from '../../../strings/en/statuses.ts';
import { TrafficChip } from '../traffic-chip.tsx';
import { useBuilder } from './context.ts';
import { valueAt, withValue } from './draft.ts';
import { DurationInput } from './duration-input.tsx';
import type { Saving } from './saving.ts';
import { CallingHours, HolidayCalendars, Retries } from './settings-hours.tsx';
import { TrunkSelect } from './trunk-select.tsx';
import { useApproval } from './versions.tsx';
import { withoutPlace } from './widget-form.tsx';

const { settings: t } = builder;
const DEFAULTS = contactFields.parse({});

/** One setting: what it is, what stands in for it, and what is wrong with it. */
export function useSetting(path: string) {
  const { draft, edit, problems, isReadOnly } = useBuilder();
  const found = problems.find((one) => one.widget === undefined && one.field === `settings.${path}`);
  return {
    value: valueAt(draft.settings, path),
    fallback: valueAt(DEFAULTS, path),
    error: found && withoutPlace(found.message),
    disabled: isReadOnly,
    /** @param isTyped its letters are undone together */
    set: (value: unknown, isTyped = false): void =>
      edit(withValue(draft, `settings.${path}`, value), isTyped ? `settings.${path}` : undefined),
  };
}

export function SettingsForm({ saving }: { saving: Saving }) {
  return (
    <div className="builder-form">
      <About saving={saving} />
      <Group title={t.calls}>
        <CallerIds />
        <TrunkSelect />
        <Duration path="ringTimeoutMs" label={t.ringTimeoutMs} />
        <Duration path="maxCallMs" label={t.maxCallMs} />
        <Flag path="detectMachine" label={t.detectMachine} help={t.detectMachineHelp} />
        <Flag path="recordCalls" label={t.recordCalls} help={t.recordCallsHelp} />
        <Flag path="emailNotification" label={t.emailNotification} />
      </Group>
      <Group title={t.hours} help={t.hoursHelp}>
        <CallingHours />
        <HolidayCalendars />
        <Choice path="zonesBy" label={t.zonesBy} words={t.zones} />
      </Group>
      <Group title={t.retries} help={t.retriesHelp}>
        <Retries />
      </Group>
      <Group title={t.pace}>
        <Count path="concurrency" label={t.concurrency} />
        <Count path="callsPerSecond" label={t.callsPerSecond} />
      </Group>
      <Group title={t.rules}>
        <Category />
        <Choice path="onUnknown" label={t.onUnknown} words={t.unknowns} />
        <Choice path="onLate" label={t.onLate} words={t.lates} />
      </Group>
      <Group title={t.frequency} help={t.frequencyHelp}>
        <Count path="frequency.perDay" label={t.perDay} placeholder={t.noLimit} />
        <Duration path="frequency.gapMs" label={t.gap} placeholder={t.noLimit} />
      </Group>
      <Group title={t.dlt}>
        <Line path="dlt.entityId" label={t.entityId} />
        <Line path="dlt.templateId" label={t.templateId} />
      </Group>
    </div>
  );
}

export function Group(props: { title: string; help?: string; children: ReactNode }) {
  return (
    <Fieldset legend={props.title}>
      <Stack gap="xs">
        {props.help && <div className="builder-help">{props.help}</div>}
        {props.children}
      </Stack>
    </Fieldset>
  );
}

function About({ saving }: { saving: Saving }) {
  const { draft, edit, problems, isReadOnly } = useBuilder();
  const { operations } = useMe();
  const { flow, about, setAbout } = saving;
  const approve = useApproval(() => void saving.refresh());
  const language = problems.find((one) => one.widget === undefined && one.field === 'language');
  const published = flow.publishedVersion;
  const mayApprove =
    operations && flow.transactional && published !== null && flow.approvedVersion !== published;
  return (
    <Group title={t.flow}>
      <TextInput
        label={t.name}
        value={about.name}
        maxLength={200}
        disabled={isReadOnly}
        onChange={(event) => setAbout({ ...about, name: event.currentTarget.value })}
      />
      <TextInput label={t.type} description={t.typeFixed} value={statuses.flowType[flow.type]} disabled />
      <TextInput
        label={t.language}
        description={t.languageHelp}
        value={typeof draft.language === 'string' ? draft.language : ''}
        placeholder="en-IN"
        error={language && withoutPlace(language.message)}
        disabled={isReadOnly}
        onChange={(event) => edit({ ...draft, language: event.currentTarget.value || undefined }, 'language')}
      />
      <Switch
        size="xs"
        label={t.transactional}
        description={t.transactionalHelp}
        checked={about.transactional}
        disabled={isReadOnly}
        onChange={(event) => setAbout({ ...about, transactional: event.currentTarget.checked })}
      />
      <div>
        <TrafficChip flow={flow} />
      </div>
      <ProblemAlert error={approve.error} />
      {mayApprove && (
        <div>
          <Button loading={approve.isPending} onClick={() => approve.mutate(published)}>
            {t.approve(published)}
          </Button>
        </div>
      )}
    </Group>
  );
}

function Duration({ path, label, placeholder }: { path: string; label: string; placeholder?: string }) {
  const { value, fallback, error, disabled, set } = useSetting(path);
  return (
    <DurationInput
      label={label}
      error={error}
      disabled={disabled}
      valueMs={typeof value === 'number' ? value : undefined}
      fallbackMs={typeof fallback === 'number' ? fallback : undefined}
      {...(placeholder && { placeholder })}
      onChange={(ms) => set(ms, true)}
    />
  );
}

function Count({ path, label, placeholder }: { path: string; label: string; placeholder?: string }) {
  const { value, fallback, error, disabled, set } = useSetting(path);
  return (
    <NumberInput
      size="xs"
      label={label}
      error={error}
      disabled={disabled}
      min={0}
      thousandSeparator=" "
      value={typeof value === 'number' ? value : ''}
      placeholder={placeholder ?? String(fallback ?? '')}
      onChange={(next) => set(next === '' ? undefined : Number(next), true)}
    />
  );
}

function Flag({ path, label, help }: { path: string; label: string; help?: string }) {
  const { value, fallback, disabled, set } = useSetting(path);
  return (
    <Switch
      size="xs"
      label={label}
      description={help}
      disabled={disabled}
      checked={typeof value === 'boolean' ? value : fallback === true}
      onChange={(event) => set(event.currentTarget.checked)}
    />
  );
}

function Line({ path, label }: { path: string; label: string }) {
  const { value, error, disabled, set } = useSetting(path);
  return (
    <TextInput
      label={label}
      error={error}
      disabled={disabled}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => set(event.currentTarget.value || undefined, true)}
    />
  );
}

function Choice(props: { path: string; label: string; words: Readonly<Record<string, string>> }) {
  const { value, fallback, error, disabled, set } = useSetting(props.path);
  return (
    <Select
      size="xs"
      label={props.label}
      error={error}
      disabled={disabled}
      allowDeselect={false}
      value={String(value ?? fallback)}
      data={Object.entries(props.words).map(([one, label]) => ({ value: one, label }))}
      onChange={(next) => set(next ?? undefined)}
    />
  );
}

/** Which kinds there are is the language's to say; a kind without a word is shown by its name. */
function Category() {
  const { value, error, disabled, set } = useSetting('category');
  return (
    <Select
      size="xs"
      label={t.category}
      description={t.categoryHelp}
      error={error}
      disabled={disabled}
      allowDeselect={false}
      value={typeof value === 'string' ? value : ''}
      data={[
        { value: '', label: t.anyCategory },
        ...contactFields.shape.category
          .unwrap()
          .unwrap()
          .options.map((one) => ({ value: one, label: t.categories[one] ?? one })),
      ]}
      onChange={(next) => set(next || undefined)}
    />
  );
}

function CallerIds() {
  const { value, error, disabled, set } = useSetting('callerIds');
  const ids = Array.isArray(value) ? value.map(String) : [];
  return (
    <Textarea
      label={t.callerIds}
      description={t.callerIdsHelp}
      autosize
      minRows={1}
      maxRows={6}
      error={error}
      disabled={disabled}
      value={ids.join('\n')}
      onChange={(event) => {
        const lines = event.currentTarget.value === '' ? [] : event.currentTarget.value.split('\n');
        set(lines.length === 0 ? undefined : lines, true);
      }}
      // An empty line was pressed on the way to the next one.
      onBlur={() => ids.some((one) => one.trim() === '') && set(ids.filter((one) => one.trim() !== ''))}
    />
  );
}
