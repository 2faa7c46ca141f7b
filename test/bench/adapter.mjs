// Adapter of the built library for the public benchmarks (`node run.mjs --adapter …/test/bench/adapter.mjs`).
import { rankCulprits as rank } from '../../dist/culprits/rank.js';
import { anomalyAlarms } from '../../dist/stats/anomaly-score.js';
import { changePoints as search } from '../../dist/stats/change-points.js';

export const name = 'inquest';

export const changePoints = (values, { multivariate } = {}) => search(multivariate ?? values).cuts;

export const anomalyScores = (time, values) => anomalyAlarms(time, values);

export const rankCulprits = (question) => rank(question).map(({ name, score }) => ({ name, score }));
