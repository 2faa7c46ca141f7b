import { get, list, num, str } from '../dump/json.js';
import type { Labels } from '../types/series.js';
import { labelsOf } from '../series/expression.js';

/** A column of a data frame. */
export interface Field {
  readonly name: string;
  readonly type: 'time' | 'number' | 'string' | 'boolean' | 'other';
  readonly labels: Labels;
  readonly displayName: string | undefined;
  readonly unit: string | undefined;
  readonly values: readonly unknown[];
  /** Nanoseconds beyond the ms of a time. */
  readonly nanos: readonly unknown[];
  /** Rows whose number JSON cannot hold. */
  readonly special: ReadonlyMap<number, number>;
}

/** A data frame, of whatever generation. */
export interface DataFrame {
  readonly name: string | undefined;
  readonly refId: string | undefined;
  /** Query that was run, where the frame says so. */
  readonly expression: string | undefined;
  readonly type: string | undefined;
  readonly fields: readonly Field[];
  /** Title of the panel that it was found in. */
  readonly panel: string | undefined;
}

const ENTITIES: readonly (readonly [string, number])[] = [
  ['NaN', Number.NaN],
  ['Inf', Number.POSITIVE_INFINITY],
  ['NegInf', Number.NEGATIVE_INFINITY],
];

/** A frame of a JSON value: `{schema, data}`, the older `{fields: [{values}]}`, or a series `{target, datapoints}`. */
export function frameOf(value: unknown, panel?: string, expression?: string): DataFrame | undefined {
  if (Array.isArray(get(value, 'datapoints')) || Array.isArray(get(value, 'points')))
    return seriesFrame(value, panel, expression);
  const schema = get(value, 'schema');
  const described = list(get(schema ?? value, 'fields'));
  if (described.length === 0) return undefined;
  const meta = get(schema ?? value, 'meta');
  const fields = described.map((field, i) => fieldOf(field, value, i));
  return {
    name: str(get(schema ?? value, 'name')),
    refId: str(get(schema ?? value, 'refId')),
    expression: executed(str(get(meta, 'executedQueryString'))) ?? expression,
    type: str(get(meta, 'type')),
    fields,
    panel,
  };
}

function fieldOf(field: unknown, frame: unknown, index: number): Field {
  const own = get(field, 'values');
  const buffered = get(own, 'buffer');
  const values = Array.isArray(own)
    ? own
    : Array.isArray(buffered)
      ? buffered
      : list(get(frame, 'data', 'values'))[index];
  const special = new Map<number, number>();
  const entities = list(get(frame, 'data', 'entities'))[index] ?? get(field, 'entities');
  for (const [name, number] of ENTITIES) for (const row of list(get(entities, name))) special.set(num(row), number);
  return {
    name: str(get(field, 'name')) ?? '',
    type: typeOf(str(get(field, 'type'))),
    labels: labelsFrom(get(field, 'labels')),
    displayName: str(get(field, 'config', 'displayNameFromDS')) ?? str(get(field, 'config', 'displayName')),
    unit: str(get(field, 'config', 'unit')),
    values: list(values),
    nanos: list(list(get(frame, 'data', 'nanos'))[index] ?? get(field, 'nanos')),
    special,
  };
}

function typeOf(type: string | undefined): Field['type'] {
  return type === 'time' || type === 'number' || type === 'string' || type === 'boolean' ? type : 'other';
}

function labelsFrom(value: unknown): Labels {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return labelsOf([]);
  return labelsOf(Object.entries(value).map(([name, text]) => [name, String(text)] as const));
}

/** `Expr: rate(x[1m])\nStep: 15s` → `rate(x[1m])`. */
function executed(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const match = /^Expr: ?([^\n]{0,16000})/.exec(text);
  const expression = match?.[1]?.trim();
  return expression === undefined || expression === '' ? undefined : expression;
}

/**
 * `{"target": "x", "datapoints": [[value, ms], …]}`, or `name` and `points`: the value comes first. Graphite itself
 * answers in the same form, in seconds.
 */
function seriesFrame(value: unknown, panel: string | undefined, expression: string | undefined): DataFrame {
  const points = list(get(value, 'datapoints') ?? get(value, 'points')).map(list);
  const seconds = points.length > 0 && points.every((point) => num(point[1]) < 1e11);
  const times = points.map((point) => (seconds ? num(point[1]) * 1000 : point[1]));
  const base = { displayName: undefined, unit: str(get(value, 'unit')), nanos: [], special: new Map<number, number>() };
  const name = str(get(value, 'target')) ?? str(get(value, 'title')) ?? str(get(value, 'name')) ?? '';
  const labels = labelsFrom(get(value, 'tags'));
  return {
    name: undefined,
    refId: str(get(value, 'refId')),
    expression,
    type: undefined,
    panel,
    fields: [
      { ...base, name: 'Time', type: 'time', labels: labelsOf([]), values: times },
      { ...base, name, type: 'number', labels, values: points.map((point) => point[0]) },
    ],
  };
}

/** Every frame in a document: query answers, frame lists, dashboard snapshots. */
export function* framesIn(value: unknown): Generator<DataFrame> {
  const results = get(value, 'results');
  if (typeof results === 'object' && results !== null) {
    for (const result of Object.values(results)) {
      yield* framesOf([...list(get(result, 'frames')), ...list(get(result, 'series'))]);
    }
    return;
  }
  if (Array.isArray(value)) yield* framesOf(value);
  else if (Array.isArray(get(value, 'frames'))) yield* framesOf(list(get(value, 'frames')));
  // the inspector's "panel data", with annotations and the request beside it
  else if (Array.isArray(get(value, 'series'))) yield* framesOf(list(get(value, 'series')));
  else if (get(value, 'schema') !== undefined || Array.isArray(get(value, 'datapoints'))) yield* framesOf([value]);
  else yield* snapshots(value);
}

function* framesOf(values: readonly unknown[], panel?: string, expression?: string): Generator<DataFrame> {
  for (const value of values) {
    const frame = frameOf(value, panel, expression);
    if (frame !== undefined) yield frame;
  }
}

function* snapshots(value: unknown): Generator<DataFrame> {
  for (const panel of panelsOf(value)) {
    const title = str(get(panel, 'title'));
    const targets = list(get(panel, 'targets'));
    const expression = (refId: string | undefined): string | undefined => {
      const own = targets.find((target) => str(get(target, 'refId')) === refId);
      return str(get(own ?? (targets.length === 1 ? targets[0] : undefined), 'expr'));
    };
    for (const data of list(get(panel, 'snapshotData')))
      yield* framesOf([data], title, expression(str(get(data, 'refId')) ?? str(get(data, 'schema', 'refId'))));
    for (const target of targets) yield* framesOf(list(get(target, 'snapshotData')), title, str(get(target, 'expr')));
  }
}

const MAX_PANELS = 10_000;

/** Panels of a dashboard, those inside rows and collapsed rows as well, rows themselves included. */
export function panelsOf(value: unknown): readonly unknown[] {
  const dashboard = get(value, 'dashboard') ?? value;
  const found: unknown[] = [];
  const open: unknown[] = [...list(get(dashboard, 'rows')), ...list(get(dashboard, 'panels'))];
  while (open.length > 0 && found.length < MAX_PANELS) {
    const panel = open.shift();
    found.push(panel);
    open.unshift(...list(get(panel, 'panels')));
  }
  return found;
}
