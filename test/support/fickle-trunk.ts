/** A trunk whose lines can be taken away and that can be made to refuse calls: what a carrier does now and then. */
import {
  type CallOrder,
  CannotSpeak,
  TrunkUnavailable,
  type VoiceTrunk,
} from '../../providers/voice/trunk.ts';

export interface FickleTrunk {
  /** Put around the real one. */
  around(trunk: VoiceTrunk): VoiceTrunk;
  /** Takes lines away, or back with undefined. Without keys: all of them; 0 is the default line. */
  away(why: string | undefined, keys?: number[]): void;
  /** Refuses the next so many calls although its lines are up. */
  refuse(calls: number): void;
  /** Calls that begin with a text are refused, as it cannot be spoken. Undefined: they are not. */
  mute(kind: CannotSpeak['kind'] | undefined): void;
  /** Every order so far, refused ones too. */
  orders: CallOrder[];
  /** `performance.now()` of each. */
  orderedAt: number[];
}

export function fickleTrunk(): FickleTrunk {
  const away = new Map<number, string>();
  let all: string | undefined;
  let toRefuse = 0;
  let muted: CannotSpeak['kind'] | undefined;
  let waiting: (() => void)[] = [];
  const fickle: FickleTrunk = {
    orders: [],
    orderedAt: [],
    away(why, keys) {
      if (keys === undefined) all = why;
      else for (const key of keys) why === undefined ? away.delete(key) : away.set(key, why);
      for (const resolve of waiting.splice(0)) resolve();
      waiting = [];
    },
    mute(kind) {
      muted = kind;
    },
    refuse(calls) {
      toRefuse = calls;
    },
    around: (trunk) =>
      new Proxy(trunk, {
        get(target, key) {
          if (key === 'state') {
            return (line?: { trunkId: number }) => {
              const why = all ?? away.get(line?.trunkId ?? 0);
              return why === undefined ? { up: true } : { up: false, why };
            };
          }
          if (key === 'stateChanged') return () => new Promise<void>((resolve) => void waiting.push(resolve));
          if (key === 'place') {
            return async (order: CallOrder) => {
              fickle.orders.push(order);
              fickle.orderedAt.push(performance.now());
              if (toRefuse > 0) {
                toRefuse -= 1;
                throw new TrunkUnavailable('503 service unavailable');
              }
              if (muted !== undefined && (order.opening ?? []).length > 0)
                throw new CannotSpeak(muted, 'no synthesiser');
              return target.place(order);
            };
          }
          const value: unknown = Reflect.get(target, key);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      }),
  };
  return fickle;
}
