// Adapter of the built library for the public benchmarks (`node run.mjs --adapter …/test/bench/adapter.mjs`).
import { changePoints as search } from '../../dist/stats/change-points.js';

import { rankCulprits as rank } from '../../dist/culprits/rank.js';

export const name = 'inquest';

export const changePoints = (values, { multivariate } = {}) => search(multivariate ?? values).cuts;

export const rankCulprits = (question) => rank(question).map(({ name, score }) => ({ name, score }));
