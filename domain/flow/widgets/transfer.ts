/** Connects the person with somebody else, and goes on when that one leaves or cannot be reached. */
import { z } from 'zod';
import { renderText } from '../../template.ts';
import { type Move, PLAIN, type WidgetKind, widgetId } from '../widget.ts';

const schema = z.strictObject({
  type: z.literal('transfer'),
  /** A telephone number. */
  to: z.string().min(1).max(200),
  /** Shown to the one who is called; that of this call unless given. */
  callerId: z.string().min(1).max(200).optional(),
  ringTimeoutMs: z.int().min(5_000).max(120_000).default(30_000),
  /** After the other has left. */
  next: widgetId.optional(),
  /** The other is busy, or declines. Without it, as `failed`. */
  busy: widgetId.optional(),
  /** Nobody answers. Without it, as `failed`. */
  noAnswer: widgetId.optional(),
  /** Anything else that kept the two apart. Without it, as `next`. */
  failed: widgetId.optional(),
});
export type TransferWidget = z.output<typeof schema>;

type Branch = 'next' | 'busy' | 'noAnswer' | 'failed';

/** Where outcomes of the second call lead; those not here, UNKNOWN among them, count as failed. */
const BRANCH_OF = new Map<string, Branch>([
  ['ANSWERED', 'next'],
  ['BUSY', 'busy'],
  ['DECLINED', 'busy'],
  ['NO_ANSWER', 'noAnswer'],
]);

/** What stands in for a branch that is left out. */
const FALLBACK: Record<Branch, Branch | undefined> = {
  busy: 'failed',
  noAnswer: 'failed',
  failed: 'next',
  next: undefined,
};

function follow(widget: TransferWidget, wanted: Branch, data: Record<string, string>): Move {
  let branch: Branch = wanted;
  for (let other = FALLBACK[branch]; widget[branch] === undefined && other; other = FALLBACK[branch]) {
    branch = other;
  }
  return { kind: 'GO', branch, to: widget[branch], notes: [{ event: 'TRANSFERRED', data }] };
}

const isNumber = (text: string): boolean => /^\+?[0-9][0-9 ().-]{2,24}$/.test(text);

export const transfer = {
  ...PLAIN,
  type: 'transfer',
  schema,
  edges: (widget: TransferWidget) => [
    { field: 'next', to: widget.next },
    ...(['busy', 'noAnswer', 'failed'] as const).flatMap((field) =>
      widget[field] === undefined ? [] : [{ field, to: widget[field] }],
    ),
  ],
  texts: (widget: TransferWidget) =>
    (['to', 'callerId'] as const).flatMap((field) => {
      const text = widget[field];
      return text === undefined ? [] : [{ field, text }];
    }),
  enter: (widget, { values, messageStep }) => {
    const to = renderText(widget.to, values).trim();
    if (!isNumber(to)) return follow(widget, 'failed', { outcome: 'NOT_PLACED', why: 'NO_NUMBER' });
    const callerId = widget.callerId === undefined ? '' : renderText(widget.callerId, values).trim();
    return {
      kind: 'ASK',
      effect: {
        type: 'TRANSFER',
        step: messageStep,
        to,
        callerId: isNumber(callerId) ? callerId : undefined,
        ringTimeoutMs: widget.ringTimeoutMs,
      },
    };
  },
  take: (widget, _context, event) => {
    if (event.type !== 'TRANSFERRED') return undefined;
    return follow(widget, BRANCH_OF.get(event.outcome) ?? 'failed', { outcome: event.outcome });
  },
} satisfies WidgetKind<TransferWidget>;
