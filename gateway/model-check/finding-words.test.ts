import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wordedCodes, wordsOf } from './finding-words.ts';

const engine = join(import.meta.dirname, '../../engine');
const clinical = ['EFFECT_NOT_UNDOABLE', 'CALL_NOT_UNDOABLE', 'TASK_FOR_ANYBODY', 'TASK_WITHOUT_DEADLINE', 'HIGH_RISK_UNVERIFIED'];

/** Every code that the source of import and check gives to a finding. */
function codesInSource(): string[] {
  const files = ['bpmn', 'check', 'definition'].flatMap((folder) => readdirSync(join(engine, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.includes('test')).map((name) => join(engine, folder, name)));
  const codes = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/(?:report|refused|#stop|code:)\(?\s*'([A-Z]+(?:_[A-Z]+)*)'|'([A-Z]+(?:_[A-Z]+)+)', `Expected/g)].map(([, code, other]) => code ?? other ?? ''));
  return [...new Set(codes)].filter((code) => !clinical.includes(code)).sort();
}

describe('findings in words', () => {
  it('has a Chinese sentence for every code of import and check', () => {
    const codes = codesInSource();

    expect(codes.length).toBeGreaterThan(80);
    expect(codes.filter((code) => !wordedCodes.includes(code))).toEqual([]);
  });

  it('puts the name for the id in English, but not for what may be a word', () => {
    const finding = (elementId: string) => ({ code: 'FORM_MISSING', severity: 'error' as const, elementId, message: `Expected user task ${elementId} to name a form, but ${elementId} names none` });

    expect(wordsOf(finding('_a-1'), 'Review').en).toBe('Expected user task “Review” to name a form, but “Review” names none');
    expect(wordsOf(finding('task'), 'Review').en).toBe('Expected user task task to name a form, but task names none');
  });

  it('names the element, else its id, else the place in the file', () => {
    expect(wordsOf({ code: 'FORM_MISSING', severity: 'error', elementId: 'u', message: 'Expected …' }, '审核')).toEqual({ 'zh-CN': '任务“审核”没有指定表单', en: 'Expected …' });
    expect(wordsOf({ code: 'FORM_MISSING', severity: 'error', elementId: 'u', message: 'Expected …' }, '')['zh-CN']).toBe('任务“u”没有指定表单');
    expect(wordsOf({ code: 'XML_MALFORMED', severity: 'error', path: 'line 3, column 14', message: 'Expected …' }, undefined)['zh-CN']).toBe('文件不是完整的 XML（第 3 行第 14 列）');
  });
});
