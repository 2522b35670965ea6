import type { ProcessInstance } from '../graphql/model.ts';

const madeUp = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}:/i;

/** The hospital's own number of a case. One that was made up for a called case says nothing: then the beginning of the id stands for it. */
export function instanceNumber({ businessKey, processInstanceId }: Pick<ProcessInstance, 'businessKey' | 'processInstanceId'>): string {
  return businessKey === null || madeUp.test(businessKey) ? processInstanceId.slice(0, 8) : businessKey;
}
