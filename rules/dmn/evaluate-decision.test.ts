import { describe, expect, it } from '@jest/globals';
import { decisionJson, evaluateDecision, parseDmnXml, toDecisionModel, type DecisionModel, type DecisionResult } from './index.ts';
import { compiledModel } from './evaluate-decision.ts';

const at = '2026-11-23T08:00:00Z';
const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const literal = (text: string, more = ''): string => `<literalExpression${more}><text>${escape(text)}</text></literalExpression>`;
const need = (...ids: string[]): string => ids.map((id) => `<informationRequirement><required${id.startsWith('i') ? 'Input' : 'Decision'} href="#${id}"/></informationRequirement>`).join('');
const know = (...ids: string[]): string => ids.map((id) => `<knowledgeRequirement><requiredKnowledge href="#${id}"/></knowledgeRequirement>`).join('');
const decision = (id: string, logic: string, { needs = '', type = '', name = id } = {}): string => `<decision id="${id}" name="${name}"><variable name="${name}"${type === '' ? '' : ` typeRef="${type}"`}/>${needs}${logic}</decision>`;
const input = (id: string, name: string, type: string): string => `<inputData id="${id}" name="${name}"><variable name="${name}" typeRef="${type}"/></inputData>`;

function modelOf(inner: string, namespace = 'https://www.omg.org/spec/DMN/20230324/MODEL/'): DecisionModel {
  const { document, findings } = parseDmnXml(`<definitions xmlns="${namespace}" namespace="urn:test" name="t" id="t" xmlns:feel="http://www.omg.org/spec/FEEL/20140401">${inner}</definitions>`);
  if (!document) throw new Error(findings.map(({ message }) => message).join('; '));
  return toDecisionModel(document).model;
}

const run = (inner: string, name: string, inputs: Record<string, unknown> = {}): DecisionResult => evaluateDecision(modelOf(inner), name, inputs, { at });
const valueOf = (inner: string, name: string, inputs: Record<string, unknown> = {}): unknown => decisionJson(run(inner, name, inputs).value);

interface TableText {
  readonly policy?: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly (string | { readonly name: string; readonly values?: string; readonly fallback?: string })[];
  readonly rows: readonly (readonly [readonly string[], readonly string[]])[];
}

function table({ policy = 'UNIQUE', inputs, outputs, rows }: TableText): string {
  const [hitPolicy, aggregation] = policy.split('+');
  const text = (name: string, content: string | undefined): string => (content === undefined ? '' : `<${name}><text>${escape(content)}</text></${name}>`);
  const columns = outputs.map((output) => (typeof output === 'string' ? { name: output } : output)).map((output) => `<output name="${output.name}">${text('outputValues', 'values' in output ? output.values : undefined)}${text('defaultOutputEntry', 'fallback' in output ? output.fallback : undefined)}</output>`);
  const rules = rows.map(([tests, entries], index) => `<rule id="r${index + 1}">${tests.map((test) => text('inputEntry', test)).join('')}${entries.map((entry) => text('outputEntry', entry)).join('')}</rule>`);
  return `<decisionTable hitPolicy="${hitPolicy}"${aggregation === undefined ? '' : ` aggregation="${aggregation}"`}>${inputs.map((expression) => `<input>${text('inputExpression', expression)}</input>`).join('')}${columns.join('')}${rules.join('')}</decisionTable>`;
}

describe('hit policies', () => {
  const overlapping = (policy: string, outputs: TableText['outputs'] = [{ name: 'o', values: '"high","middle","low"' }]): string =>
    input('i1', 'x', 'number') + decision('d', table({ policy, inputs: ['x'], outputs, rows: [[['> 1'], ['"low"']], [['> 2'], ['"high"']], [['> 3'], ['"low"']], [['> 100'], ['"middle"']]] }), { needs: need('i1') });
  const numbers = (policy: string): string => input('i1', 'x', 'number') + decision('d', table({ policy, inputs: ['x'], outputs: ['o'], rows: [[['> 1'], ['10']], [['> 2'], ['30']], [['> 3'], ['20']]] }), { needs: need('i1') });

  it.each([
    ['UNIQUE', 2, 'low'], ['ANY', 2, 'low'], ['FIRST', 9, 'low'], ['PRIORITY', 9, 'high'],
    ['RULE ORDER', 9, ['low', 'high', 'low']], ['OUTPUT ORDER', 9, ['high', 'low', 'low']], ['COLLECT', 9, ['low', 'high', 'low']], ['COLLECT+COUNT', 9, 3],
    ['UNIQUE', 0, null], ['COLLECT', 0, null], ['UNIQUE', null, null],
  ])('%s of %j is %j', (policy, x, expected) => {
    const { value, errors } = run(overlapping(policy), 'd', { x });

    expect({ value, errors }).toEqual({ value: expected, errors: [] });
  });

  it.each([['COLLECT+SUM', 60], ['COLLECT+MIN', 10], ['COLLECT+MAX', 30], ['COLLECT+COUNT', 3]])('%s is %d', (policy, expected) => {
    expect(valueOf(numbers(policy), 'd', { x: 9 })).toBe(expected);
  });

  it.each([['UNIQUE', '1, 2, 3'], ['ANY', '1, 2, 3']])('a violated %s is null, with an error that names the rows', (policy, rows) => {
    expect(run(overlapping(policy), 'd', { x: 9 })).toMatchObject({ value: null, errors: [{ code: 'HIT_POLICY_VIOLATED', elementId: 'd', message: expect.stringContaining(rows) }] });
  });

  it.each(['? > 2', 'list contains(?, 1)', '? = y', 'true'])('does not match a missing value by %s', (test) => {
    const model = input('i1', 'x', 'Any') + input('i2', 'y', 'number') + decision('d', table({ inputs: ['x'], outputs: ['o'], rows: [[[test], ['1']]] }), { needs: need('i1', 'i2') });

    expect(run(model, 'd', { x: null, y: 1 })).toMatchObject({ value: null, fired: [{ rows: [] }] });
  });

  it('gives the default outputs when no row matches, and the rows that fired', () => {
    const model = overlapping('UNIQUE', [{ name: 'o', fallback: '"none"' }]);

    expect(run(model, 'd', { x: 0 })).toMatchObject({ value: 'none', fired: [{ elementId: 'd', rows: [] }] });
    expect(run(model, 'd', { x: 2 })).toMatchObject({ value: 'low', fired: [{ elementId: 'd', rows: [{ row: 1, id: 'r1' }] }] });
  });

  it('orders several outputs column after column', () => {
    const outputs = [{ name: 'a', values: '1, 2' }, { name: 'b', values: '"x", "y"' }];
    const model = decision('d', table({ policy: 'OUTPUT ORDER', inputs: ['1'], outputs, rows: [[['-'], ['2', '"x"']], [['-'], ['1', '"y"']], [['1'], ['1', '"x"']]] }));

    expect(valueOf(model, 'd')).toEqual([{ a: 1, b: 'x' }, { a: 1, b: 'y' }, { a: 2, b: 'x' }]);
  });

  it('refuses an output that is not among its values', () => {
    const model = decision('d', table({ inputs: ['1'], outputs: [{ name: 'o', values: '1, 2' }], rows: [[['-'], ['3']]] }));

    expect(run(model, 'd')).toMatchObject({ value: null, errors: [{ code: 'OUTPUT_NOT_ALLOWED' }] });
  });
});

describe('boxed expressions', () => {
  it.each([
    ['a context without a result', '<context><contextEntry><variable name="a"/>{1}</contextEntry><contextEntry><variable name="b c"/>{a + 1}</contextEntry></context>', { a: 1, 'b c': 2 }],
    ['a context with a result', '<context><contextEntry><variable name="a b"/>{2}</contextEntry><contextEntry>{a b * 2}</contextEntry></context>', 4],
    ['a list', '<list>{1}{"x"}</list>', [1, 'x']],
    ['a relation', '<relation><column name="n"/><column name="m"/><row>{1}{2}</row><row>{3}{4}</row></relation>', [{ n: 1, m: 2 }, { n: 3, m: 4 }]],
    ['a conditional', '<conditional><if>{1 > 2}</if><then>{"a"}</then><else>{"b"}</else></conditional>', 'b'],
    ['a conditional on null', '<conditional><if>{null}</if><then>{"a"}</then><else>{"b"}</else></conditional>', 'b'],
    ['for', '<for iteratorVariable="i"><in>{[1, 2, 3]}</in><return>{i * 2 + count(partial)}</return></for>', [2, 5, 8]],
    ['some', '<some iteratorVariable="i"><in>{[1, 2]}</in><satisfies>{i > 1}</satisfies></some>', true],
    ['every', '<every iteratorVariable="i"><in>{[1, 2]}</in><satisfies>{i > 1}</satisfies></every>', false],
    ['a filter', '<filter><in>{[{p: 1}, {p: 2}]}</in><match>{p > 1}</match></filter>', [{ p: 2 }]],
    ['an invocation of a builtin', '<invocation>{substring}<binding><parameter name="string"/>{"abc"}</binding><binding><parameter name="start position"/>{2}</binding></invocation>', 'bc'],
    ['a function that keeps its scope', '<context><contextEntry><variable name="k"/>{10}</contextEntry><contextEntry><variable name="f"/><functionDefinition><formalParameter name="x" typeRef="number"/>{x + k}</functionDefinition></contextEntry><contextEntry>{f(5)}</contextEntry></context>', 15],
    ['a function that calls itself', '<context><contextEntry><variable name="f"/><functionDefinition><formalParameter name="n"/>{if n < 2 then 1 else n * f(n - 1)}</functionDefinition></contextEntry><contextEntry>{f(6)}</contextEntry></context>', 720],
  ])('evaluates %s', (_what, xml, expected) => {
    const logic = xml.replace(/\{((?:[^{}]|\{[^{}]*\})*)\}/g, (_whole, text: string) => literal(text));

    expect(run(decision('d', logic), 'd')).toMatchObject({ errors: [] });
    expect(valueOf(decision('d', logic), 'd')).toEqual(expected);
  });

  it.each(['Java', 'PMML'])('refuses a function in %s with a reason', (kind) => {
    const xml = decision('d', `<context><contextEntry><variable name="f"/><functionDefinition kind="${kind}"><formalParameter name="x"/><context/></functionDefinition></contextEntry><contextEntry>${literal('f(1)')}</contextEntry></context>`);

    expect(run(xml, 'd')).toMatchObject({ value: null, errors: [{ code: 'NOT_EXECUTABLE', elementId: 'd', message: expect.stringContaining(kind) }] });
    expect(compiledModel(modelOf(xml)).findings).toMatchObject([{ code: 'NOT_EXECUTABLE', elementId: 'd' }]);
  });
});

describe('requirements', () => {
  it('evaluates what a decision requires, once each, and says so', () => {
    const xml = input('i1', 'Body weight', 'number') + decision('d1', literal('Body weight * 2'), { needs: need('i1'), name: 'Dose per day' }) + decision('d2', literal('Dose per day + 1'), { needs: need('d1') }) + decision('d3', literal('Dose per day + d2'), { needs: need('d1', 'd2') });

    const { value, values, trace } = run(xml, 'd3', { 'Body weight': 4 });

    expect({ value, values, order: trace.map(({ name }) => name) }).toEqual({ value: 17, values: { 'Dose per day': 8, d2: 9, d3: 17 }, order: ['Dose per day', 'd2', 'd3'] });
  });

  it('takes a decision from the inputs instead of evaluating it', () => {
    expect(valueOf(decision('d1', literal('1')) + decision('d2', literal('d1 + 1'), { needs: need('d1') }), 'd2', { d1: 10 })).toBe(11);
  });

  it('sees only what is required', () => {
    expect(run(decision('d1', literal('1')) + decision('d2', literal('d1')), 'd2')).toMatchObject({ value: null, warnings: [{ type: 'NO_VARIABLE_FOUND' }] });
  });

  it('ends decisions that require each other', () => {
    const xml = decision('d1', literal('d2'), { needs: need('d2') }) + decision('d2', literal('d1'), { needs: need('d1') });

    expect(run(xml, 'd1')).toMatchObject({ value: null, errors: [{ code: 'REQUIREMENT_CIRCULAR' }] });
    expect(compiledModel(modelOf(xml)).findings).toMatchObject([{ code: 'REQUIREMENT_CIRCULAR', severity: 'error' }]);
  });

  const factorial = `<businessKnowledgeModel id="b1" name="fact"><variable name="fact"/><encapsulatedLogic><formalParameter name="n" typeRef="number"/>${literal('if n < 2 then 1 else n * fact(n - 1)')}</encapsulatedLogic>${know('b1')}</businessKnowledgeModel>`;

  it('runs a knowledge model that calls itself, by place and by name', () => {
    expect(valueOf(factorial + decision('d', literal('[fact(5), fact(n: 3)]'), { needs: know('b1') }), 'd')).toEqual([120, 6]);
  });

  it('ends a knowledge model that never ends', () => {
    const endless = factorial.replace('if n &lt; 2 then 1 else n * fact(n - 1)', 'fact(n + 1)');

    expect(run(endless + decision('d', literal('fact(1)'), { needs: know('b1') }), 'd')).toMatchObject({ value: null, errors: [{ code: 'FEEL_BUDGET' }] });
  });

  it('gives null for an argument that does not fit', () => {
    expect(run(factorial + decision('d', literal('fact("x")'), { needs: know('b1') }), 'd')).toMatchObject({ value: null, warnings: [{ type: 'FUNCTION_INVOCATION_FAILURE' }] });
  });

  it('evaluates a decision service by name and as a function', () => {
    const xml = input('i1', 'x', 'number') + decision('d1', literal('x * 2'), { needs: need('i1') }) + decision('d2', literal('d1 + 1'), { needs: need('d1') })
      + '<decisionService id="s1" name="serve"><variable name="serve"/><outputDecision href="#d2"/><encapsulatedDecision href="#d1"/><inputData href="#i1"/></decisionService>'
      + decision('d3', literal('serve(x: 4) + serve(1)'), { needs: know('s1') });

    expect(valueOf(xml, 'serve', { x: 10 })).toBe(21);
    expect(valueOf(xml, 'd3')).toBe(12);
  });
});

describe('types', () => {
  const types = '<itemDefinition name="tPatient"><itemComponent name="name"><typeRef>string</typeRef></itemComponent><itemComponent name="Re-admissions"><typeRef>number</typeRef></itemComponent><itemComponent name="born"><typeRef>date</typeRef></itemComponent></itemDefinition>'
    + '<itemDefinition name="tSex"><typeRef>string</typeRef><allowedValues><text>"F", "M"</text></allowedValues></itemDefinition><itemDefinition name="tDoses" isCollection="true"><typeRef>number</typeRef><allowedValues><text>[0..10]</text></allowedValues></itemDefinition>';

  it('reads JSON by its type, and names with operators', () => {
    const xml = types + input('i1', 'Patient', 'tPatient') + decision('d', literal('[Patient.Re-admissions + 1, Patient.born.year, today() - Patient.born > duration("P1D")]'), { needs: need('i1') });

    expect(valueOf(xml, 'd', { Patient: { name: 'P1', 'Re-admissions': 2, born: '1990-05-01' } })).toEqual([3, 1990, true]);
  });

  it.each([
    ['tSex', 'F', 'F', []], ['tSex', 'X', null, ['INPUT_INVALID']], ['tDoses', [1, 10], [1, 10], []], ['tDoses', [1, 11], null, ['INPUT_INVALID']], ['tDoses', 5, [5], []],
    ['number', '5', null, ['INPUT_INVALID']], ['date', '2026-02-30', null, ['INPUT_INVALID']], ['string', ['a'], 'a', []],
  ])('an input of %s that is %j becomes %j', (type, given, expected, codes) => {
    const { value, errors } = run(types + input('i1', 'x', type) + decision('d', literal('x'), { needs: need('i1') }), 'd', { x: given });

    expect({ value, codes: errors.map(({ code }) => code) }).toEqual({ value: expected, codes });
  });

  it('reports a result of another type, and inputs that the model does not have', () => {
    expect(run(decision('d', literal('"x"'), { type: 'number' }), 'd', { dosis: 3 })).toMatchObject({ value: null, errors: [{ code: 'INPUT_UNKNOWN', message: expect.stringContaining('dosis') }, { code: 'TYPE_MISMATCH', elementId: 'd' }] });
  });

  it('ends a type that is made of itself', () => {
    expect(compiledModel(modelOf('<itemDefinition name="a"><typeRef>b</typeRef></itemDefinition><itemDefinition name="b"><typeRef>a</typeRef></itemDefinition>')).findings).toMatchObject([{ code: 'TYPE_CIRCULAR' }, { code: 'TYPE_CIRCULAR' }]);
  });
});

describe('what cannot be executed', () => {
  it.each([
    ['a damaged expression', decision('d', literal('1 +')), 'FEEL_SYNTAX'],
    ['another language', decision('d', literal('1', ' expressionLanguage="https://example.org/js"')), 'NOT_EXECUTABLE'],
    ['a decision without logic', decision('d', ''), 'LOGIC_MISSING'],
  ])('gives null and a reason for %s', (_what, xml, code) => {
    expect(run(xml, 'd')).toMatchObject({ value: null, errors: [{ code, elementId: 'd' }] });
  });

  it('names a decision that the model does not have', () => {
    expect(run('', 'd')).toMatchObject({ value: null, errors: [{ code: 'DECISION_UNKNOWN' }] });
  });
});

describe('older versions', () => {
  it.each(['http://www.omg.org/spec/DMN/20151101/dmn.xsd', 'http://www.omg.org/spec/DMN/20180521/MODEL/', 'https://www.omg.org/spec/DMN/20191111/MODEL/', 'https://www.omg.org/spec/DMN/20211108/MODEL/'])('reads %s', (namespace) => {
    const model = modelOf(input('i1', 'x', 'feel:number') + decision('d', literal('x + 1'), { needs: need('i1'), type: 'feel:number' }), namespace);

    expect(evaluateDecision(model, 'd', { x: 1 }, { at })).toMatchObject({ value: 2, errors: [] });
  });
});
