import type { Draft } from './draft.js';
import { fold, type Part } from './fold.js';
import { joinPieces, onlyReplica, sameScrape } from './join.js';
import { succeeded, succeeds } from './incarnations.js';
import { medianStep, seriesKey } from './key.js';
import { omit, REPLICA } from './labels.js';
import { unwrapped } from './rate.js';

/** Interfaces that repeat the traffic of others, or never leave the machine. */
const VIRTUAL =
  /^(lo|veth|cali|lxc|cni|docker|br-|virbr|flannel|cilium|kube-ipvs|nodelocaldns|dummy|ifb|tunl|tun|tap|vxlan|gre|sit|ip6tnl|eni.*_|nerdctl)/;
/** Devices that repeat the traffic of the disks below them, or hold none. */
const PSEUDO = /^(loop|ram|zram|sr|fd)\d/;

/**
 * Drafts of the same thing brought together: pieces and copies joined, host-wide copies reduced to one, parts folded as
 * the catalogue asks. The order is that of first appearance.
 */
export function mergeDrafts(drafts: readonly Draft[]): Draft[] {
  const joined = joinCopies(drafts);
  const host = oncePerNode(joined);
  return foldGroups(host);
}

function groupsOf(drafts: readonly Draft[], key: (draft: Draft) => string): Draft[][] {
  const groups = new Map<string, Draft[]>();
  for (const draft of drafts) {
    const k = key(draft);
    const group = groups.get(k);
    if (group === undefined) groups.set(k, [draft]);
    else group.push(draft);
  }
  return [...groups.values()];
}

function identity(draft: Draft): string {
  return `${draft.importer} ${draft.kind === 'rate' ? `rate ${draft.window ?? 0}` : ''} ${draft.name} ${seriesKey(draft.signal, draft.labels)}`;
}

/** Same importer, name and labels: pieces of one series, copies by replicas, or things told apart only by their scrape. */
function joinCopies(drafts: readonly Draft[]): Draft[] {
  const out: Draft[] = [];
  for (const group of groupsOf(drafts, identity)) {
    const kept: Draft[] = [];
    for (const draft of group) {
      const index = kept.findIndex((other) => joinable(other, draft));
      if (index < 0) kept.push(draft);
      else
        kept[index] = succeeds(kept[index]!, draft) ? succeeded(kept[index]!, draft) : joinPieces(kept[index]!, draft);
    }
    if (kept.length === 1) out.push(kept[0]!);
    else out.push(...toldApart(kept));
  }
  return out;
}

/** Whether two drafts can be one: they agree wherever both speak, or they differ only in the replica that collected them. */
function joinable(a: Draft, b: Draft): boolean {
  if (onlyReplica(a.scrape, b.scrape) || succeeds(a, b)) return true;
  if (a.time.length === 0 || b.time.length === 0) return true;
  if (apart(a, b) && (sameScrape(a.scrape, b.scrape) || follow(a, b))) return true;
  let i = 0;
  let j = 0;
  let common = 0;
  while (i < a.time.length && j < b.time.length) {
    if (a.time[i]! < b.time[j]!) i++;
    else if (a.time[i]! > b.time[j]!) j++;
    else {
      if (!Object.is(a.value[i], b.value[j])) return false;
      common++;
      i++;
      j++;
    }
  }
  return common > 0 || sameScrape(a.scrape, b.scrape);
}

/** Whether one ends before the other begins. */
function apart(a: Draft, b: Draft): boolean {
  return a.time.at(-1)! < b.time[0]! || b.time.at(-1)! < a.time[0]!;
}

/** A series ends under one name of its collector and goes on under another within so many steps. */
const FOLLOWING = 5;

/** Whether one takes over where the other ends: the collector was moved or renamed, what it measures stayed. */
function follow(a: Draft, b: Draft): boolean {
  if (a.time.length < 2 || b.time.length < 2) return false;
  const [early, late] = a.time[0]! < b.time[0]! ? [a, b] : [b, a];
  const step = Math.min(medianStep(early.time), medianStep(late.time));
  return late.time[0]! - early.time.at(-1)! <= FOLLOWING * step;
}

/** Series that clash once the labels of the scrape are gone keep those of them that differ. */
function toldApart(clash: readonly Draft[]): Draft[] {
  const names = new Set(clash.flatMap(({ scrape }) => Object.keys(scrape)));
  const telling = [...names].filter(
    (name) => !REPLICA.has(name) && new Set(clash.map(({ scrape }) => scrape[name])).size > 1,
  );
  return clash.map((draft) => {
    const labels = { ...draft.labels };
    for (const name of telling) if (draft.scrape[name] !== undefined) labels[name] = draft.scrape[name];
    return { ...draft, labels };
  });
}

/** Of numbers of the whole host read through several pods, the one read on the host itself, or one of equal ones. */
function oncePerNode(drafts: readonly Draft[]): Draft[] {
  const out: Draft[] = [];
  for (const group of groupsOf(drafts, identity)) {
    const own = group.filter(({ borrowed }) => !borrowed);
    out.push(...(own.length > 0 ? own : group.slice(0, 1)));
  }
  return sharedByPods(out);
}

/** Series of several pods of one node that are equal in every sample and not constant speak of the node. */
function sharedByPods(drafts: readonly Draft[]): Draft[] {
  const drop = new Map<Draft, Draft | null>();
  const pods = drafts.filter(({ level, labels }) => level === 'pod' && labels['pod'] !== undefined);
  const key = (draft: Draft): string =>
    identity({ ...draft, labels: { ...draft.labels, pod: '', namespace: '', container: '' } });
  for (const group of groupsOf(pods, key)) {
    const first = group[0]!;
    if (group.length < 2 || !varies(first.value) || !group.every((other) => equal(first, other))) continue;
    const labels = omit(first.labels, ['pod', 'namespace', 'container']);
    for (const draft of group) drop.set(draft, null);
    drop.set(first, { ...first, labels });
  }
  if (drop.size === 0) return [...drafts];
  return drafts.flatMap((draft) => {
    const replacement = drop.get(draft);
    return replacement === undefined ? [draft] : replacement === null ? [] : [replacement];
  });
}

function varies(value: Float64Array): boolean {
  return value.some((x) => x !== value[0] && !Number.isNaN(x));
}

function equal(a: Draft, b: Draft): boolean {
  if (a.time.length !== b.time.length) return false;
  for (let i = 0; i < a.time.length; i++)
    if (a.time[i] !== b.time[i] || !Object.is(a.value[i], b.value[i])) return false;
  return true;
}

function foldGroups(drafts: readonly Draft[]): Draft[] {
  const out: Draft[] = [];
  const foldable: Draft[] = [];
  for (const draft of drafts) (draft.catalogue?.fold === undefined ? out : foldable).push(draft);
  const rest = (draft: Draft): Record<string, string> => omit(draft.labels, draft.catalogue!.fold!.over);
  for (const group of groupsOf(foldable, (draft) => identity({ ...draft, labels: rest(draft) }))) {
    const first = group[0]!;
    const rule = first.catalogue!.fold!;
    const ofOne = rule.by === 'max' || rule.by === 'min';
    if (ofOne && !group.some(({ labels }) => rule.over.some((name) => labels[name] !== undefined))) continue;
    const parts = distinctParts(group);
    const wraps = first.catalogue!.wraps === 32 && first.kind === 'counter';
    const ready: Part[] = wraps ? parts.map((part) => ({ ...part, value: unwrapped(part.value) })) : parts;
    const how = parts.length > 1 ? `${rule.by} of ${parts.length} over ${rule.over.join(', ')}` : undefined;
    const conversion = [first.conversion, how].filter((part) => part !== undefined).join(', ');
    const result = fold(ready, {
      by: rule.by,
      counter: first.kind === 'counter',
      fromZero: rule.over.includes('tid') || rule.over.includes('container'),
      ...(rule.over.includes('tid') && scans(parts)),
    });
    out.push({
      ...parts[0]!,
      labels: rest(first),
      ...result,
      ...(conversion !== '' && { conversion }),
      ...(parts.length > 1 && { parts: parts.length }),
    });
  }
  return out;
}

/** Threads are looked at more rarely than their process: the sum is known only when they were. */
function scans(parts: readonly Draft[]): { times?: Float64Array } {
  const times = new Set<number>();
  for (const { labels, time } of parts) if (labels['tid'] !== undefined) for (const t of time) times.add(t);
  return times.size < 2 ? {} : { times: Float64Array.from(times).sort() };
}

/** Without totals that stand beside their parts, and without devices that repeat the traffic of others. */
function distinctParts(group: Draft[]): Draft[] {
  let parts = group;
  const over = parts[0]!.catalogue!.fold!.over;
  const prune = (keep: (draft: Draft) => boolean): void => {
    const kept = parts.filter(keep);
    if (kept.length > 0) parts = kept;
  };
  if (parts.length === 1) return parts;
  if (over.includes('container'))
    prune(({ labels }) => labels['container'] !== undefined && labels['container'] !== 'POD');
  if (over.includes('cpu'))
    prune(({ labels }) => labels['cpu'] !== undefined && labels['cpu'] !== 'all' && labels['cpu'] !== 'total');
  if (over.includes('tid')) {
    // PID/sched is the main thread again when task/PID/sched is there too
    const tids = new Set(parts.map(({ labels }) => labels['tid']));
    prune(({ labels }) => labels['tid'] !== undefined || !tids.has(labels['pid']));
  }
  if (over.includes('device') || over.includes('interface')) {
    const device = ({ labels }: Draft): string => labels['device'] ?? labels['interface'] ?? '';
    prune((draft) => device(draft) !== '');
    prune((draft) => !VIRTUAL.test(device(draft)) && !PSEUDO.test(device(draft)));
  }
  return parts;
}
