const text = (zhCN: string, en: string) => ({ 'zh-CN': zhCN, en });

const flow = (sourceRef: string, targetRef: string) => ({ id: `${sourceRef}_${targetRef}`, sourceRef, targetRef });
const person = (id: string, zhCN: string, en: string, form: string) => ({ id, type: 'userTask', name: text(zhCN, en), candidateRoles: ['operator'], form, outputs: [] });
const reminder = { id: 'overdue', type: 'boundaryEvent', attachedToRef: 'admit', cancelActivity: false, event: { kind: 'timer', timeDuration: 'patience' } };
const remind = { id: 'remind', type: 'scriptTask', script: 'true', resultVariable: 'late' };
const head = { format: 'careloop-process/1', key: 'stay', name: text('住院', 'Stay') };
const variables = ['patience:string', 'late:boolean', 'bed:string', 'result:string'].map((pair) => ({ name: pair.split(':')[0], type: pair.split(':')[1], classification: 'operational' }));

/** A person admits, with a reminder running, and another step discharges. `patience` is how long the reminder waits. */
export const firstStay = {
  ...head, version: '1', variables,
  flowElements: [{ id: 'start', type: 'startEvent' }, person('admit', '收治', 'Admit', 'admit'), reminder, remind, { id: 'reminded', type: 'endEvent' }, person('leave', '出院', 'Discharge', 'leave'), { id: 'end', type: 'endEvent' }],
  sequenceFlows: [flow('start', 'admit'), flow('admit', 'leave'), flow('leave', 'end'), flow('overdue', 'remind'), flow('remind', 'reminded')],
};

/** The admission stands in a sub-process that a signal ends, has another form, and the discharge another id. */
export const secondStay = {
  ...head, version: '2', variables,
  flowElements: [
    { id: 'start', type: 'startEvent' },
    {
      id: 'ward', type: 'subProcess', name: text('病区', 'Ward'),
      flowElements: [{ id: 'arrive', type: 'startEvent' }, person('admit', '收治', 'Admit', 'admit-2'), reminder, remind, { id: 'reminded', type: 'endEvent' }, { id: 'admitted', type: 'endEvent' }],
      sequenceFlows: [flow('arrive', 'admit'), flow('admit', 'admitted'), flow('overdue', 'remind'), flow('remind', 'reminded')],
    },
    { id: 'evacuate', type: 'boundaryEvent', attachedToRef: 'ward', cancelActivity: true, event: { kind: 'signal', signal: 'fireAlarm' } },
    { id: 'evacuated', type: 'endEvent' }, person('discharge', '出院', 'Discharge', 'discharge'), { id: 'end', type: 'endEvent' },
  ],
  sequenceFlows: [flow('start', 'ward'), flow('ward', 'discharge'), flow('discharge', 'end'), flow('evacuate', 'evacuated')],
};

/** The admission is no person's step, and a number is wanted where there is a text. */
export const unfitStay = {
  ...head, version: '3', variables: variables.map((variable) => (variable.name === 'bed' ? { ...variable, type: 'number' } : variable)),
  flowElements: [{ id: 'start', type: 'startEvent' }, { id: 'admit', type: 'scriptTask', name: text('自动收治', 'Admit by itself'), script: 'true', resultVariable: 'late' }, { id: 'end', type: 'endEvent' }],
  sequenceFlows: [flow('start', 'admit'), flow('admit', 'end')],
};
