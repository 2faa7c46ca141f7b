import { detectors } from '../../src/detectors/all.js';
import { detectorLaws } from '../support/detector-laws.js';

for (const detector of detectors) detectorLaws(detector);
