import type { InstanceStatus } from '../graphql/model.ts';

/** What can be done to a whole case, in the order in which it is offered: the mildest first. */
export const operations = ['pause', 'resume', 'move', 'migrate', 'cancel', 'reopen'] as const;
export type Operation = (typeof operations)[number];

type Phase = 'running' | 'paused' | 'ended';

/** In which phases each makes sense, and who may. The gateway's policy decides; this only spares people a refusal. */
const rules: Readonly<Record<Operation, { readonly phases: readonly Phase[]; readonly roles: readonly string[] }>> = {
  pause: { phases: ['running'], roles: ['operator'] },
  resume: { phases: ['paused'], roles: ['operator'] },
  move: { phases: ['running', 'paused'], roles: ['operator'] },
  migrate: { phases: ['running', 'paused'], roles: ['operator'] },
  cancel: { phases: ['running', 'paused'], roles: ['operator', 'doctor'] },
  reopen: { phases: ['ended'], roles: ['operator'] },
};

/** How an instance stands, as far as operations go. */
export function phaseOf(status: InstanceStatus): Phase {
  if (status === 'paused') return 'paused';
  return status === 'created' || status === 'running' ? 'running' : 'ended';
}

/** True when one of the roles may do some operation at all. */
export function mayOperate(roles: readonly string[]): boolean {
  return operations.some((operation) => rules[operation].roles.some((role) => roles.includes(role)));
}

/** What a person with these roles can do to an instance with this status. */
export function offeredOperations(status: InstanceStatus, roles: readonly string[]): readonly Operation[] {
  return operations.filter((operation) => rules[operation].phases.includes(phaseOf(status)) && rules[operation].roles.some((role) => roles.includes(role)));
}

/** Reads an operation from the address. */
export function operationNamed(name: string | null): Operation | undefined {
  return operations.find((operation) => operation === name);
}
