/** What `sms` and `email` share: where a settled message leads. */
import type { Edge, Move } from './widget.ts';
import { widgetId } from './widget.ts';

export const messagingFields = {
  next: widgetId.optional(),
  /** Where a message that certainly did not arrive leads. Without it, as `next`. */
  failed: widgetId.optional(),
};

interface MessagingWidget {
  next?: string | undefined;
  failed?: string | undefined;
}

/** Outcomes after which the person certainly does not have the message. `UNKNOWN` is not one of them. */
const FAILED = new Set(['UNDELIVERED', 'REJECTED', 'BOUNCED', 'BLOCKED', 'CANCELLED', 'EXPIRED']);

export const messagingEdges = (widget: MessagingWidget): Edge[] => [
  { field: 'next', to: widget.next },
  ...(widget.failed === undefined ? [] : [{ field: 'failed', to: widget.failed }]),
];

/** Goes on after a message has settled. */
export function settled(widget: MessagingWidget, event: 'SMS' | 'EMAIL', outcome: string): Move {
  const failed = FAILED.has(outcome) && widget.failed !== undefined;
  const notes = [{ event, data: { outcome } }];
  return { kind: 'GO', branch: failed ? 'failed' : 'next', to: failed ? widget.failed : widget.next, notes };
}

/** Goes on without a message: there is nowhere to send it, or nothing to say. */
export function unsent(widget: MessagingWidget, event: 'SMS' | 'EMAIL', why: string): Move {
  const failed = widget.failed !== undefined;
  const notes = [{ event, data: { outcome: 'NOT_SENT', why } }];
  return { kind: 'GO', branch: failed ? 'failed' : 'next', to: failed ? widget.failed : widget.next, notes };
}
