export { nearestUcumUnit } from './nearest-unit.ts';
export { isUcumUnit } from './parse-unit.ts';
export { ucumProblem, type UcumProblem } from './ucum-problem.ts';
