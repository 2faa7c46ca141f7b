import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('cgroup-blkio', 'bytes', { path: 'cgroup/blkio/batch/blkio.throttle.io_service_bytes', named: 'path' });
checkNotMine('cgroup-blkio', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
  'a number of an unknown name': '8:0 Read 12\n',
});
