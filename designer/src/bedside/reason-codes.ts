import type { TaskForm } from '../graphql/model.ts';
import { isLocalizedText, type LocalizedText } from '../i18n/localized-text.ts';
import type { NotGiven } from './scan-machine.ts';

/** A reason that the form offers for a tap. */
export interface ReasonCode {
  readonly code: string;
  readonly title: LocalizedText | string;
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {});

/** The values of the form's field `reasonCode`, in the form's own words; none when it has no such field. */
export function reasonCodesOf(form: TaskForm | null | undefined): readonly ReasonCode[] {
  const choices = fieldsOf(fieldsOf(form?.schema['properties'])['reasonCode'])['oneOf'];
  if (!Array.isArray(choices)) return [];
  return choices.flatMap((choice: unknown): readonly ReasonCode[] => {
    const { const: code, title } = fieldsOf(choice);
    return typeof code === 'string' ? [{ code, title: isLocalizedText(title) || typeof title === 'string' ? title : code }] : [];
  });
}

/**
 * What a tapped reason says of the outcome: only the patient's own refusal is one, since refusals in a row bring the doctor;
 * 其他 says nothing, so that what was chosen stays.
 */
export function outcomeOfReason(code: string, chosen: NotGiven['outcome'] | undefined): NotGiven['outcome'] | undefined {
  if (code === 'other') return chosen;
  return code === 'patient-refused' ? 'refused' : 'not-done';
}
