import type { Importer, Sink } from './importer.js';

const HEAD =
  /^(Ring parameters|Channel parameters|Coalesce parameters|Pause parameters|Features|Offload parameters|Settings|Time stamping parameters|Private flags) for (\S{1,64}?)[:：]$/;
/** Heads → what their values are called. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['Ring parameters', 'ring'],
  ['Channel parameters', 'channels'],
  ['Coalesce parameters', 'coalesce'],
  ['Pause parameters', 'pause'],
  ['Features', 'feature'],
  ['Offload parameters', 'feature'],
  ['Settings', 'link'],
  ['Time stamping parameters', 'timestamping'],
  ['Private flags', 'flag'],
]);
const FIELD = /^\s{0,16}([A-Za-z][\w /+().-]{0,60}?)\s{0,20}:\s{0,20}(.{0,200})$/;
const DRIVER = ['driver', 'version', 'firmware-version', 'bus-info', 'supports-statistics'];

/**
 * `ethtool` without `-S`: the settings of a network card, as facts: rings (`-g`, now and at most), channels (`-l`),
 * interrupt moderation (`-c`), offloads (`-k`), the driver (`-i`), speed and link.
 *
 *     Ring parameters for eth0:
 *     Pre-set maximums:
 *     RX:             4096
 *     Current hardware settings:
 *     RX:             256
 */
export const ethtoolSettings: Importer = {
  id: 'ethtool-settings',
  title: 'ethtool, settings of a network card',
  format: { reference: 'https://man7.org/linux/man-pages/man8/ethtool.8.html', versions: 'ethtool 3 to 6' },
  sniff({ lines }) {
    const start = lines.slice(0, 60);
    if (start.some((line) => HEAD.test(line))) return 0.97;
    const names = new Set(start.map((line) => FIELD.exec(line)?.[1]));
    return DRIVER.every((name) => names.has(name)) ? 0.95 : 0;
  },
  async read(file, sink) {
    const state = { kind: 'driver', device: '', part: '', facts: 0 };
    const kinds = new Set<string>();
    let number = 0;
    for await (const line of file.lines()) {
      number++;
      const head = HEAD.exec(line.trimEnd());
      if (head !== null) {
        state.kind = KINDS.get(head[1]!)!;
        state.device = head[2]!;
        state.part = '';
        sink.passed(number);
        continue;
      }
      // one device after the other in a script: every list of a driver begins anew
      if (/^driver: /.test(line)) Object.assign(state, { kind: 'driver', device: '', part: '' });
      if (put(sink, line, state, number)) kinds.add(state.kind);
    }
    if (state.facts === 0) sink.problem('NO_ROWS');
    sink.format(`ethtool, ${[...kinds].join(', ')}`);
  },
};

interface State {
  readonly kind: string;
  readonly device: string;
  part: string;
  facts: number;
}

/** States one line as a fact; true when it is one. */
function put(sink: Sink, line: string, state: State, number: number): boolean {
  const [, name = '', value = ''] = FIELD.exec(line) ?? [];
  if (name === '') return false;
  sink.passed(number);
  if (/^(?:Pre-set maximums|Current hardware settings)$/.test(name)) {
    state.part = name.startsWith('Pre') ? '.maximum' : '';
    return false;
  }
  if (value === '' || value === 'n/a') return false;
  const own = name
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]{1,60}/g, '_');
  // `Adaptive RX: off  TX: off` is two
  const both = own === 'adaptive_rx' ? /^(\S{1,20})\s{1,8}TX: (\S{1,20})$/.exec(value) : null;
  fact(sink, state, own, both?.[1] ?? value.trim(), number);
  if (both !== null) fact(sink, state, 'adaptive_tx', both[2]!, number);
  return true;
}

function fact(sink: Sink, state: State, name: string, value: string, line: number): void {
  const labels = state.device === '' ? sink.context : { ...sink.context, device: state.device };
  const told = /^-?\d{1,15}$/.test(value) ? Number(value) : value;
  sink.fact(`ethtool.${state.kind}.${name}${state.part}`, told, { labels, line });
  state.facts++;
}
