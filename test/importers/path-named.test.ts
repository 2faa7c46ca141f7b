import { describe, expect, it } from 'vitest';
import { sniff } from '../../src/dump/sniff.js';
import { importDump } from '../../src/import.js';
import { importers } from '../../src/importers/all.js';
import type { Imported } from '../../src/series/foreign.js';
import { openFile } from '../support/check-import.js';
import { memoryDump } from '../support/memory-dump.js';

/** Formats whose files say nothing of themselves: the path names the quantity. */
const read = (path: string, content: string): Promise<Imported> => importDump(memoryDump([{ path, content }]));
const best = async (path: string, content: string): Promise<string | undefined> =>
  sniff((await openFile(path, content)).head, importers)[0]?.importer.id;

const PSI = 'some avg10=4.16 avg60=1.42 avg300=0.33 total=1384510\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=7\n';
const AT = 'proc/1700000000000';

describe('formats named by their path', () => {
  it.each([
    [`${AT}/pressure/cpu`, 'proc.pressure.cpu.some.total'],
    [`${AT}/pressure/io`, 'proc.pressure.io.some.total'],
    [`${AT}/cgroup/web-1/memory.pressure`, 'cgroup.memory.pressure.some.total'],
    ['pressure-cpu', 'proc.pressure.cpu.some.total'],
    ['unnamed', 'proc.pressure.unknown.some.total'],
  ])('pressure in %s', async (path, name) => {
    const { series } = await read(path, PSI);
    expect(series.find((one) => one.name === name)?.value[0]).toBe(1384510);
    expect(series.find((one) => one.name === name.replace('some.total', 'some.avg10'))?.value[0]).toBeCloseTo(0.0416);
  });

  it.each([
    [`${AT}/cgroup/web-1/memory.current`, '17559552\n', 'cgroup.memory.current', 17559552],
    [`${AT}/cgroup/web-1/pids.current`, '13\n', 'cgroup.pids.current', 13],
    [`${AT}/sys/net/netfilter/nf_conntrack_count`, '960\n', 'sys.net.netfilter.nf_conntrack_count', 960],
    [`${AT}/sys/fs/file-nr`, '64\t0\t121443\n', 'sys.fs.file-nr.maximum', 121443],
    [`${AT}/211/schedstat`, '1220722779 55956664 200\n', 'proc.pid.schedstat.wait', 55956664],
  ])('a number in %s', async (path, content, name, value) => {
    const { series } = await read(path, content);
    const found = series.find((one) => one.name === name);
    expect([found?.value[0], found?.time[0]]).toEqual([value, 1700000000000]);
  });

  it.each([
    ['cgroup/web-1/cpu.max', '150000 100000\n', 'cgroup.cpu.max', 1.5],
    ['cgroup/web-1/cpu.max', 'max 100000\n', 'cgroup.cpu.max', 'max'],
    ['cgroup/web-1/memory.max', 'max\n', 'cgroup.memory.max', 'max'],
    ['cgroup/web-1/memory.limit_in_bytes', '9223372036854771712\n', 'cgroup.memory.max', 'max'],
    ['cgroup/web-1/cpu.cfs_quota_us', '-1\n', 'cgroup.cpu.cfs_quota_us', 'max'],
    ['proc/sys/kernel/numa_balancing', '1\n', 'sysctl.kernel.numa_balancing', 1],
    ['sys/devices/system/node/online', '0-1\n', 'numa.nodes', 2],
    ['sys/kernel/mm/transparent_hugepage/enabled', 'always [madvise] never\n', 'thp.enabled', 'madvise'],
  ])('a setting in %s', async (path, content, name, value) => {
    const { facts } = await read(path, content);
    expect(facts.find((fact) => fact.name === name)?.value).toBe(value);
  });

  it('leaves a lone number of an unknown name alone', async () => {
    expect(['cgroup-value', 'proc-sys-value']).not.toContain(await best('notes/answer.txt', '42\n'));
  });
});
