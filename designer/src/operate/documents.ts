import { defineDocument } from '../graphql/client.ts';
import { errorFields, localized } from '../graphql/fragments.ts';
import type { JsonObject, VariableDeclaration } from '../graphql/model.ts';

interface CommandInput {
  readonly instanceId: string;
  readonly reason: string;
  readonly idempotencyKey: string;
}

const payload = 'pending processInstance { id status }';

export const pauseInstanceDocument = defineDocument<Record<string, unknown>, { input: CommandInput }>(`
  mutation PauseProcessInstance($input: InstanceCommandInput!) {
    pauseProcessInstance(input: $input) { __typename ... on PauseProcessInstancePayload { ${payload} } ${errorFields} }
  }
`);

export const resumeInstanceDocument = defineDocument<Record<string, unknown>, { input: CommandInput }>(`
  mutation ResumeProcessInstance($input: InstanceCommandInput!) {
    resumeProcessInstance(input: $input) { __typename ... on ResumeProcessInstancePayload { ${payload} } ${errorFields} }
  }
`);

export const cancelInstanceDocument = defineDocument<Record<string, unknown>, { input: CommandInput & { readonly compensate?: boolean } }>(`
  mutation CancelProcessInstance($input: CancelProcessInstanceInput!) {
    cancelProcessInstance(input: $input) { __typename ... on CancelProcessInstancePayload { ${payload} } ${errorFields} }
  }
`);

export type ModifyInput = CommandInput & {
  readonly instructions: readonly { readonly elementInstanceId?: string; readonly elementId?: string; readonly ancestorId?: string }[];
  readonly variables?: JsonObject;
};

export const modifyInstanceDocument = defineDocument<Record<string, unknown>, { input: ModifyInput }>(`
  mutation ModifyProcessInstance($input: ModifyProcessInstanceInput!) {
    modifyProcessInstance(input: $input) { __typename ... on ModifyProcessInstancePayload { ${payload} } ${errorFields} }
  }
`);

/** What a version declares; it never changes. */
export const declaredVariablesDocument = defineDocument<{ processInstance: { readonly id: string; readonly definition: { readonly id: string; readonly variables: readonly VariableDeclaration[] } } | null }, { id: string }>(`
  query DeclaredVariables($id: ID!) { processInstance(id: $id) { id definition { id variables { name type required description ${localized} } } } }
`);
