export { prometheusQueriesTsv } from './prometheus-queries-tsv.js';
export { prometheusQuery } from './prometheus-query.js';
export { mpstatText } from './mpstat-text.js';
export { netstatStatistics } from './netstat-statistics.js';
export { nstat } from './nstat.js';
export { sarText } from './sar-text.js';
export { ss } from './ss.js';
export { ssSummary } from './ss-summary.js';
