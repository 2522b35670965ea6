import type { FlowElement } from '../definition/index.ts';

/** An element that does one thing; what it answers or waits for is the same everywhere. */
export function leafElement(id: string, kind: 'service' | 'user' | 'script' | 'rules' | 'timer' | 'message' | 'signal' | 'both' | 'call' | 'verified' | 'undo'): FlowElement {
  switch (kind) {
    case 'service':
      return { id, type: 'serviceTask', activity: 'random.act', outputs: [{ target: 'x', source: 'result.n' }] };
    case 'user':
      return { id, type: 'userTask', candidateRoles: ['nurse'], form: 'form', outputs: [{ target: 'y', source: 'data.n' }] };
    case 'script':
      return { id, type: 'scriptTask', script: 'x + 1', resultVariable: 'y' };
    case 'rules':
      return { id, type: 'businessRuleTask', ruleSet: 'random', binding: { kind: 'inEffect' }, resultVariable: 'x' };
    case 'timer':
      return { id, type: 'intermediateCatchEvent', event: { kind: 'timer', timeDuration: 'duration("PT1H")' } };
    case 'signal':
      return { id, type: 'intermediateCatchEvent', event: { kind: 'signal', signal: 'random' } };
    case 'both':
      return { id, type: 'intermediateCatchEvent', event: { kind: 'multiple', parallel: true, events: [{ kind: 'signal', signal: 'random' }, { kind: 'timer', timeDuration: '"PT2H"' }] } };
    case 'call':
      return { id, type: 'callActivity', calledElement: 'other', inputs: [{ target: 'given', source: 'x' }], outputs: [{ target: 'y', source: 'child.n' }] };
    case 'verified':
      return { id, type: 'userTask', candidateRoles: ['nurse'], form: 'form', outputs: [{ target: 'y', source: 'data.n' }], verification: { timeLimit: '"PT10M"' } };
    case 'undo':
      // Every other one goes on at once.
      return { id, type: 'intermediateThrowEvent', event: { kind: 'compensation', waitForCompletion: Number(/\d+$/.exec(id)?.[0] ?? 0) % 2 === 0 } };
    case 'message':
      return { id, type: 'intermediateCatchEvent', event: { kind: 'message', message: 'random', correlationKey: '"k"' } };
  }
}
