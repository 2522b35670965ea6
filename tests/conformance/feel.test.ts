import { compileStandardExpression, feelText, Run, Scope, standardClock } from '../../rules/feel/standard/index.ts';
import { grammar, noFeel } from './feel/grammar.ts';
import { lists } from './feel/lists.ts';
import { logic } from './feel/logic.ts';
import { numbers } from './feel/numbers.ts';
import { texts } from './feel/texts.ts';
import { times } from './feel/times.ts';

const clock = standardClock('2026-11-23T08:00:00Z', 'UTC');
const valueOf = (source: string): unknown => compileStandardExpression(source)(new Scope(new Run(clock), new Map()));

describe.each([...grammar, ...numbers, ...texts, ...lists, ...logic, ...times])('$section', ({ cases }) => {
  it.each(cases)('%s is %s', (source, expected) => {
    expect(feelText(valueOf(source), true)).toBe(expected);
  });
});

describe('DMN 1.5 §10.3.1.2, what is no FEEL', () => {
  it.each(noFeel)('refuses %s', (source) => {
    expect(() => valueOf(source)).toThrow(expect.objectContaining({ code: 'FEEL_SYNTAX' }));
  });
});
