/** Instant since 1970-01-01T00:00Z, or a duration, in milliseconds. */
export type Milliseconds = number;
/** 10·log10(likelihood ratio): +10 is ten times likelier. */
export type Decibans = number;
export type Bytes = number;
/** Share of one, 0 to 1. */
export type Ratio = number;

/** Base units, as Prometheus uses them. `count` is for things without a better word. */
export type BaseUnit =
  | 'seconds'
  | 'bytes'
  | 'ratio'
  | 'count'
  | 'packets'
  | 'segments'
  | 'connections'
  | 'requests'
  | 'pages'
  | 'operations'
  | 'tasks'
  | 'celsius'
  | 'bits'
  | 'hertz'
  | 'unknown';

/** Unit of a series: a base unit, or a rate of it. */
export type Unit = BaseUnit | `${BaseUnit}/second`;
