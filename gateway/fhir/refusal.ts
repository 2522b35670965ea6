import type { IssueCode, OperationOutcome } from './resources.ts';

/** Why the door does not do what it was asked. Its message is for the caller, and has nothing of what was sent or of a patient. */
export class FhirRefusal extends Error {
  readonly status: number;
  readonly issue: IssueCode;
  /** Name of the parameter that is wrong. */
  readonly parameter: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, issue: IssueCode, message: string, { parameter, headers = {} }: { readonly parameter?: string; readonly headers?: Readonly<Record<string, string>> } = {}) {
    super(message);
    this.name = 'FhirRefusal';
    this.status = status;
    this.issue = issue;
    this.parameter = parameter;
    this.headers = headers;
  }
}

/** 400 about one parameter. */
export function badParameter(parameter: string, message: string, issue: IssueCode = 'value'): FhirRefusal {
  return new FhirRefusal(400, issue, message, { parameter });
}

/** The refusal as a resource. R4 §3.1.0.1.5; the place of a parameter is `http.<name>`. */
export function outcomeOf({ issue, message, parameter }: Pick<FhirRefusal, 'issue' | 'message' | 'parameter'>): OperationOutcome {
  return { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: issue, diagnostics: message, ...(parameter === undefined ? {} : { location: [`http.${parameter}`] }) }] };
}
