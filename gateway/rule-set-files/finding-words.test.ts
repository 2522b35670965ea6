import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wordedCodes, wordsOf } from './finding-words.ts';

const rules = join(import.meta.dirname, '../../rules');
/** Those of models that are executed as they are, which no rule set comes from. */
const ofModels = ['MODEL_INVALID', 'REQUIREMENT_CIRCULAR', 'FEEL_SYNTAX', 'TYPE_CIRCULAR', 'TYPE_NOT_FOUND', 'IMPORT_AMBIGUOUS', 'IMPORT_CIRCULAR', 'IMPORT_UNSUPPORTED'];

/** Every code that reading or writing a DMN file gives to a finding. */
function codesInSource(): string[] {
  const files = ['dmn', 'rule-set-dmn'].flatMap((folder) => readdirSync(join(rules, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.includes('test')).map((name) => join(rules, folder, name)));
  const codes = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/(?:report|reason|stop|code:)\(?\s*'([A-Z]+(?:_[A-Z]+)+)'/g)].map(([, code]) => code ?? ''));
  return [...new Set(codes)].filter((code) => !ofModels.includes(code)).sort();
}

describe('findings of files in words', () => {
  it('has a Chinese sentence for every code of reading and writing', () => {
    const codes = codesInSource();

    expect(codes.length).toBeGreaterThan(25);
    expect(codes.filter((code) => !wordedCodes.includes(code))).toEqual([]);
  });

  it('names the element and what the finding is about', () => {
    expect(wordsOf({ code: 'REQUIRES_DECISION', severity: 'error', elementId: 'd1', subject: '分级', message: 'Expected …' }, '用药')).toEqual({ 'zh-CN': expect.stringContaining('“用药”要用另一个决策“分级”'), en: 'Expected …' });
    expect(wordsOf({ code: 'XML_MALFORMED', severity: 'error', path: 'line 3, column 14', message: 'Expected …' }, undefined)['zh-CN']).toBe('文件不是完整的 XML（第 3 行第 14 列）');
  });

  it('says of a cell what was expected, and of a document what its code means', () => {
    const cell = { row: 2, column: 'potassium', text: '> "a"', expected: { 'zh-CN': '数字，例如 5 或 > 5', en: 'a number' } };

    expect(wordsOf({ code: 'TYPE_MISMATCH', severity: 'error', elementId: 'r2', message: 'Expected …', cell }, undefined)['zh-CN']).toBe('第 2 行“potassium”：应为数字，例如 5 或 > 5');
    expect(wordsOf({ code: 'FACT_UNDECLARED', severity: 'error', message: 'Expected …', documentPath: 'rules.0.conditions' }, undefined)['zh-CN']).toBe('用到了没有声明的输入（rules.0.conditions）');
  });
});
