import type { InputType, MissingPolicy, RuleInput, RuleOutput } from '#rules';

/** A value as documents hold it. */
export type DeclaredValue = Exclude<MissingPolicy['value'], undefined>;

/** What inputs and results both declare, as a person writes it: texts, empty where nothing is declared. */
export interface DeclaredForm {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  readonly type: InputType;
  /** UCUM code. */
  readonly unit: string;
  /** One value a line. */
  readonly allowedValues: string;
}

/** What both kinds of declarations have. */
type Declared = Pick<RuleInput & RuleOutput, 'name' | 'type' | 'unit' | 'description' | 'allowedValues'>;

export const emptyDeclaredForm: DeclaredForm = { name: '', zh: '', en: '', type: 'number', unit: '', allowedValues: '' };

export function declaredFormOf({ name, type, unit, description, allowedValues }: Declared): DeclaredForm {
  return { name, zh: description?.['zh-CN'] ?? '', en: description?.en ?? '', type, unit: unit ?? '', allowedValues: (allowedValues ?? []).map((value) => String(value)).join('\n') };
}

/** What a form declares. Allowed values that are written as they were `before` stay what they were, also where a text could not say them. */
export function readDeclaredForm(form: DeclaredForm, before: Declared | undefined): Declared {
  const { type } = form;
  const [name, unit, zh, en] = [form.name.trim(), form.unit.trim(), form.zh.trim(), form.en.trim()];
  const start = before && declaredFormOf(before);
  const kept = start?.type === type && start.allowedValues === form.allowedValues ? before?.allowedValues : undefined;
  const lines = form.allowedValues.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  return {
    name,
    type,
    ...(unit === '' ? {} : { unit }),
    ...(zh === '' && en === '' ? {} : { description: { 'zh-CN': zh, en } }),
    ...(lines.length === 0 ? {} : { allowedValues: kept ?? lines.map((line) => readScalar(line, type)) }),
  };
}

/** A value as a text that `readValue` reads. */
export function valueText(value: DeclaredValue | undefined, type: InputType): string {
  if (value === undefined) return '';
  return typeof value === 'string' && type !== 'any' ? value : JSON.stringify(value);
}

/** The value of a type that a text says; without one where it says none. */
export function readValue(text: string, type: InputType): { readonly value: DeclaredValue } | Record<string, never> {
  if (type !== 'list' && type !== 'object' && type !== 'any') return { value: readScalar(text, type) };
  try {
    return { value: JSON.parse(text) as DeclaredValue };
  } catch {
    return {};
  }
}

/** A number or truth value where the type has it; other texts stay, so that what is wrong with them can be said. */
function readScalar(text: string, type: InputType): string | number | boolean {
  const plain = text.normalize('NFKC');
  if (type === 'number' && plain !== '' && Number.isFinite(Number(plain))) return Number(plain);
  if (type === 'boolean' && (plain === 'true' || plain === 'false')) return plain === 'true';
  return text;
}
