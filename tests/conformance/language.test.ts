import { workedElements } from '../support/worked-elements.ts';
import { activityCases } from './language/activities.ts';
import { clauseCases } from './language/clauses.ts';
import { combinedCases } from './language/combinations.ts';
import { compensationCases, eventCases } from './language/events.ts';
import { invalidCases } from './language/invalid.ts';
import { definitionsOf, playCase, readFile, traceOf, type LanguageCase } from './language/language-case.ts';
import { file } from './language/model.ts';
import { patternCases } from './language/patterns.ts';

const groups: Readonly<Record<string, readonly LanguageCase[]>> = { activities: activityCases, events: eventCases, compensation: compensationCases, 'workflow patterns': patternCases, combinations: combinedCases, clauses: clauseCases };

describe.each(Object.entries(groups))('BPMN 2.0.2, %s', (_group, cases) => {
  it.each(cases.map((test) => [test.title, test] as const))('%s', (_title, test) => {
    const { definitions, findings } = definitionsOf(test);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);

    const played = playCase(test, definitions);

    const instances = [played, ...played.others];
    expect({ trace: traceOf(test, definitions, instances.map(({ log }) => workedElements(log))), status: played.status, incidents: instances.flatMap(({ incidents }) => incidents.map(({ code }) => code)), problems: played.expectationFailures }).toEqual({
      trace: test.trace, status: test.status ?? 'completed', incidents: test.incidents ?? [], problems: [],
    });
    expect(played.variables).toMatchObject(test.result ?? {});
  });
});

describe('BPMN 2.0.2, what is refused', () => {
  it.each(invalidCases.map((test) => [test.title, test] as const))('%s', (_title, test) => {
    const { findings } = readFile(file(test, test));

    const found = findings.find(({ code, severity }) => code === test.code && severity === (test.severity ?? 'error'));
    expect(findings.map(({ code }) => code)).toContain(test.code);
    expect(found).toMatchObject({ ...(test.elementId === undefined ? {} : { elementId: test.elementId }) });
  });
});
