import type { RuleSetDocument } from '#rules';
import { compileWithSuspended, judgeWithSuspended } from './suspended-rules.ts';

const text = (en: string) => ({ 'zh-CN': en, en });
const rule = (id: string, level: 'HARD' | 'PHARMACIST', fact: string, value: number): RuleSetDocument['rules'][number] => ({
  id, name: text(id), level, conditions: { all: [{ fact, operator: 'greaterThan', value }] }, event: { type: id }, message: text(id), source: { grade: 'A', reference: 'label', mark: 'S' },
});
const document: RuleSetDocument = {
  format: 'careloop-rules/1', key: 'set', version: '1', name: text('set'), domain: 'pharmacy', outputs: [],
  inputs: [{ name: 'potassium', type: 'number', whenMissing: { policy: 'stop' } }, { name: 'sodium', type: 'number', whenMissing: { policy: 'person' } }, { name: 'weight', type: 'number' }],
  rules: [rule('high', 'HARD', 'potassium', 5.5), rule('sodium', 'PHARMACIST', 'sodium', 150), rule('heavy', 'HARD', 'weight', 200)],
};
const judge = (suspended: readonly string[], facts: Record<string, unknown>) => judgeWithSuspended(compileWithSuspended(document, new Set(suspended)), facts, { at: '2026-11-23T08:00:00Z', explain: true });

describe('suspended rules', () => {
  it('advise at most, and keep their own level beside it', () => {
    const facts = { potassium: 6, sodium: 140, weight: 70 };

    expect(judge([], facts).level).toBe('HARD');
    expect(judge(['high'], facts)).toMatchObject({ level: 'WARN', stop: false, findings: [{ ruleId: 'high', level: 'WARN', gradedFrom: 'HARD' }] });
  });

  it('stop nothing by a value that only they need', () => {
    const facts = { sodium: 140, weight: 70 };

    expect(judge([], facts)).toMatchObject({ level: 'UNKNOWN', stop: true });
    expect(judge(['high'], facts)).toMatchObject({ level: 'WARN', stop: false, findings: [{ ruleId: 'missing:potassium', level: 'WARN', gradedFrom: 'UNKNOWN' }] });
  });

  it('leave what others need as it is', () => {
    expect(judge(['high'], { potassium: 6, weight: 70 })).toMatchObject({ level: 'PHARMACIST', findings: [{ ruleId: 'high', level: 'WARN' }, { ruleId: 'missing:sodium', level: 'PHARMACIST' }] });
  });

  it('do not hide a fact of the wrong type, which is a fault whoever reads it', () => {
    expect(judge(['heavy'], { potassium: 4, sodium: 140, weight: 'heavy' }).failure?.fact).toBe('weight');
  });

  it('may be rules that this version does not have', () => {
    expect(judge(['of-another-version'], { potassium: 6, sodium: 140, weight: 70 })).toMatchObject({ level: 'HARD' });
  });
});
