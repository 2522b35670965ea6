import { describe, expect, it } from '@jest/globals';
import { pathProblem } from './path-guard.ts';

describe('pathProblem', () => {
  it.each([
    '$.order.items[0].dose', '$..dose', 'dose', '$.items[?(@.dose > 3)].drug', '$.items[?(@.dose > 3 && (@.route == "po" || @.route == "iv"))]', '$.items[(@.length-1)]', '$.items[?(@.drug.match(/^K[A-Z]l$/i))]',
    '$.items[?(/^K/.test(@.drug))]', '$.items[?(@.codes.includes("ab"))]', '$.items[?(@.dose / 2 > @.limit / 3)]', '$.items[?(@.drug.toLowerCase() === "kcl")]', '$..*@number()', '$.items[0]^', '$.items.*~',
  ])('lets %s run', (path) => {
    expect(pathProblem(path)).toBeUndefined();
  });

  it.each([
    ['$.__proto__.polluted', '__proto__'], ['$["constructor"]', 'constructor'], ['$.items[?(@.constructor)]', 'constructor'], ['$.a[?(@.drug.repeat(1000000))]', 'repeat'], ['$.a[?(@["repeat"](9))]', 'computed'],
    ['$.a[?((@.match)("x"))]', 'computed'], ['$.a[?(@.drug.match("(a+)+$"))]', 'match without a pattern'], ['$.a[?(@.p.test(@.drug))]', 'test without a pattern'],
    ['$.a[?(@.drug.match(/(a+)+$/))]', 'repeats inside'], ['$.a[?(@.x / 2 > 1 && @.drug.match(/(a+)+$/))]', 'repeats inside'], ['$..a..b..c..d', 'descents'], ['$..a..b..c..d[?(@.x)]', 'descents'], [`$.${'a'.repeat(500)}`, '500'],
    ['$.a[?(eval("1"))]', 'eval'], ['$.a[?(@.replace(/a/, "b"))]', 'replace'],
  ])('refuses %s', (path, because) => {
    expect(pathProblem(path)).toContain(because);
  });
});
