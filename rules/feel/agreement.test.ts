import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { compileExpression } from '../index.ts';
import { compiledOutcome, feelinOutcome, type FeelOutcome } from './feelin-outcome.ts';

const at = '2026-11-23T08:00:00.000Z';
const runs = Number(process.env.CARELOOP_PROPERTY_RUNS ?? 1_000);

type Context = Record<string, unknown>;

const byFeelin = (source: string, context: Context): FeelOutcome => feelinOutcome(source, context, at);
const compiled = (source: string, context: Context): FeelOutcome => compiledOutcome(source, context, at);

const context: Context = {
  x: 3, y: 2.5, ab: 1, abc: 9, s: 'x', t: '', flag: true, off: false, nothing: null, due: '2026-11-24T08:00:00+08:00',
  xs: [1, 2, 3, null], one: [5], none: [], items: [{ q: 1, n: 'a', x: 7 }, { q: 5, n: 'b' }, { q: null }],
  order: { dose: 3, unit: 'mg', route: { code: 'po' }, date: '2026-01-02', list: [1], value: 4, items: [{ q: 2 }] },
};

describe('a compiled expression', () => {
  it.each([
    'x > 2', 'x >= "3"', 's > 2', 'x > nothing', 'missing > 3', 'nothing > 3', 'flag > 1', '1 > flag', 'xs > 1', 'order = order', 'one = 5', 'none = null', 'x = "3"', 'x != nothing', 'nothing = null',
    'x between 1 and 3', 'x between nothing and 3', 'x between 1 and "a"', 'x in [1..3]', 'x in (1, 2, >2)', 'x in xs', 's in ["x", "y"]', 'x in nothing', 'x in (missing)', 's in ("x")', 'not(x in [1,2])',
    'flag and missing', 'off and missing', 'flag or missing', 'off or nothing', 'not(flag)', 'not(missing)', 'x and flag',
    'x + y * 2 - 1', 'x / 0', 'x + s', 's + t', '-x', '2 ** 3', 'missing + 1', 'xs + 1', 'x - abc + ab', '1e5', '.5', '(x)',
    'if flag then x else y', 'if missing then 1 else 2', 'if x > nothing then 1', 'if nothing then 1 else {a: [x]}',
    'order.dose * x', 'order.route.code', 'order.route.missing', 'missing.deep.path', 'items.q', 'items.n', 'x.y', 'order.date', 'order.list[1]', 'order.value', 'xs.length',
    'items[q > 1]', 'items[q > x]', 'items[x = 7].n', 'items[item.q = 1]', 'xs[1]', 'xs[-1]', 'xs[9]', 'xs[item > 1]', 'xs[flag]', 'nothing[1]', 'x[1]', 'items["q"]', 'items[n = "b" and q > 1].q', 'xs[> 1]',
    'some i in items satisfies i.q > 3', 'every i in xs satisfies i > 0', 'some i in nothing satisfies i', 'some i in items, j in xs satisfies i.q = j', 'every i in none satisfies false',
    'for i in xs return i * 2', 'for i in 1..3 return i + x', 'for i in [1,2], j in [i] return partial', 'for i in nothing return i',
    '{a: x, b: a + 1}', '{"a b": 1}.a b', '{a: x}.a', '[x, [y], {c: s}]', '[1..3]', '(1..x]',
    'count(items)', 'count(nothing)', 'list contains(xs, null)', 'list contains(xs)', 'sum(xs)', 'sum([1, x])', 'min(x, y)', 'max(none)', 'string(x)', 'string(order)', 'number("3", ",", ".")', 'number("3")', 'contains(s, "x")', 'matches(s, "^x$")', 'substring("abc", 2)', 'get value(order, "dose")', 'get value(order, s)', 'is defined(x)', 'string length(s)', 'upper case(s)', 'all(flag, off)', 'count(xs[item != null])', 'nofunction(x)', 'x(1)', 'contains(string: s, match: "x")', 'contains(nope: s)', 'sort(xs, function(a, b) a > b)', 'decimal(y, 0)',
    'date("2026-01-02")', 'date("nope")', '@"2026-01-02"', 'date and time(due)', 'date and time(due) > now()', 'now() - date and time(due)', 'today() = date("2026-11-23")', 'duration("PT1H") * 2', 'now() + duration("PT36H")', 'duration("P1D") > duration("PT23H")', 'date and time(due).year', 'date(order.date) < today()', 'years and months duration(date("2020-01-01"), today())', 'time("10:00:00") < time("11:00:00")', 'date and time(due) in [now()..now() + duration("P2D")]', 'date("2026-01-02") = 3',
    '(function(a, b) a + b + x)(1, 2)', 'x instance of number', 's instance of string', 'x // tail', '/* a */ x', 'x\n> 2', '"a\\"b\\n"', '"(" + s + ")"', 'null', 'true', '"中文"', '? > 1',
  ])('agrees with feelin on %s', (source) => {
    expect(compiled(source, context)).toEqual(byFeelin(source, context));
  });

  it('keeps nothing from one evaluation to the next', () => {
    const expression = compileExpression('if known then value else missing');

    expect(expression.evaluate({ known: true, value: 1 }, { at })).toEqual({ value: 1, warnings: [] });
    expect(expression.evaluate({ missing: 2 }, { at })).toMatchObject({ value: 2, warnings: [{ type: 'NO_VARIABLE_FOUND' }] });
    expect(expression.evaluate({}, { at })).toMatchObject({ value: null, warnings: [{ position: { from: 3, to: 8 } }, { position: { from: 25, to: 32 } }] });
  });

  it('reads the text the same way whatever the data is called', () => {
    const expression = compileExpression('bp.systolic-diastolic');

    expect(expression.evaluate({ bp: { systolic: 120, 'systolic-diastolic': 7 }, diastolic: 80 }, { at }).value).toBe(40);
    expect(compileExpression('get value(bp, "systolic-diastolic")').evaluate({ bp: { 'systolic-diastolic': 7 } }, { at }).value).toBe(7);
  });

  it('knows a variable whose name has spaces', () => {
    expect(compileExpression('fall risk > 3').evaluate({ 'fall  risk': 4 }, { at }).value).toBe(true);
  });
});

describe('random expressions', () => {
  // feelin reads the call `date(…)` in a filter over data with an entry `date` as that entry; we read the text without regard to the data.
  const { date: _hidesTheFunction, ...order } = context['order'] as Context;
  const unambiguous: Context = { ...context, order };
  const name = fc.constantFrom('x', 'y', 'ab', 'abc', 's', 'flag', 'off', 'nothing', 'missing', 'xs', 'one', 'none', 'items', 'order', 'order.dose', 'order.route.code', 'items.q', 'order.items', 'due');
  const literal = fc.constantFrom('0', '1', '2.5', '3', '"x"', '""', 'true', 'false', 'null', '[]', '[1, 2]', '{a: 1}', 'duration("PT1H")', 'date("2026-01-02")', 'now()', 'today()', 'date and time(due)');
  const { expression } = fc.letrec<{ expression: string }>((tie) => {
    const sub = tie('expression');
    const infix = (...operators: string[]) => fc.tuple(sub, fc.constantFrom(...operators), sub).map(([left, operator, right]) => `(${left} ${operator} ${right})`);
    return {
      expression: fc.oneof(
        { maxDepth: 4, depthIdentifier: 'feel' },
        name,
        literal,
        infix('+', '-', '*', '/', '**'),
        infix('>', '>=', '<', '<=', '=', '!='),
        infix('and', 'or'),
        fc.tuple(sub, sub, sub).map(([a, b, c]) => `(if ${a} then ${b} else ${c})`),
        fc.tuple(sub, sub, sub).map(([a, b, c]) => `(${a} between ${b} and ${c})`),
        fc.tuple(sub, sub, sub).map(([a, b, c]) => `(${a} in (${b}, ${c}))`),
        fc.tuple(sub, sub).map(([a, b]) => `(${a} in [${b}..3])`),
        fc.tuple(sub, sub).map(([a, b]) => `(${a})[${b}]`),
        fc.tuple(sub, fc.constantFrom('q', 'a', 'dose', 'year')).map(([a, key]) => `(${a}).${key}`),
        fc.tuple(fc.constantFrom('some', 'every'), sub, sub).map(([kind, a, b]) => `(${kind} v in ${a} satisfies ${b.replaceAll('x', 'v')})`),
        fc.tuple(sub, sub).map(([a, b]) => `(for v in ${a} return [v, ${b}])`),
        fc.tuple(fc.constantFrom('count', 'not', 'string', 'sum', 'min', 'max', 'is', 'list contains', 'contains', 'get value', 'date', 'duration', 'number', 'nosuch'), fc.array(sub, { maxLength: 3 })).map(([called, args]) => `${called}(${args.join(', ')})`),
        fc.tuple(sub, sub).map(([a, b]) => `{k: ${a}, l: [k, ${b}]}.l`),
      ),
    };
  });

  it('agree with feelin in value, in having warnings and in failing', () => {
    fc.assert(
      fc.property(expression, (source) => {
        expect(compiled(source, unambiguous)).toEqual(byFeelin(source, unambiguous));
      }),
      { seed: 20_261_123, numRuns: runs },
    );
  }, 60_000 + runs * 20);
});
