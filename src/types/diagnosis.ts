import type { Artefact } from './artefact.js';
import type { InquiryOptions } from './options.js';
import type { Finding } from './finding.js';
import type { Labels, Source } from './series.js';
import type { Decibans, Milliseconds, Ratio, Unit } from './units.js';
import type { Problem } from './problem.js';

export type IncidentVerdict = 'confirmed' | 'probable' | 'possible' | 'inconclusive' | 'benign';
export type HypothesisVerdict = 'confirmed' | 'probable' | 'possible' | 'excluded' | 'untested';
export type EvidenceVerdict = 'for' | 'against' | 'unknown';

/**
 * How a signal behaved in the window: it moved, it was observed flat (a change of `mde` would have been seen), it was
 * collected but is too coarse or noisy to tell, or it was not collected.
 */
export type ObservationState = 'up' | 'down' | 'flat' | 'blind' | 'absent';

/** What one signal did on one entity (or group) in the incident window against its reference period. */
export interface Observed {
  readonly change: number;
  /** Smallest change that would have been seen with 95 % power; null when blind or absent. */
  readonly mde: number | null;
  readonly unit: Unit;
  readonly state: ObservationState;
  readonly baseline: number | null;
  readonly peak: number | null;
  readonly p?: number;
  /** The most the change can have been, since a counter never runs backwards; absent for levels. */
  readonly ceiling?: number;
  /** What the change can have been, at least and at most, each with 95 % confidence; null where there is no telling. */
  readonly limits?: { readonly low: number | null; readonly high: number | null };
  /** Part of the change that surely fell into the window, since samples reach beyond it or leave gaps in it. */
  readonly certain?: Ratio;
}

/** A fact as evidence tells it. */
export interface FactValue {
  readonly name: string;
  readonly value: string | number | boolean;
  /** Given by the engineer, not read from the dump. */
  readonly assumed?: boolean;
}

export interface Evidence {
  readonly clue: string;
  readonly verdict: EvidenceVerdict;
  readonly weight: Decibans;
  readonly signal: string;
  readonly labels: Labels;
  readonly observed: Observed | null;
  /** English sentence. */
  readonly why: string;
  /** Ids of findings it rests on. */
  readonly findings: readonly string[];
  readonly sources: readonly Source[];
  /** Values of the facts it rests on. */
  readonly facts?: readonly FactValue[];
  /** Clues of one group count once: this one did not count because a stronger one of its group did. */
  readonly shadowed?: boolean;
  /** Another cause whose own mechanism was seen makes this sign as well, so that it counts less for this one. */
  readonly explainedBy?: string;
  /** What is missing to test the clue, when unknown. */
  readonly missing?: readonly string[];
}

export interface Hypothesis {
  readonly cause: string;
  readonly probability: Ratio;
  readonly weight: Decibans;
  readonly verdict: HypothesisVerdict;
  /** Share of its clues that the dump can test. */
  readonly coverage: Ratio;
  /** Could the cause explain a stall this long? null when it cannot be told. */
  readonly sufficient: boolean | null;
  /** Clues that tell so. */
  readonly sufficiency?: readonly string[];
  readonly evidence: readonly Evidence[];
}

/** A conclusion of the layer between findings and causes, each resting on several findings. */
export interface Reading {
  readonly id: string;
  readonly verdict: EvidenceVerdict;
  /** Values for the sentence of the reading. */
  readonly args: Readonly<Record<string, string | number>>;
  readonly findings: readonly string[];
  readonly signals: readonly string[];
  readonly sources: readonly Source[];
}

export interface PodRef {
  readonly node?: string;
  readonly namespace?: string;
  readonly pod?: string;
}

export interface Scope {
  readonly level: 'node' | 'workload' | 'pod' | 'path' | 'cluster' | 'unknown';
  readonly affected: readonly PodRef[];
  readonly spared: readonly PodRef[];
  /** Those of the spared on whom harm could not have been missed. */
  readonly clear?: readonly PodRef[];
  /** Findings and rows that say who was hit. */
  readonly findings: readonly string[];
  readonly sources: readonly Source[];
  /** Label that best tells affected from spared and the chance of so good a split (Fisher's exact test); null when too few. */
  readonly label?: { readonly name: string; readonly value: string; readonly p: number } | null;
  readonly dose: { readonly by: string; readonly tau: number; readonly p: number; readonly n: number } | null;
}

export interface NextEvidence {
  readonly command: string;
  readonly why: string;
  readonly splits: readonly string[];
  readonly bits: number;
  /** Measurement id, for other languages. */
  readonly id: string;
  /** What each cause predicts for the output. */
  readonly predictions: readonly { readonly cause: string; readonly expect: string }[];
}

export interface RemedyAdvice {
  readonly cause: string;
  readonly id: string;
  readonly do: string;
  readonly command: string;
  readonly verify: string;
}

export interface Incident {
  readonly id: string;
  readonly window: { readonly from: Milliseconds; readonly to: Milliseconds; readonly uncertainty: Milliseconds };
  readonly verdict: IncidentVerdict;
  readonly scope: Scope;
  readonly hypotheses: readonly Hypothesis[];
  readonly readings: readonly Reading[];
  /** The single piece of evidence that carries the verdict: without it the leading cause would be this likely. */
  readonly keystone: {
    readonly cause: string;
    readonly clue: string;
    readonly without: Ratio;
    readonly leader: string;
  } | null;
  readonly next: readonly NextEvidence[];
  readonly remedies: readonly RemedyAdvice[];
  /** Findings inside the window that belong to the incident. */
  readonly findings: readonly string[];
}

/** How finely things were sampled. */
export interface Sampling {
  readonly finest: Milliseconds;
  readonly typical: Milliseconds;
  readonly coarsest: Milliseconds;
}

/** What could have been seen of a symptom: the smallest change an episode of a given length would have had to make. */
export interface Visible {
  readonly signal: string;
  readonly unit: Unit;
  /** Series of the signal; the least sensitive of them speaks for all. */
  readonly series: number;
  readonly usual: number | null;
  /** Found with 95 % power; null where such an episode could have passed unseen. */
  readonly smallest: readonly { readonly duration: Milliseconds; readonly change: number | null }[];
  readonly sources: readonly Source[];
}

/** The product: plain JSON, `schema: 1`. */
export interface Diagnosis {
  readonly schema: 1;
  readonly tool: { readonly name: 'inquest'; readonly version: string };
  readonly dump: {
    readonly name: string;
    readonly sha256: string;
    /** Series, samples, facts and events of the case: what files say twice is counted once. */
    readonly series: number;
    readonly samples: number;
    readonly facts: number;
    readonly events: number;
    readonly files: readonly {
      readonly path: string;
      readonly importer: string | null;
      readonly series: number;
      readonly samples: number;
      readonly facts: number;
      readonly events: number;
      readonly problems: readonly Problem[];
    }[];
  };
  readonly span: { readonly from: Milliseconds; readonly to: Milliseconds };
  /** Distances of samples over all series that were looked at, ms; null when there are none. */
  readonly sampling: Sampling | null;
  /** What the engineer gave beforehand; absent when everything was taken from the data. */
  readonly given?: InquiryOptions;
  readonly incidents: readonly Incident[];
  /** Without an incident: what could have been seen. */
  readonly visible?: readonly Visible[];
  /** What the measuring did and not the system; samples it spoilt feed no clue. */
  readonly artefacts: readonly Artefact[];
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
}
