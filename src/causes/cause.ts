import type { Decibans, Milliseconds, Unit } from '../types/units.js';
import type { SignalId } from '../signals/all.js';

/**
 * Whom a clue looks at: the pods that were hit, the node they live on, the other pods, pods that live by opening
 * connections, or any series of the dump.
 */
export type Where = 'affected' | 'node' | 'spared' | 'openers' | 'any';

/** What a cause predicts of the data. Declarative: the evidence layer alone interprets it. */
export type Expectation =
  /** The signal rises (falls) in the window by at least `atLeast`, if given, in the unit of the signal (rates: per second). */
  | {
      readonly kind: 'change';
      readonly signal: SignalId;
      readonly direction: 'up' | 'down';
      readonly where: Where;
      /** Smallest effect the cause must have, in the signal's unit; without it any significant change counts. */
      readonly atLeast?: number;
      /** The same, relative to the baseline: 0.5 = half as much again. */
      readonly atLeastRatio?: number;
    }
  /** The signal stays where it was; a change of `atMost` or less is no change. */
  | {
      readonly kind: 'flat';
      readonly signal: SignalId;
      readonly where: Where;
      readonly atMost?: number;
      readonly atMostRatio?: number;
    }
  /** A gauge comes near a limit that is another signal, a fact, or a level that nobody has to tell. */
  | {
      readonly kind: 'saturates';
      readonly signal: SignalId;
      readonly limit: SignalId | { readonly fact: string } | { readonly level: number };
      readonly ratio: number;
      readonly where: Where;
    }
  /** A fact holds: a precondition. */
  | {
      readonly kind: 'fact';
      readonly fact: string;
      readonly where: Where;
      readonly equals?: string | number | boolean;
      readonly above?: number;
      readonly below?: number;
    }
  /** An event of this kind happens in the window (`within` ms around it). */
  | { readonly kind: 'event'; readonly event: string; readonly within: Milliseconds; readonly where: Where }
  /** Most series of the nodes of the affected miss samples at once. */
  | { readonly kind: 'gap' }
  /** The signal rises, then plunges below its baseline. */
  | { readonly kind: 'compensation'; readonly signal: SignalId; readonly where: Where }
  /** The cause was at work for at least `share` of the stall: sum of a seconds-counter over the window against its length. */
  | { readonly kind: 'sufficient'; readonly signal: SignalId; readonly where: Where; readonly share: number }
  /** The signal's onset comes before (not after) the symptom's. */
  | { readonly kind: 'leads'; readonly signal: SignalId; readonly symptom: SignalId; readonly where: Where }
  /** Shape of the set of the affected. */
  | {
      readonly kind: 'scope';
      readonly is: 'one-pod' | 'one-workload' | 'one-node' | 'several-nodes' | 'all-pods' | 'dose';
    }
  /** A counter's lifetime total, or the difference of its two readings outside the window, is above zero: "has happened". */
  | { readonly kind: 'lifetime'; readonly signal: SignalId; readonly where: Where }
  /**
   * Of the CPU time that the nodes of the affected were busy more than usual, the share that a signal makes: at least
   * `atLeast` or at most `atMost` of it (one of the two).
   */
  | {
      readonly kind: 'cpu-share';
      readonly signal: 'cpu.cgroup.usage' | 'cpu.node.system' | 'cpu.node.user';
      readonly atLeast?: number;
      readonly atMost?: number;
    }
  /** Of the growth of `signal` over the affected pods, `part` makes at most the share `atMost`. */
  | { readonly kind: 'part'; readonly signal: SignalId; readonly part: SignalId; readonly atMost: number }
  /** A reading of the layer below holds. */
  | { readonly kind: 'reading'; readonly reading: string };

export interface Clue {
  readonly id: string;
  readonly expect: Expectation;
  /** English: what it means when it is seen. */
  readonly says: string;
  /** Weight against "unknown cause" when seen, and when it could have been seen and was not. */
  readonly ifSeen: Decibans;
  readonly ifAbsent: Decibans;
  /** Reason of the two weights. */
  readonly reason: string;
  /** Correlated clues: only the strongest of a group counts. */
  readonly group?: string;
  /** `mechanism`: its movement inside the window allows the verdict "confirmed". `precondition`: absence switches the cause off. */
  readonly role?: 'mechanism' | 'precondition' | 'decisive-event';
}

export interface Measurement {
  readonly id: string;
  /** Read-only and light; safe on a suffering process. */
  readonly command: string;
  readonly why: string;
  /** What the cause predicts for the output. */
  readonly expect: string;
}

export interface Remedy {
  readonly id: string;
  readonly do: string;
  readonly command: string;
  readonly verify: string;
  /** Signal that must change, and how, for `inquest verify`. */
  readonly watch?: { readonly signal: SignalId; readonly expect: 'zero' | 'down' | 'up'; readonly unit?: Unit };
}

export interface Reference {
  readonly title: string;
  readonly url?: string;
}

/** One root cause: knowledge as plain data, no code. Its id equals the file name. */
export interface Cause {
  readonly id: string;
  readonly title: string;
  /** Explains the chain to a stranger, in two to five sentences of Markdown. */
  readonly mechanism: string;
  /** The chain as short steps, for the diagram. */
  readonly chain: readonly string[];
  readonly benign?: boolean;
  /** Prior weight against the average cause, decibans; with a reason. */
  readonly prior?: { readonly weight: Decibans; readonly reason: string };
  readonly clues: readonly [Clue, ...Clue[]];
  /**
   * More general causes whose signs this one makes as well: once its own mechanism has been seen, they count for those
   * only as far as this one leaves open. A loss whose place is known is no evidence of another loss.
   */
  readonly explains?: readonly string[];
  readonly rivals?: readonly { readonly cause: string; readonly tellApart: string }[];
  readonly next: readonly Measurement[];
  readonly remedies: readonly Remedy[];
  readonly references: readonly Reference[];
}
