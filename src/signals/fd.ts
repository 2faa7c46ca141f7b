import type { Signal } from './signal.js';

/** Descriptors and tasks. */
export const fd = [
  {
    id: 'fd.pod.open',
    title: 'open file descriptors of the pod',
    unit: 'count',
    kind: 'gauge',
    level: 'pod',
    names: ['kubeskoop_fd_openfd', 'container_file_descriptors'],
  },
  {
    id: 'fd.pod.sockets',
    title: 'open sockets of the pod',
    unit: 'count',
    kind: 'gauge',
    level: 'pod',
    names: ['kubeskoop_fd_opensocket', 'container_sockets'],
  },
  {
    id: 'fd.process.size',
    title: 'size of the descriptor table of the process',
    unit: 'count',
    kind: 'gauge',
    level: 'process',
    names: ['proc.pid.status.FDSize'],
  },
  {
    id: 'fd.node.allocated',
    title: 'open file descriptors of the node',
    unit: 'count',
    kind: 'gauge',
    level: 'node',
    names: ['node_filefd_allocated', 'sys.fs.file-nr.allocated', 'sysstat.file-nr'],
  },
  {
    id: 'fd.node.maximum',
    title: 'limit of open file descriptors of the node',
    unit: 'count',
    kind: 'gauge',
    level: 'node',
    names: ['node_filefd_maximum', 'sys.fs.file-nr.maximum'],
  },
  {
    id: 'pid.cgroup.current',
    title: 'tasks of the pod',
    unit: 'tasks',
    kind: 'gauge',
    level: 'pod',
    names: ['cgroup.pids.current', 'container_threads'],
  },
] as const satisfies readonly Signal[];
