import { describe, expect, it, jest } from '@jest/globals';
import { compileExpression, compileUnaryTests, FeelSyntaxError, toJson, dateTimeToInstant } from '../index.ts';

const at = '2020-02-03T17:30:00.000Z';
const valueOf = (source: string, context = {}, zone = 'UTC') => toJson(compileExpression(source).evaluate(context, { at, zone }).value, zone);

describe('compileExpression', () => {
  it('gives the same object for the same text', () => {
    expect(compileExpression('1 + 1')).toBe(compileExpression('1 + 1'));
  });

  it.each([
    ['1 +', 'line 1, column 4'],
    ['if x then', 'line 1, column 10'],
    ['x +\n  * 3', 'line 2, column 3'],
    ['', 'line 1, column 1'],
    ['"open', 'line 1'],
    ['amount) > 1', 'line 1, column 7'],
  ])('refuses %j and says where', (source, place) => {
    const attempt = () => compileExpression(source);

    expect(attempt).toThrow(FeelSyntaxError);
    expect(attempt).toThrow(/^Expected .*, but .*/);
    expect(attempt).toThrow(place);
    expect(attempt).toThrow(expect.objectContaining({ code: 'FEEL_SYNTAX' }));
  });

  it.each([
    'now()',
    'if true then now() else null',
    '[now()][1]',
    '(for i in [1] return now())[1]',
    '(function(a) now())(1)',
    '{a: {b: now()}}.a.b',
    '[{a: 1}][a = 1 and now() = now()].a + 0 = 1 and false or now() != null',
  ])('takes the time of %s from the options', (source) => {
    const expected = source.includes('!=') ? true : at;
    const wallClock = jest.spyOn(Date, 'now').mockImplementation(() => {
      throw new Error('the wall clock was read');
    });

    expect(valueOf(source)).toEqual(expected);
    expect(valueOf('today()')).toBe('2020-02-03');
    wallClock.mockRestore();
  });

  it('gives today in the zone of the options', () => {
    expect([valueOf('today()'), valueOf('today()', {}, '+08:00')]).toEqual(['2020-02-03', '2020-02-04']);
  });

  it.each(['function(now) now()', '{today: 1}', 'for now in [1] return now', '{"now": null}'])('refuses %s, which hides the clock', (source) => {
    expect(() => compileExpression(source)).toThrow('Expected a name other than now and today');
  });

  it('fails with a code when an operation is impossible', () => {
    expect(() => valueOf('1 > true')).toThrow(expect.objectContaining({ code: 'FEEL_EVALUATION' }));
  });
});

describe('compileUnaryTests', () => {
  it('tests the value named ?', () => {
    const test = compileUnaryTests('[10..20], > 90');

    expect([5, 15, 95].map((value) => test.evaluate({ '?': value }, { at }).value)).toEqual([false, true, true]);
  });
});

describe('toJson', () => {
  it.each([
    ['date("2026-01-02")', '2026-01-02'],
    ['date and time("2026-01-02T08:00:00+08:00")', '2026-01-02T00:00:00.000Z'],
    ['date and time("2026-01-02T08:00:00+08:00:30")', '2026-01-01T23:59:30.000Z'],
    ['date and time("2026-01-02T08:00:00") + duration("PT36H")', '2026-01-03T20:00:00.000Z'],
    ['duration("PT90M")', 'PT1H30M'],
    ['[1, {a: null, b: "x"}]', [1, { a: null, b: 'x' }]],
  ])('turns %s into JSON', (source, expected) => {
    expect(valueOf(source)).toEqual(expected);
  });

  it('takes a local date-time in the zone given', () => {
    expect(dateTimeToInstant('2026-01-02T08:00:00', '+08:00')).toBe('2026-01-02T00:00:00.000Z');
  });

  it('refuses a function', () => {
    expect(() => valueOf('function(x) x')).toThrow(expect.objectContaining({ code: 'FEEL_VALUE' }));
  });
});

describe('the budget of an evaluation', () => {
  const hasThree = { xs: [1, 2, 3] };

  it.each([
    'count(for i in 1..1000000000 return i)',
    'some i in 1..400, j in 1..400 satisfies i > 1000',
    'every i in xs, j in 1..100000 satisfies true',
    'count(for i in 1..20000 return xs[item > i])',
    'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "^(a+)+$")',
    'split("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a*)*b")',
  ])('ends %s', (source) => {
    const expression = compileExpression(source);

    expect(() => expression.evaluate(hasThree, { at })).toThrow(expect.objectContaining({ code: 'FEEL_BUDGET' }));
  });

  it('is whole again for the next evaluation, and leaves ordinary work alone', () => {
    const expression = compileExpression('count(for i in 1..100, j in 1..100 return i * j)');

    expect([1, 2, 3].map(() => expression.evaluate({}, { at }).value)).toEqual([10_000, 10_000, 10_000]);
    expect(compileExpression('for i in xs[item > 1], j in [i, i + 1] return i + j').evaluate(hasThree, { at }).value).toEqual([4, 5, 6, 7]);
    expect(compileExpression('replace("a1b22", "[0-9]+", "-")').evaluate({}, { at }).value).toBe('a-b-');
  });

  it('keeps the places of warnings', () => {
    expect(compileExpression('for i in xs return missing').evaluate(hasThree, { at }).warnings[0]?.position).toEqual({ from: 19, to: 26 });
  });
});
