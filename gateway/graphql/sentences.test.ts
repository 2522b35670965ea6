import type { FlowElement } from '#engine';
import { operationFacts } from './operation-facts.ts';
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

  it('tells an operator’s act with its steps, version or way out', () => {
    const operator: SentenceParts = { ...nurse, actorRoles: ['operator'], actorName: '吴工', element: undefined, elementId: undefined, action: 'instance.modified', reason: '走错分支' };
    const elements = new Map([['give', scan]]);
    const told = (action: string, detail: unknown): string => sentenceOf({ ...operator, action, operation: operationFacts(detail, elements) })['zh-CN'];

    expect(told('instance.modified', { instructions: [{ kind: 'move', elementInstanceId: 'e1', elementId: 'give' }, { kind: 'terminate', elementInstanceId: 'e2' }] })).toBe('运维人员 吴工把进度移到“床旁给药”，原因：走错分支');
    expect(told('instance.modified', { instructions: [{ kind: 'terminate', elementInstanceId: 'e2' }] })).toBe('运维人员 吴工结束了流程中的步骤，原因：走错分支');
    expect(told('instance.migrated', { version: '2', mapping: {} })).toBe('运维人员 吴工把流程迁移到版本 2，原因：走错分支');
    expect(told('instance.reopened', { elements: ['give', 'gone'] })).toBe('运维人员 吴工重新打开了流程，从“床旁给药”、“gone”继续，原因：走错分支');
    expect(sentenceOf({ ...operator, action: 'incident.resolved', element: scan, operation: { resolution: 'skip' } }).en).toBe('Operator 吴工 had “Give at the bedside” left out; reason: 走错分支');
    expect(sentenceOf({ ...nurse, action: 'incident.resolved', element: scan, operation: { resolution: 'childReopened' } }).en).toBe('The case of “Give at the bedside” was reopened and has ended; the exception is settled');
    expect(sentenceOf({ ...operator, action: 'command.refused', reason: 'CALL_NOT_WAITING', operation: operationFacts({ kind: 'reportChild', code: 'CALL_NOT_WAITING' }, elements) })).toEqual({
      'zh-CN': '子流程实例重新打开后的结果未被采用，原因：调用它的流程已经往下走，不再等它的结果',
      en: 'The result of a called case that was reopened was not taken; reason: The case that called it has gone on and does not wait for its result',
    });
    expect(told('compensation.started', undefined)).toBe('运维人员 吴工开始撤销已完成的步骤，原因：走错分支');
  });

  it('names a system by what it is, and by its own name where it has one besides', () => {
    const told = (actorId: string, actorRoles: readonly string[], actorName?: string) => sentenceOf({ ...nurse, action: 'instance.started', actorKind: 'system', actorId, actorRoles, actorName });

    expect(told('his', ['his'], 'his')).toEqual({ 'zh-CN': '医院信息系统启动了流程', en: 'HIS started the case' });
    expect(told('c-7', ['his'], 'North wing')).toMatchObject({ en: 'HIS North wing started the case' });
    expect(told('demo-hospital', ['his'])['zh-CN']).toBe('医院信息系统 演示医院启动了流程');
    expect(told('hl7:HISCORE', [])['zh-CN']).toBe('HISCORE (HL7)启动了流程');
    expect(told('unknown', []).en).toBe('unknown started the case');
  });

  it('adds the reason and that it was entered late', () => {
    expect(sentenceOf({ ...nurse, action: 'task.released', reason: '换班', lateEntry: true })).toEqual({ 'zh-CN': '护士 李敏（合成）退回了“床旁给药”，原因：换班（补录）', en: 'Nurse 李敏（合成） handed back “Give at the bedside”; reason: 换班 (entered late)' });
  });

  it('names the rule set and its version in a decision, by its key where the name is gone', () => {
    const decided: SentenceParts = { ...nurse, action: 'decision.made', actorKind: 'engine', ruleSet: 'allergy', ruleSetVersion: '3' };

    expect(sentenceOf({ ...decided, ruleSetName: { 'zh-CN': '过敏核对', en: 'Allergy check' } })).toEqual({ 'zh-CN': '“床旁给药”按规则“过敏核对” v3 得出结论', en: '“Give at the bedside” was decided by “Allergy check” v3' });
    expect(sentenceOf(decided)).toEqual({ 'zh-CN': '“床旁给药”按规则 allergy v3 得出结论', en: '“Give at the bedside” was decided by allergy v3' });
  });

  it('says what became of a card, with the reason in words', () => {
    const desk = { action: 'card.overridden', actorId: 'emr-desk', actorKind: 'person', actorRoles: [], actorName: '王芳', element: undefined, elementId: undefined, lateEntry: false, reason: 'benefit-outweighs-risk' };

    expect(sentenceOf(desk)).toEqual({ 'zh-CN': '王芳未采纳一张提示卡片，原因：获益大于风险', en: '王芳 overrode a card; reason: The benefit outweighs the risk' });
    expect(sentenceOf({ ...desk, action: 'card.accepted', reason: undefined }).en).toBe('王芳 accepted a card');
    expect(sentenceOf({ ...desk, action: 'order.checked', reason: 'HARD' })['zh-CN']).toBe('王芳在签署前核对了一条医嘱，原因：禁止');
    expect(sentenceOf({ ...desk, reason: 'constructor' }).en).toContain('reason: constructor');
  });

  it('says how a patient was looked for, which is no reason', () => {
    expect(sentenceOf({ ...nurse, action: 'patient.searched', element: undefined, elementId: undefined, reason: 'by-name' })).toEqual({ 'zh-CN': '护士 李敏（合成）按姓名查找了患者', en: 'Nurse 李敏（合成） looked for a patient by name' });
  });

  it('falls back to ids for what has no name, and to the action for what has no words', () => {
    expect(sentenceOf({ ...nurse, action: 'thing.happened', actorName: undefined, actorRoles: [], element: undefined })).toEqual({ 'zh-CN': 'u1 thing.happened give', en: 'u1 thing.happened give' });
  });
});
