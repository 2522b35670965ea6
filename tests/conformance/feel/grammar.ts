import type { FeelArea } from './feel-area.ts';

/** The grammar: names, literals, comments, tests and calls. */
export const grammar: readonly FeelArea[] = [
  {
    section: 'DMN 1.5 §10.3.1.2, grammar',
    cases: [
      ['{first name: "bob", greeting: "hi " + first name}.greeting', '"hi bob"'], ['(function(first name) first name + "!")("x")', '"x!"'], ['for the item in [1,2] return the item * 2', '[2, 4]'], ['some x y in [1,2] satisfies x y = 2', 'true'], ['{a-b: 1, c: a-b}.c', '1'], ['{a+b: 1, c: a+b + 1}.c', '2'],
      ['{date and time x: 1, y: date and time x}.y', '1'], ['{if x: 1}', '{if x: 1}'], ['{order: 1, y: order + 1}.y', '2'], ['{in: 1}', '{in: 1}'], ['{for y: 1}', '{for y: 1}'], ['{a.b: 1}', '{"a.b": 1}'],
      ['{a*b: 1, c: a*b}.c', '1'], ['{a/b: 3, c: a/b}.c', '3'], ['{a\'b: 3, c: a\'b}.c', '3'], ['{"foo bar": 3}.foo bar', '3'], ['{date: 3}.date', '3'], ['{time: "x", y: time}.y', '"x"'],
      ['{"duration": 1, d: duration}.d', '1'], ['{list: [1], r: list[1]}.r', '1'], ['{function x: 1}', '{function x: 1}'], ['{and x: 1}', '{and x: 1}'], ['{true x: 1, y: true x}.y', '1'], ['{null x: 1}', '{null x: 1}'],
      ['1 instance of number', 'true'], ['[1,2] instance of list<number>', 'true'], ['[1,2] instance of list < number >', 'true'], ['{a:1} instance of context<a:number,b:string>', 'false'], ['{a:{b:1}} instance of context<a: context<b: number>>', 'true'], ['[1..3] instance of range< number >', 'true'],
      ['(function(x: number) "a") instance of function<number>->string', 'true'], ['(function(x: number, y: list<number>) "a") instance of function<number, list<number>> -> string', 'true'], ['function(x: range<number>) x', 'function(x)'], ['@"2020-01-01" instance of date', 'true'], ['@"2020-01-01T00:00:00" instance of date and time', 'true'], ['@"P1D" instance of days and time duration', 'true'],
      ['@"P1Y" instance of years and months duration', 'true'], ['[[1]] instance of list<list<number>>', 'true'], ['[@"P1D"] instance of list<days and time duration>', 'true'], ['1 in (1..5)', 'false'], ['1 in [1..5]', 'true'], ['1 in ]1..5]', 'false'],
      ['5 in [1..5[', 'false'], ['5 in ]1..5[', 'false'], [']1..5[', '(1..5)'], ['1 in (<5)', 'true'], ['1 in <5', 'true'], ['1 in (>0, <0)', 'true'],
      ['1 in =1', 'true'], ['1 in (=1)', 'true'], ['1 in (!=1)', 'false'], ['1 in [(<5)]', 'true'], ['1 in not(2)', 'false'], ['(=1)', '[1..1]'],
      ['(>1)', '(> 1)'], ['(<=1)', '(<= 1)'], ['[1,2,3][-1]', '3'], ['[1,2,3][item>1][1]', '2'], ['1 between 0 and 2 and true', 'true'], ['1 between 2 and 0', 'false'],
      ['"b" between "a" and "c"', 'true'], ['3 between null and 2', 'false'], ['1 // comment', '1'], ['1 /* multi \n line */ + 2', '3'], ['// only \n 1 + 1', '2'], ['1 + /* a */ /* b */ 2', '3'],
      ['"a // b"', '"a // b"'], ['@"2020-01-01"', '2020-01-01'], ['@"PT1H"', 'PT1H'], ['date("2020-01-01").year', '2020'], ['[1,2,3].x', '[null, null, null]'], ['[{a:1},{b:2}].a', '[1, null]'],
      ['{a:[{b:1},{b:2}]}.a.b', '[1, 2]'], ['.5', '0.5'], ['-.5', '-0.5'], ['- 5', '-5'], ['--5', '5'], ['1e5', '100000'],
      ['1.2e-3', '0.0012'], ['1E5', '100000'], ['"a" + "b"', '"ab"'], ['"\\u00e9"', '"é"'], ['"\\U01F600"', '"😀"'], ['"\\uD83D\\uDE00"', '"😀"'],
      ['"tab\\there"', '"tab	here"'], ['"quote\\"q"', '"quote\\"q"'], ['"back\\\\slash"', '"back\\\\slash"'], ['1 = 1 = true', 'true'], ['(1 < 2) = true', 'true'], ['not(1=1)', 'false'],
      ['- - 3', '3'], ['2 ** 3 ** 2', '64'], ['2**-1', '0.5'], ['-2**2', '4'], ['2*-3', '-6'], ['1 - - 1', '2'],
      ['function(a) a', 'function(a)'], ['(function(a, b) a * b)(2, 3)', '6'], ['(function(a, b) a * b)(b: 2, a: 3)', '6'], ['(function() 1)()', '1'], ['{f: function(x) x + 1, g: function(x) f(f(x)), h: g(1)}.h', '3'], ['{fact: function(n) if n <= 1 then 1 else n * fact(n - 1), r: fact(5)}.r', '120'],
      ['{f: (function(x) x), r: f(1)}.r', '1'], ['function(a) external { java : { class : "java.lang.Math", method signature : "cos(double)" } }', 'null'], ['function(a) external { pmml : { document : "x", model : "y" } }', 'null'],
    ],
  },
  {
    section: 'DMN 1.5 §10.3.4, parameters by name',
    cases: [
      ['sum(list: [1,2])', '3'], ['min(list: [1,2])', '1'], ['contains(match: "a", string: "abc")', 'true'], ['string length(text: "a")', 'null'], ['number(from: "1")', '1'],
      ['decimal(n: 1.234, scale: 2)', '1.23'], ['round up(scale: 0, n: 1.5)', '2'], ['modulo(divisor: 3, dividend: 10)', '1'], ['log(number: 10)', '2.302585092994045684017991454684364'], ['log(n: 10)', 'null'],
      ['sort(list: [2,1], precedes: function(x,y) x < y)', '[1, 2]'], ['is(value1: 1, value2: 1)', 'true'], ['range(from: "[1..2]")', '[1..2]'], ['before(range1: [1..2], range2: [3..4])', 'true'], ['before(point: 1, range: [2..3])', 'true'],
      ['context(entries: [{key: "a", value: 1}])', '{a: 1}'], ['get value(context: {a: 1}, key: "a")', 'null'], ['get value(m: {a: 1}, key: "a")', '1'], ['get entries(context: {a: 1})', 'null'], ['list replace(list: [1], position: 1, newItem: 3)', '[3]'],
      ['insert before(list: [1], position: 1, newItem: 3)', '[3, 1]'], ['insert before(list: [1], position: 1, new item: 3)', 'null'], ['day of week(date: @"2020-01-01")', '"Wednesday"'], ['substring(string: "abc", start position: 2, length: 1)', '"b"'], ['split(string: "a,b", delimiter: ",")', '["a", "b"]'],
      ['string join(list: ["a"], delimiter: ",")', '"a"'], ['concatenate(list: [1])', '[1]'], ['union(list: [[1],[2]])', '[1, 2]'], ['years and months duration(from: @"2020-01-01", to: @"2021-01-01")', 'P1Y'], ['time(hour: 1, minute: 2, second: 3, offset: null)', '01:02:03'],
      ['abs(n: -1)', '1'], ['all(list: [true])', 'true'], ['matches(input: "a", pattern: "A", flags: "i")', 'true'], ['replace(input: "a", pattern: "A", replacement: "b", flags: "i")', '"b"'], ['index of(list: [1], match: 1)', '[1]'],
      ['flatten(list: [[1]])', '[1]'], ['mean(list: [1,2])', '1.5'], ['mode(list: [1])', '[1]'], ['median(list: [1])', '1'], ['stddev(list: [1,2])', '0.707106781186547524400844362104849'],
      ['product(list: [1,2])', '2'], ['exp(number: 0)', '1'], ['sqrt(number: 4)', '2'], ['odd(number: 1)', 'true'], ['floor(n: 1.5, scale: 0)', '1'],
      ['not(negand: true)', 'false'],
    ],
  },
  {
    section: 'DMN 1.5 §10.3.2.3.6, instants with an offset',
    cases: [
      ['1 in (1)', 'true'], ['{a: 1}.a instance of number', 'true'], ['date and time("2020-01-01T00:00:00@Etc/UTC") = date and time("2020-01-01T00:00:00Z")', 'true'], ['time("10:00:00@Etc/UTC") - time("09:00:00Z")', 'PT1H'], ['@"2020-01-01T00:00:00Z".weekday', '3'],
      ['@"2020-01-01T10:00:00.5Z".second', '0.5'], ['date and time("2020-01-01T10:00:00.5Z") + @"P1D"', '2020-01-02T10:00:00.5Z'], ['time(@"2020-01-01T10:00:00.5Z")', '10:00:00.5Z'], ['date(@"2020-01-01T23:00:00-05:00")', '2020-01-01'], ['string(@"2020-01-01T10:00:00.5-05:00")', '"2020-01-01T10:00:00.5-05:00"'],
      ['is(@"2020-01-01T10:00:00Z", @"2020-01-01T10:00:00Z")', 'true'], ['@"2020-01-01T10:00:00Z" = @"2020-01-01T10:00:00.000Z"', 'true'], ['[@"2020-01-01T10:00:00Z"][item > @"2019-01-01T10:00:00Z"]', '[2020-01-01T10:00:00Z]'], ['distinct values([@"2020-01-01T10:00:00Z", @"2020-01-01T18:00:00+08:00"])', '[2020-01-01T10:00:00Z]'], ['max(@"2020-01-01T10:00:00Z", @"2020-01-01T12:00:00+08:00")', '2020-01-01T10:00:00Z'],
      ['sort([@"2020-01-01T10:00:00Z", @"2020-01-01T12:00:00+08:00"])', '[2020-01-01T12:00:00+08:00, 2020-01-01T10:00:00Z]'], ['{a: @"2020-01-01T10:00:00Z"}', '{a: 2020-01-01T10:00:00Z}'], ['date and time(@"2020-01-01T10:00:00Z", "Asia/Shanghai")', '2020-01-01T18:00:00@Asia/Shanghai'], ['@"2020-01-01T10:00:00Z".time offset', 'PT0S'], ['@"2020-01-01T10:00:00+08:00".timezone', 'null'],
      ['day of year(@"2020-02-01T10:00:00+08:00")', '32'], ['years and months duration(@"2020-02-01T10:00:00+08:00", @"2021-02-01T09:00:00+08:00")', 'P11M'], ['@"2020-01-01T10:00:00Z" - @"2020-01-01"', 'PT10H'], ['@"2020-01-01T10:00:00Z" instance of date and time', 'true'],
    ],
  },
];

/** Texts that are no FEEL. */
export const noFeel: readonly string[] = ['5.', '1.', '0x10', '\'a\'', '"new\nline"', '[1, 2, ]', '[ , 1]', '{a: 1,}', 'if 1=1 then 2'];
