export { nearestUcumUnit } from './nearest-unit.ts';
export { isUcumUnit } from './parse-unit.ts';
