export { prometheusQueriesTsv } from './prometheus-queries-tsv.js';
export { prometheusQuery } from './prometheus-query.js';
