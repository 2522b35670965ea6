import type { InputType, MissingPolicy, RuleInput } from '#rules';
import { inputProblems, readDurationText, valueProblem, writeDurationText, type DeclarationProblem } from '#rule-table';

/** A declared input as a person writes it: texts, empty where nothing is declared. */
export interface InputForm {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  readonly type: InputType;
  /** UCUM code. */
  readonly unit: string;
  /** One value a line. */
  readonly allowedValues: string;
  /** `48 h`, `7 d`, `30 min`, or ISO 8601. */
  readonly maxAge: string;
  readonly observedAtInput: string;
  readonly missing: MissingPolicy['policy'] | 'none';
  /** What the input takes when its value is missing, with the policy `branch`; empty: conditions on it are false. */
  readonly value: string;
  readonly required: boolean;
}

export const emptyInputForm: InputForm = { name: '', zh: '', en: '', type: 'number', unit: '', allowedValues: '', maxAge: '', observedAtInput: '', missing: 'stop', value: '', required: false };

export function inputFormOf({ name, type, unit, description, allowedValues, maxAge, observedAtInput, whenMissing, required }: RuleInput): InputForm {
  return {
    name,
    zh: description?.['zh-CN'] ?? '',
    en: description?.en ?? '',
    type,
    unit: unit ?? '',
    allowedValues: (allowedValues ?? []).map((value) => String(value)).join('\n'),
    maxAge: writeDurationText(maxAge ?? ''),
    observedAtInput: observedAtInput ?? '',
    missing: whenMissing?.policy ?? 'none',
    value: whenMissing?.value === undefined ? '' : typeof whenMissing.value === 'string' && type !== 'any' ? whenMissing.value : JSON.stringify(whenMissing.value),
    required: required ?? false,
  };
}

/**
 * The input that a form says, and what is wrong with it beside the other inputs. What is written as it was `before` stays what it was, also
 * where a text could not say it.
 */
export function readInputForm(form: InputForm, others: readonly RuleInput[], before?: RuleInput): { readonly input: RuleInput; readonly problems: readonly DeclarationProblem[] } {
  const { type, missing } = form;
  const [name, unit, maxAge, value] = [form.name.trim(), form.unit.trim(), form.maxAge.trim(), form.value.trim()];
  const start = before && inputFormOf(before);
  const isKept = (field: keyof InputForm): boolean => start !== undefined && form.type === start.type && form[field] === start[field];
  const lines = form.allowedValues.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const allowed = lines.map((line) => readScalar(line, type));
  const branch = missing !== 'branch' ? undefined : isKept('missing') && isKept('value') ? (before?.whenMissing?.value === undefined ? undefined : { value: before.whenMissing.value }) : value === '' ? undefined : readValue(value, type);
  const input: RuleInput = {
    name,
    type,
    ...(form.required ? { required: true } : {}),
    ...(unit === '' ? {} : { unit }),
    ...(form.zh.trim() === '' && form.en.trim() === '' ? {} : { description: { 'zh-CN': form.zh.trim(), en: form.en.trim() } }),
    ...(lines.length === 0 ? {} : { allowedValues: isKept('allowedValues') && before?.allowedValues ? before.allowedValues : allowed }),
    ...(maxAge === '' ? {} : { maxAge: readDurationText(maxAge) }),
    ...(form.observedAtInput === '' ? {} : { observedAtInput: form.observedAtInput }),
    ...(missing === 'none' ? {} : { whenMissing: { policy: missing, ...(branch && 'value' in branch ? { value: branch.value } : {}) } }),
  };
  return { input, problems: [...inputProblems(input, others), ...(branch && !('value' in branch) ? [valueProblem('value', type)] : [])] };
}

/** A number or truth value where the type has it; other texts stay, so that what is wrong with them can be said. */
function readScalar(text: string, type: InputType): string | number | boolean {
  const plain = text.normalize('NFKC');
  if (type === 'number' && plain !== '' && Number.isFinite(Number(plain))) return Number(plain);
  if (type === 'boolean' && (plain === 'true' || plain === 'false')) return plain === 'true';
  return text;
}

function readValue(text: string, type: InputType): { readonly value: NonNullable<MissingPolicy['value']> } | Record<string, never> {
  if (type !== 'list' && type !== 'object' && type !== 'any') return { value: readScalar(text, type) };
  try {
    return { value: JSON.parse(text) as NonNullable<MissingPolicy['value']> };
  } catch {
    return {};
  }
}
