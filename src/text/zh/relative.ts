import type { relativeEn } from '../en/relative.js';

/** Sentences with times, for a recording whose times count from a start that nothing tells. */
export const relativeZh: Readonly<Record<keyof typeof relativeEn, string>> = {
  'title.one': '故障复盘：记录开始后 {at} 的故障',
  'title.many': '故障复盘：{n} 次故障，首次在记录开始后 {at}',
  'title.line': '{name} · 数据范围为起点（未知）之后 {from} 至 {to} · {tool} · 数据 sha256 `{sha}…`',
  'verdict.none':
    '**未发现故障。** 共 {files} 个文件、{series} 条时间序列，从起点之后 {from} 到 {to}，没有任何用户可感知的信号出现超出偶然波动的变化。这并不证明什么都没有发生：下表说明了多大的变化本来能被看到。',
  'verdict.when': '时间从记录开始后 {from} 到 {to}，持续 {duration}{pm}。',
  'verdict.who': '从记录开始后 {from} 到 {to}（持续 {duration}{pm}），{of} 个 Pod 中有 {n} 个受影响：{pods}。',
  'verdict.all': '从记录开始后 {from} 到 {to}（持续 {duration}{pm}），受影响的 Pod 有：{pods}。',
  'verdict.fact.window.value': '记录开始后 {from} 至 {to}，持续 {duration}{pm}',
  'incident.heading': '第 {n} 起故障（共 {of} 起）：记录开始后 {from} 至 {to}',
  'timeline.alt': '时间序列图，阴影为记录开始后 {from} 至 {to} 的故障窗口：{signals}。',
  'timeline.caption': '阴影：故障窗口，记录开始后 {from} 至 {to}。累计计数以速率显示；断开处是缺失的采样，绝不是零。',
  'chart.time': '距起点的时间',
  'scope.lives.replaced': '{pod} 于 {at}（{when}）被 {by} 取代',
  'scope.lives.restarted': '{pod} 于 {at}（{when}）重启',
  'clocks.top.assumed': '{n} 个文件的时间从一个未知的起点算起；这里的时间都是距该起点的时间。',
  'column.span': '时间范围',
  'column.onset': '起始',
  'column.time': '时间',
};
