import type { RuleInput, RuleSetDocument } from '#rules';
import { createReplayer, type MadeDecision } from './replay-decision.ts';

const text = (en: string) => ({ 'zh-CN': en, en });
type Conditions = RuleSetDocument['rules'][number]['conditions'];
const rule = (id: string, level: 'HARD' | 'WARN', conditions: Conditions): RuleSetDocument['rules'][number] => ({ id, name: text(id), level, conditions, event: { type: id }, message: text(id), source: { grade: 'A', reference: 'label', mark: 'S' } });
const potassium: RuleInput = { name: 'potassium', type: 'number', unit: 'mmol/L', maxAge: 'P1D', whenMissing: { policy: 'stop' } };
const drug: RuleInput = { name: 'drug', type: 'string' };
const recorded = [drug, potassium];
const document = (rules: RuleSetDocument['rules'], inputs: readonly RuleInput[] = recorded): RuleSetDocument => ({ format: 'careloop-rules/1', key: 'set', version: '2', name: text('set'), domain: 'pharmacy', inputs: [...inputs], outputs: [], rules });
const high = (limit: number) => rule('high', 'HARD', { all: [{ fact: 'potassium', operator: 'greaterThan', value: limit }] });
const made = (facts: MadeDecision['facts'], more: Partial<MadeDecision> = {}): MadeDecision => ({ version: '1', level: 'PASS', found: [], suspended: [], at: '2026-11-23T08:00:00.000Z', facts: { observedAt: { potassium: '2026-11-23T07:00:00Z' }, ...facts }, ...more });
const replay = (candidate: RuleSetDocument, decision: MadeDecision) => createReplayer(candidate, (version) => (version === '1' ? recorded : undefined)).replay(decision);

describe('a replayed decision', () => {
  it('is as it was under what says the same', () => {
    expect(replay(document([high(5.5)]), made({ drug: 'kcl', potassium: 5 }))).toEqual({ kind: 'compared', level: 'PASS', found: [], isChanged: false });
  });

  it('changes with the level, and with the findings of the same level', () => {
    expect(replay(document([high(4.5)]), made({ drug: 'kcl', potassium: 5 }))).toEqual({ kind: 'compared', level: 'HARD', found: ['high'], isChanged: true });
    expect(replay(document([high(4.5)]), made({ drug: 'kcl', potassium: 5 }, { level: 'HARD', found: ['other'] }))).toMatchObject({ isChanged: true });
  });

  it('has its values in the age that they had then', () => {
    expect(replay(document([high(5.5)]), made({ drug: 'kcl', potassium: 5 }, { at: '2026-11-24T07:00:01.000Z' }))).toMatchObject({ level: 'UNKNOWN', found: ['missing:potassium'] });
    expect(replay(document([high(5.5)]), made({ drug: 'kcl', potassium: 5 }, { at: '2026-11-24T06:59:59.000Z' }))).toMatchObject({ level: 'PASS' });
  });

  it('leaves to a suspended rule the advice that it gave then', () => {
    expect(replay(document([high(4.5)]), made({ drug: 'kcl', potassium: 5 }, { level: 'WARN', found: ['high'], suspended: ['high'] }))).toEqual({ kind: 'compared', level: 'WARN', found: ['high'], isChanged: false });
  });

  it('is not comparable where the document does not declare a fact', () => {
    expect(replay(document([high(4.5)], [potassium]), made({ drug: 'kcl', potassium: 5 }))).toEqual({ kind: 'notComparable', code: 'FACT_UNDECLARED', fact: 'drug' });
  });

  it('says where the document cannot judge', () => {
    const undeclared: RuleInput = { ...drug, required: true };

    expect(replay(document([high(4.5)], [undeclared, potassium]), made({ potassium: 5 }))).toMatchObject({ kind: 'compared', level: 'UNKNOWN', isChanged: true, failure: 'MISSING_POLICY_UNDECLARED drug' });
  });
});

describe('an input that the decision did not read', () => {
  const warfarin = (condition: Conditions) => rule('bleeding', 'HARD', { all: [{ fact: 'drug', operator: 'equal', value: 'warfarin' }, condition] });
  const overFour = warfarin({ all: [{ fact: 'inr', operator: 'greaterThan', value: 4 }] });

  it.each<RuleInput>([
    { name: 'inr', type: 'number' },
    { name: 'inr', type: 'number', required: true, whenMissing: { policy: 'person' } },
    { name: 'inr', type: 'number', whenMissing: { policy: 'branch', value: 1 } },
    { name: 'inr', type: 'any', whenMissing: { policy: 'branch' } },
  ])('is never made up, whatever it being missing means: %j', (inr) => {
    const candidate = document([high(5.5), overFour], [...recorded, inr]);

    expect(replay(candidate, made({ drug: 'warfarin', potassium: 4 }))).toEqual({ kind: 'notComparable', code: 'INPUT_UNRECORDED', fact: 'inr' });
    // Whatever the value was, it would not have mattered.
    expect(replay(candidate, made({ drug: 'kcl', potassium: 6 }))).toEqual({ kind: 'compared', level: 'HARD', found: ['high'], isChanged: true });
  });

  it('is not taken for one that was empty', () => {
    const candidate = document([warfarin({ all: [{ fact: 'inr', operator: 'equal', value: null }] })], [...recorded, { name: 'inr', type: 'number' }]);

    expect(replay(candidate, made({ drug: 'warfarin', potassium: 4 }))).toMatchObject({ kind: 'notComparable', fact: 'inr' });
  });

  it('is one of another unit or type, too', () => {
    const candidate = document([high(200)], [drug, { ...potassium, unit: 'mg/L' }]);

    expect(replay(candidate, made({ drug: 'kcl', potassium: 5 }))).toEqual({ kind: 'notComparable', code: 'INPUT_UNRECORDED', fact: 'potassium' });
  });

  it('is any that the facts lack, of a version that nobody knows any more', () => {
    expect(replay(document([high(4.5)]), made({ drug: 'kcl' }, { version: '0' }))).toMatchObject({ kind: 'notComparable', fact: 'potassium' });
    expect(replay(document([high(4.5)]), made({ drug: 'kcl', potassium: 5 }, { version: '0' }))).toMatchObject({ kind: 'compared', level: 'HARD' });
  });

  it('hides every outcome when an output is worked out from it', () => {
    const candidate: RuleSetDocument = { ...document([{ ...high(4.5), event: { type: 'high', params: { double: { feel: 'inr * 2' } } } }], [...recorded, { name: 'inr', type: 'number' }]), outputs: [{ name: 'double', type: 'number' }] };

    expect(replay(candidate, made({ drug: 'kcl', potassium: 4 }))).toMatchObject({ kind: 'notComparable', fact: 'inr' });
  });
});
