import { describe, expect, it } from '@jest/globals';
import { builtinCases } from '../../testing/feel-builtin-cases.ts';
import { feelText } from './builtins/conversion.ts';
import { builtinNames } from './builtins/index.ts';
import { compileStandardExpression, compileStandardTests, Run, Scope, standardClock } from './index.ts';

const newRun = () => new Run(standardClock('2026-11-23T08:00:00Z', 'UTC'));
const valueOf = (source: string, names = new Map<string, unknown>()) => compileStandardExpression(source)(new Scope(newRun(), names));

const expressionCases: readonly (readonly [string, string])[] = [
  ['0.1 + 0.2 = 0.3', 'true'],
  ['1/3', '0.3333333333333333333333333333333333'],
  ['10/0', 'null'],
  ['"a" + "b"', '"ab"'],
  ['1 + "a"', 'null'],
  ['[1] = 1', 'null'],
  ['null = 1', 'false'],
  ['1 = "1"', 'null'],
  ['{a: 1} = {a: 1}', 'true'],
  ['[1,2] = [1,2]', 'true'],
  ['not(null)', 'null'],
  ['true and null', 'null'],
  ['false and null', 'false'],
  ['null or true', 'true'],
  ['if null then 1 else 2', '2'],
  ['for i in 1..3 return i*2', '[2, 4, 6]'],
  ['for i in 3..1 return i', '[3, 2, 1]'],
  ['for i in [1..3] return i', '[1, 2, 3]'],
  ['for i in 1..4 return if i = 1 then 1 else partial[-1] * i', '[1, 2, 6, 24]'],
  ['for x in [1,2], y in [x, 10] return x*y', '[1, 10, 4, 20]'],
  ['some x in [1,2,3] satisfies x > 2', 'true'],
  ['every x in [1,2,3] satisfies x > 2', 'false'],
  ['[1,2,3][2]', '2'],
  ['[1,2,3][-1]', '3'],
  ['[1,2,3][4]', 'null'],
  ['[1,2,3][item > 1]', '[2, 3]'],
  ['[{a: 1, b: 2}, {a: 3, b: 4}][a = 3].b', '[4]'],
  ['5[1]', '5'],
  ['[1,2,3][> 1]', '[2, 3]'],
  ['{a: 1, b: a + 1}.b', '2'],
  ['{f: function(x) if x = 0 then 1 else x * f(x - 1), g: f(5)}.g', '120'],
  ['(function(a, b) a - b)(b: 1, a: 3)', '2'],
  ['5 in [1..10]', 'true'],
  ['5 in (1, 2, > 4)', 'true'],
  ['5 in [2, 5]', 'true'],
  ['5 in 1 or true', 'true'],
  ['5 in >3 and false', 'false'],
  ['5 between 1 and 10', 'true'],
  ['1 in (!= 1)', 'false'],
  ['@"2020-01-01T10:00:00Z" - @"2020-01-01T08:00:00Z"', 'PT2H'],
  ['@"2020-01-02" - @"2020-01-01"', 'P1D'],
  ['@"2020-01-01T10:00:00Z" = @"2020-01-01T18:00:00+08:00"', 'true'],
  ['@"2020-01-01".weekday', '3'],
  ['@"P1Y14M".months', '2'],
  ['@"P1Y14M".years', '2'],
  ['@"P1D" * 2', 'P2D'],
  ['@"P1D" / @"PT12H"', '2'],
  ['-@"P1D"', '-P1D'],
  ['@"P1Y" + @"P1D"', 'null'],
  ['1 instance of number', 'true'],
  ['[1, 2] instance of list<number>', 'true'],
  ['[1, "a"] instance of list<number>', 'false'],
  ['{a: 1} instance of context<a: number>', 'true'],
  ['[1..3] instance of range<number>', 'true'],
  ['null instance of Null', 'true'],
  ['null instance of Any', 'false'],
  ['@"P1D" instance of days and time duration', 'true'],
  ['(function(a: number) a) instance of function<number> -> Any', 'true'],
  ['function(a) external {java: {class: "x", method signature: "y()"}}', 'null'],
  ['[1..3].start', '1'],
  ['(< 5).end included', 'false'],
  ['(=5) = [5..5]', 'true'],
  ['{"a": 1, "a": 2}', 'null'],
  ['nope(1)', 'null'],
  ['"\\u0041\\n"', '"A\n"'],
  ['-1 ** 2', '1'],
  ['2 ** 3 ** 2', '64'],
  ['1 - 2 - 3', '-4'],
  ['@"-2020-01-01".year', '-2020'],
  ['function(x, y) x + y', 'function(x, y)'],
  ['{a: {b: [1, {c: 2}]}}.a.b[2].c', '2'],
  ['[{x: 1}, {x: null}, {y: 1}][x = null]', '[{x: null}, {y: 1}]'],
  ['[1, 2, 3, 4][even(item)]', '[2, 4]'],
  ['[][1]', 'null'],
  ['[][item > 1]', '[]'],
  ['[1, 2][true]', '[1, 2]'],
  ['[1, 2][false]', '[]'],
  ['null[1]', 'null'],
  ['"abc"[1]', '"abc"'],
  ['for x in [[1, 2], [3]] return count(x)', '[2, 1]'],
  ['for i in 0..-2 return i', '[0, -1, -2]'],
  ['for d in @"2020-01-30"..@"2020-02-01" return day of week(d)', '["Thursday", "Friday", "Saturday"]'],
  ['some x in [] satisfies true', 'false'],
  ['every x in [] satisfies false', 'true'],
  ['some x in [null, 1] satisfies x > 0', 'true'],
  ['every x in [null, 1] satisfies x > 0', 'null'],
  ['"a" < "b"', 'true'],
  ['[1,2] < [3]', 'null'],
  ['true > false', 'null'],
  ['@"10:00:00" < @"11:00:00Z"', 'null'],
  ['@"2020-01-01" < @"2020-01-01T10:00:00"', 'null'],
  ['1 in [[1..3], 5]', 'true'],
  ['[1, 2] in [[1, 2], 3]', 'true'],
  ['null in [1, null]', 'true'],
  ['(1..3).start included', 'false'],
  ['{a: 1} = {a: 1.0}', 'true'],
  ['1 != null', 'true'],
  ['null != null', 'false'],
  ['1 != "1"', 'null'],
  ['@"P0Y"', 'P0M'],
  ['@"PT0.5S"', 'PT0.5S'],
  ['@"-PT1H30M"', '-PT1H30M'],
  ['@"2020-01-01T00:00:00+08:00" - @"2020-01-01T00:00:00Z"', '-PT8H'],
  ['@"10:00:00" + @"PT15H"', '01:00:00'],
  ['@"2020-02-29" + @"P1Y"', '2021-02-28'],
  ['@"P1Y" / 2', 'P6M'],
  ['@"P1Y6M" / @"P6M"', '3'],
  ['@"PT1H" * 1.5', 'PT1H30M'],
  ['2 * @"P1Y"', 'P2Y'],
  ['@"P1D" > @"PT23H"', 'true'],
  ['@"P1Y" = @"P12M"', 'true'],
  ['@"P1Y" > @"P1D"', 'null'],
  ['2 ** 0.5', '1.414213562373095048801688724209698'],
  ['[1..3] = [1..3]', 'true'],
  ['{a: 1}.b', 'null'],
  ['(function(x: number) x)("a")', 'null'],
  ['(function(x: number) x)([1])', '1'],
  ['if "true" then 1 else 2', '2'],
  ['not("a")', 'null'],
  ['1 and true', 'null'],
  ['-"a"', 'null'],
  ['"a" - "b"', 'null'],
  ['{f: function(x) function(y) x + y, g: f(1)(2)}.g', '3'],
  ['@"2020-01-01T10:00:00@Europe/Paris".time offset', 'PT1H'],
  ['@"2021-01-01T00:00:00Z" in [@"2020-01-01T00:00:00Z"..@"2022-01-01T00:00:00Z"]', 'true'],
  ['[@"2020-01-01"..@"2020-12-31"].end.month', '12'],
  ['1 instance of string', 'false'],
  ['@"2020-01-01" instance of date', 'true'],
  ['@"2020-01-01T00:00:00" instance of date and time', 'true'],
  ['@"P1Y" instance of years and months duration', 'true'],
  ['[] instance of list<number>', 'true'],
  ['{} instance of context', 'true'],
  ['sum instance of function<number> -> number', 'false'],
];
const cases = [...expressionCases, ...builtinCases];

describe('FEEL by the standard', () => {
  it.each(cases)('%s is %s', (source, expected) => {
    expect(feelText(valueOf(source), true)).toBe(expected);
  });

  it('has a case for each builtin', () => {
    const text = cases.map(([source]) => source).join('\n');

    expect(builtinNames().filter((name) => !text.includes(`${name}(`))).toEqual([]);
  });

  it.each([
    ['-', 1, true], ['', null, true], ['5', 5, true], ['5, 7', 7, true], ['not(5, 7)', 7, false], ['> 5', 6, true], ['> 5', null, false], ['[1..5)', 5, false], ['"a", "b"', 'b', true],
    ['? > 3 and ? < 5', 4, true], ['true', false, false], ['false', false, true], ['null', null, true], ['[1, 2]', 2, true], ['!= 5', 6, true], ['not(null)', 1, true], ['contains(?, "x")', 'axb', true], ['"5"', 5, false],
    ['even(?)', 3, false], ['not(> 3)', 2, true], ['[1..3], [7..9]', 8, true],
  ])('the tests %s of %j give %s', (source, value, expected) => {
    expect(compileStandardTests(source)(new Scope(newRun(), new Map()), value)).toBe(expected);
  });

  it('reads names with operators in them when they are known', () => {
    const known = { 'Re-payment': { 'rate + fee': {} }, 'Date of birth': {} };
    const names = new Map<string, unknown>([['Re - payment', { 'rate + fee': 2 }], ['Date of birth', 3]]);

    expect(compileStandardExpression('Re-payment.rate + fee * Date of birth', { known })(new Scope(newRun(), names))).toBe(6);
  });

  it.each(['{f: function(x) f(x + 1), g: f(1)}.g', '{f: function(l, n) if n = 0 then l else f(concatenate(l, l), n - 1), g: f([1], 40)}.g', '{f: function(l, n) if n = 0 then l else f([l, l], n - 1), g: flatten(f([1], 40))}.g', 'for i in 1..1000000 return i', 'for i in 1..1000, j in 1..1000 return i', 'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "^(a+)+$")', `${'('.repeat(400)}1${')'.repeat(400)}`])('ends %s by its budget', (source) => {
    expect(() => valueOf(source)).toThrow(expect.objectContaining({ code: 'FEEL_BUDGET' }));
  });

  it('keeps an entry named __proto__ an entry', () => {
    expect(feelText(valueOf('{"__proto__": 1}'))).toBe('{__proto__: 1}');
    expect(valueOf('context put({}, "__proto__", 1).polluted')).toBeNull();
  });
});
