import type { FlowElement } from '#engine';
import { sentenceOf, type SentenceParts } from './sentences.ts';

const scan: FlowElement = { id: 'give', type: 'userTask', name: { 'zh-CN': '床旁给药', en: 'Give at the bedside' }, candidateRoles: ['nurse'], form: 'give', presentation: 'bedsideScan' };
const nurse: SentenceParts = { action: 'task.completed', actorId: 'u1', actorKind: 'person', actorRoles: ['nurse'], actorName: '李敏（合成）', element: scan, elementId: 'give', lateEntry: false };

describe('sentenceOf', () => {
  it('names role, person and step', () => {
    expect(sentenceOf({ ...nurse, action: 'task.claimed' })).toEqual({ 'zh-CN': '护士 李敏（合成）领取了“床旁给药”', en: 'Nurse 李敏（合成） took “Give at the bedside”' });
  });

  it('tells a bedside scan as a scan, and another task as done', () => {
    const { presentation: _presentation, ...form } = scan as Extract<FlowElement, { type: 'userTask' }>;

    expect(sentenceOf(nurse)['zh-CN']).toBe('护士 李敏（合成）扫描核对，与医嘱一致，完成“床旁给药”');
    expect(sentenceOf({ ...nurse, element: form })['zh-CN']).toBe('护士 李敏（合成）完成了“床旁给药”');
  });

  it('says a reason that is a code in words', () => {
    const { 'zh-CN': zh, en } = sentenceOf({ ...nurse, action: 'service.outcomeUnknown', reason: 'SERVICE_OUTCOME_UNKNOWN' });

    expect(zh).toContain('，原因：对方没有回音，可能已经执行');
    expect(en).toContain('; reason: no answer came, and it may have been done');
  });

  it('adds the reason and that it was entered late', () => {
    expect(sentenceOf({ ...nurse, action: 'task.released', reason: '换班', lateEntry: true })).toEqual({ 'zh-CN': '护士 李敏（合成）退回了“床旁给药”，原因：换班（补录）', en: 'Nurse 李敏（合成） handed back “Give at the bedside”; reason: 换班 (entered late)' });
  });

  it('names the rule set and its version in a decision', () => {
    expect(sentenceOf({ ...nurse, action: 'decision.made', actorKind: 'engine', ruleSet: 'allergy', ruleSetVersion: '3' }).en).toBe('“Give at the bedside” was decided by allergy v3');
  });

  it('falls back to ids for what has no name, and to the action for what has no words', () => {
    expect(sentenceOf({ ...nurse, action: 'thing.happened', actorName: undefined, actorRoles: [], element: undefined })).toEqual({ 'zh-CN': 'u1 thing.happened give', en: 'u1 thing.happened give' });
  });
});
