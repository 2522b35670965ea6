import type { RuleOutput } from '#rules';
import { outputProblems, valueProblem, type DeclarationProblem } from '#rule-table';
import { declaredFormOf, emptyDeclaredForm, readDeclaredForm, readValue, valueText, type DeclaredForm } from './declared-form.ts';

/** A declared result as a person writes it. */
export interface OutputForm extends DeclaredForm {
  /** Its value where no rule fires; empty for none. */
  readonly default: string;
}

export const emptyOutputForm: OutputForm = { ...emptyDeclaredForm, default: '' };

export function outputFormOf(output: RuleOutput): OutputForm {
  return { ...declaredFormOf(output), default: valueText(output.default ?? undefined, output.type) };
}

/** The result that a form says, and what is wrong with it beside the other results. What is written as it was `before` stays what it was. */
export function readOutputForm(form: OutputForm, others: readonly RuleOutput[], before?: RuleOutput): { readonly output: RuleOutput; readonly problems: readonly DeclarationProblem[] } {
  const written = form.default.trim();
  const start = before && outputFormOf(before);
  const isKept = start !== undefined && start.type === form.type && start.default === form.default;
  const given = isKept ? (before?.default === undefined ? undefined : { value: before.default }) : written === '' ? undefined : readValue(written, form.type);
  const output: RuleOutput = { ...readDeclaredForm(form, before), ...(given && 'value' in given ? { default: given.value } : {}) };
  return { output, problems: [...outputProblems(output, others), ...(given && !('value' in given) ? [valueProblem('default', form.type)] : [])] };
}
