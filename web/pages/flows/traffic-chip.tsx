/** Whether a flow is promotional or transactional, and what operations said of it. */
import type { FlowSummary } from '../../../client/index.ts';
import { Chip, type Tone } from '../../parts/status-chip.tsx';
import { flows as t } from '../../strings/en/flows.ts';
import { type Traffic, trafficOf } from './data.ts';

const TONES: Record<Traffic, Tone> = {
  promotional: 'idle',
  approved: 'good',
  waiting: 'held',
  unpublished: 'idle',
};

export function TrafficChip({
  flow,
}: {
  flow: Pick<FlowSummary, 'transactional' | 'publishedVersion' | 'approvedVersion'>;
}) {
  const traffic = trafficOf(flow);
  return (
    <span title={t.trafficHelp[traffic]}>
      <Chip tone={TONES[traffic]}>{t.traffic[traffic]}</Chip>
    </span>
  );
}
