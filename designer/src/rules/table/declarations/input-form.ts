import type { MissingPolicy, RuleInput } from '#rules';
import { inputProblems, readDurationText, valueProblem, writeDurationText, type DeclarationProblem } from '#rule-table';
import { declaredFormOf, emptyDeclaredForm, readDeclaredForm, readValue, valueText, type DeclaredForm } from './declared-form.ts';

/** A declared input as a person writes it: texts, empty where nothing is declared. */
export interface InputForm extends DeclaredForm {
  /** `48 h`, `7 d`, `30 min`, or ISO 8601. */
  readonly maxAge: string;
  readonly observedAtInput: string;
  readonly missing: MissingPolicy['policy'] | 'none';
  /** What the input takes when its value is missing, with the policy `branch`; empty: conditions on it are false. */
  readonly value: string;
  readonly required: boolean;
}

export const emptyInputForm: InputForm = { ...emptyDeclaredForm, maxAge: '', observedAtInput: '', missing: 'stop', value: '', required: false };

export function inputFormOf(input: RuleInput): InputForm {
  const { type, maxAge, observedAtInput, whenMissing, required } = input;
  return {
    ...declaredFormOf(input),
    maxAge: writeDurationText(maxAge ?? ''),
    observedAtInput: observedAtInput ?? '',
    missing: whenMissing?.policy ?? 'none',
    value: valueText(whenMissing?.value, type),
    required: required ?? false,
  };
}

/**
 * The input that a form says, and what is wrong with it beside the other inputs. What is written as it was `before` stays what it was, also
 * where a text could not say it.
 */
export function readInputForm(form: InputForm, others: readonly RuleInput[], before?: RuleInput): { readonly input: RuleInput; readonly problems: readonly DeclarationProblem[] } {
  const { type, missing } = form;
  const [maxAge, value] = [form.maxAge.trim(), form.value.trim()];
  const start = before && inputFormOf(before);
  const isKept = start !== undefined && start.type === type && start.missing === missing && start.value === form.value;
  const branch = missing !== 'branch' ? undefined : isKept ? (before?.whenMissing?.value === undefined ? undefined : { value: before.whenMissing.value }) : value === '' ? undefined : readValue(value, type);
  const input: RuleInput = {
    ...readDeclaredForm(form, before),
    ...(form.required ? { required: true } : {}),
    ...(maxAge === '' ? {} : { maxAge: readDurationText(maxAge) }),
    ...(form.observedAtInput === '' ? {} : { observedAtInput: form.observedAtInput }),
    ...(missing === 'none' ? {} : { whenMissing: { policy: missing, ...(branch && 'value' in branch ? { value: branch.value } : {}) } }),
  };
  return { input, problems: [...inputProblems(input, others), ...(branch && !('value' in branch) ? [valueProblem('value', type)] : [])] };
}
