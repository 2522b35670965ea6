import { z } from 'zod';
import type { ServiceActivity } from '#activities';

const text = (en: string) => ({ 'zh-CN': en, en });

/** Starts, looks something up with `lookUp`, waits for a person, ends. */
export const approvalProcess = {
  format: 'careloop-process/1', key: 'approval', version: '1', name: text('Approval'),
  variables: [
    { name: 'amount', type: 'number', required: true, classification: 'operational' },
    { name: 'approved', type: 'boolean', classification: 'operational' },
    { name: 'found', type: 'object', classification: 'operational' },
  ],
  flowElements: [
    { id: 'start', type: 'startEvent' },
    { id: 'lookUp', type: 'serviceTask', activity: 'test.lookUp', inputs: [{ target: 'amount', source: 'amount' }], resultVariable: 'found' },
    { id: 'approve', type: 'userTask', candidateRoles: ['operator'], form: 'approve', outputs: [{ target: 'approved', source: 'data.approved' }] },
    { id: 'end', type: 'endEvent' },
  ],
  sequenceFlows: [
    { id: 'f1', sourceRef: 'start', targetRef: 'lookUp' },
    { id: 'f2', sourceRef: 'lookUp', targetRef: 'approve' },
    { id: 'f3', sourceRef: 'approve', targetRef: 'end' },
  ],
};

/** A service that only answers. */
export const lookUp: ServiceActivity = { type: 'test.lookUp', effect: 'none', input: z.record(z.string(), z.json()), run: async ({ amount }) => ({ doubled: Number(amount) * 2 }) };
