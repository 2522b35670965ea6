import i18next from 'i18next';
import { renderToStaticMarkup } from 'react-dom/server';
import { initReactI18next } from 'react-i18next';
import type { RuleInput, RuleOutput } from '#rules';
import { TableReader, toDecisionTable } from '#rule-table';
import { resourcesFor } from '../../../i18n/messages.ts';
import { doEdit, redo, startHistory, undo } from '../table-history.ts';
import { doseLimits } from '../test-rule-set.ts';
import { InputFields } from './input-fields.tsx';
import { InputsPanel } from './inputs-panel.tsx';
import { emptyOutputForm, outputFormOf, readOutputForm } from './output-form.ts';
import { OutputFields } from './output-fields.tsx';
import { PolicyField } from './policy-field.tsx';
import { emptyInputForm, inputFormOf, readInputForm } from './input-form.ts';

const table = toDecisionTable(doseLimits);
const reader = new TableReader(table.head);
const fieldsOf = (form: Partial<typeof emptyInputForm>): string[] => readInputForm({ ...emptyInputForm, name: 'a', ...form }, doseLimits.inputs).problems.map(({ field }) => field);
const nothing = (): undefined => undefined;

beforeAll(async () => {
  await i18next.use(initReactI18next).init({ lng: 'zh-CN', fallbackLng: false, keySeparator: false, nsSeparator: false, interpolation: { escapeValue: false }, resources: { 'zh-CN': { translation: resourcesFor('zh-CN') }, en: { translation: resourcesFor('en') } } });
});

describe('an input as a form', () => {
  it('is read as it was, whatever its fields hold', () => {
    const inputs: RuleInput[] = [
      { name: 'a', type: 'number', unit: 'mmol/L', required: true, maxAge: 'P1DT12H', observedAtInput: 'at', whenMissing: { policy: 'branch', value: 0 }, description: { 'zh-CN': '钾', en: 'Potassium' }, allowedValues: [1, 2.5] },
      { name: 'b', type: 'list', allowedValues: [1, '1 '], whenMissing: { policy: 'branch', value: ['x'] } },
      { name: 'c', type: 'any', allowedValues: [true], whenMissing: { policy: 'branch', value: 'x' } },
      { name: 'd', type: 'string', maxAge: 'PT48H', whenMissing: { policy: 'branch', value: '' } },
    ];

    for (const input of inputs) expect(readInputForm(inputFormOf(input), [{ name: 'at', type: 'dateTime' }], input)).toEqual({ input, problems: [] });
  });

  it('takes ages and values as people write them', () => {
    const { input, problems } = readInputForm({ ...emptyInputForm, name: 'k', maxAge: '４８ 小时', allowedValues: '１\n 2.5 \n', missing: 'branch', value: '4' }, []);

    expect(problems).toEqual([]);
    expect(input).toEqual({ name: 'k', type: 'number', maxAge: 'PT48H', allowedValues: [1, 2.5], whenMissing: { policy: 'branch', value: 4 } });
    expect(['7 d', '30min', 'p1dt12h'].map((maxAge) => readInputForm({ ...emptyInputForm, name: 'k', maxAge }, []).input.maxAge)).toEqual(['P7D', 'PT30M', 'P1DT12H']);
  });

  it('says at which field it is wrong', () => {
    expect([fieldsOf({}), fieldsOf({ name: 'route' }), fieldsOf({ zh: '钾' }), fieldsOf({ unit: 'mg 每天' }), fieldsOf({ allowedValues: '1\nx' }), fieldsOf({ maxAge: '两天' }), fieldsOf({ maxAge: '2 d', missing: 'none' }), fieldsOf({ type: 'object', missing: 'branch', value: '{' })]).toEqual([[], ['name'], ['description'], ['unit'], ['allowedValues'], ['maxAge'], ['whenMissing'], ['value']]);
  });

  it('is drawn with its age, and with what is missing', () => {
    const drawn = renderToStaticMarkup(<InputFields before={{ name: 'k', type: 'number', unit: 'mmol/L', maxAge: 'PT48H', whenMissing: { policy: 'person' } }} others={[]} onSave={nothing} onClose={nothing} />);

    expect(drawn).toContain('aria-label="修改数据项 k"');
    expect(drawn).toContain('value="48 h"');
    expect(drawn).toContain('value="mmol/L"');
  });
});

describe('a result as a form', () => {
  it('is read as it was, whatever its fields hold', () => {
    const outputs: RuleOutput[] = [
      { name: 'a', type: 'number', unit: 'mg', default: 0, description: { 'zh-CN': '剂量', en: 'Dose' }, allowedValues: [0, 2.5] },
      { name: 'b', type: 'any', default: 'x' },
      { name: 'c', type: 'string', default: null },
      { name: 'd', type: 'list', default: ['x'] },
    ];

    for (const output of outputs) expect(readOutputForm(outputFormOf(output), [], output)).toEqual({ output, problems: [] });
  });

  it('says at which field it is wrong', () => {
    const wrong = (form: Partial<typeof emptyOutputForm>): string[] => readOutputForm({ ...emptyOutputForm, name: 'a', ...form }, doseLimits.outputs).problems.map(({ field }) => field);

    expect([wrong({}), wrong({ name: 'maxDose' }), wrong({ default: 'x' }), wrong({ type: 'string', allowedValues: 'po\niv', default: 'im' }), wrong({ type: 'object', default: '{' })]).toEqual([[], ['name'], ['default'], ['default'], ['default']]);
    expect(readOutputForm({ ...emptyOutputForm, name: 'a', default: ' ５ ' }, []).output).toEqual({ name: 'a', type: 'number', default: 5 });
  });

  it('is drawn with its default and what a change of its type does', () => {
    const drawn = renderToStaticMarkup(<OutputFields before={{ name: 'maxDose', type: 'number', unit: 'mg', default: 7 }} others={[]} onSave={nothing} onClose={nothing} />);

    expect(drawn).toContain('aria-label="修改结果 maxDose"');
    expect(drawn).toContain('value="7"');
    expect(drawn).toContain('各格重新读取');
  });
});

describe('below the table', () => {
  it('are the hit policy in words, and how many inputs there are', () => {
    const drawn = renderToStaticMarkup(<><PolicyField head={table.head} isReadOnly={false} onEdit={nothing} /><InputsPanel table={table} isReadOnly={false} onEdit={nothing} /></>);

    expect(drawn).toContain('唯一：最多一行命中');
    expect(drawn).not.toContain('aria-label="汇总"');
    expect(drawn).toContain('数据项（2）');
  });
});

describe('declaring an input', () => {
  it('is a step of the same history as the cells that read it', () => {
    const declared = doEdit(startHistory(table), { type: 'addInput', input: { name: 'renal', type: 'number' } }, reader).history;
    const written = doEdit(declared, { type: 'setCell', row: 0, column: table.columns.findIndex(({ kind }) => kind === 'condition'), text: 'renal < 30' }, reader.for(declared.table.head)).history;
    const back = undo(undo(written, reader.for(written.table.head)).history, reader.for(declared.table.head)).history;

    expect(reader.for(written.table.head).errors(written.table)).toEqual([]);
    expect(doEdit(written, { type: 'removeInput', name: 'renal' }, reader.for(written.table.head)).refused?.['zh-CN']).toBe('renal 不能删除，仍被使用：第 1 行');
    expect(back.table).toEqual(table);
    expect(redo(redo(back, reader).history, reader.for(declared.table.head)).history.table).toEqual(written.table);
  });
});
