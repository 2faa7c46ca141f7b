import type { ReadingWords } from '../words.js';

/** Chinese words of each reading, by id; `test/text/parity.test.ts` lists what is missing. */
export const readingsZh: Readonly<Record<string, ReadingWords>> = {
  'clients-hurt': { says: '客户端有感知：延迟或失败上升', deniedBy: '客户端无感知：延迟与失败没有变化' },
  'peers-close': {
    says: '同时打开的连接增多而 TIME_WAIT 不下降：连接由对端关闭，因为应答变晚，对端也关闭得晚',
    deniedBy: '打开的连接没有堆积：平均比平时多不到三个',
  },
  'close-wait-grows': {
    says: '连接停在 CLOSE_WAIT：对端已放弃，而进程尚未察觉',
    deniedBy: '没有堆积的 CLOSE_WAIT 连接',
  },
  'listen-drops-follow': { says: '监听套接字丢弃了连接请求；这是堆积的后果而非原因', deniedBy: '没有连接请求被丢弃' },
  'reader-stall': {
    says: '接收字节堆积，或读取晚于 100 毫秒：进程没有及时读取套接字',
    deniedBy: '接收的数据被及时读取',
  },
  'sender-free': { says: '发送队列没有堆积：发送正常，路径能承接', deniedBy: '发送队列中字节堆积' },
  'delivery-trouble': {
    says: '发送的数据无法送达：未确认字节堆积或报文段被重传',
    deniedBy: '发送的数据能够送达：没有未确认字节堆积，重传没有异常',
  },
  'rise-then-plunge': {
    says: '新建连接先升、后跌破常态、再恢复：accept 队列被填满，accept 停止',
    deniedBy: '新建连接没有先升后跌',
  },
  'one-node': { says: '受影响的 Pod 都在同一节点，其他节点的 Pod 未受影响', deniedBy: '多个节点上的 Pod 受影响' },
  dose: { says: '流量越大的 Pod 受影响越重', deniedBy: '流量与影响之间没有关系' },
  'not-throttled': { says: '受影响 Pod 没有被 CPU 节流：配额不能解释停顿', deniedBy: '受影响 Pod 被 CPU 配额节流' },
  'not-scheduling': { says: '任务没有等待 CPU：调度不能解释停顿', deniedBy: '任务等待 CPU 的时间变长' },
  'others-busy': {
    says: '节点更忙，但多出的 CPU 时间并非受影响 Pod 所用：被其他进程占用',
    deniedBy: '节点多出的 CPU 时间是受影响 Pod 自己用掉的：没有被别的进程占用',
  },
  'kernel-busy': {
    says: '多出的 CPU 时间大部分由内核代受影响 Pod 花掉',
    deniedBy: '多出的 CPU 时间并非内核代受影响 Pod 所花',
  },
  'not-storage': { says: '脏页、I/O 等待与阻塞任务没有变化：存储不能解释停顿', deniedBy: '任务在等待存储' },
  'not-memory': { says: '没有内存停顿', deniedBy: '任务因内存停顿' },
  'numa-migration': { says: '事件期间有页在 NUMA 节点间迁移', deniedBy: 'NUMA 节点间没有异常的页迁移' },
  'late-reads-agree': { says: '慢读与接收队列同时上升：同一读取停顿的两种测量', deniedBy: '慢读与接收队列不一致' },
  'more-demand': { says: '到达的请求或连接比平时多', deniedBy: '到达的请求没有比平时多' },
};
