import { generateForm } from '@rjsf/antd';
import type { ErrorSchema, RJSFSchema, UiSchema } from '@rjsf/utils';
import { useMemo, type ReactNode } from 'react';
import type { JsonObject, TaskForm } from '../graphql/model.ts';
import { useText, type Text } from '../i18n/use-text.ts';
import type { MessageKey } from '../i18n/messages.ts';
import { createFormValidator, type SchemaError } from './json-schema-validator.ts';
import { fieldOrder } from './field-order.ts';
import { localizeJson } from './localize-json.ts';
import type { FieldErrors } from './server-errors.ts';

/** Nothing is chosen for the person: a clinical answer is never a default that nobody gave. */
const defaults = { constAsDefaults: 'never', emptyObjectFields: 'skipEmptyDefaults' } as const;

const Form = generateForm<JsonObject, RJSFSchema, object>();

const words: Readonly<Record<string, MessageKey>> = {
  required: 'form.required',
  type: 'form.type',
  enum: 'form.choice',
  const: 'form.choice',
  oneOf: 'form.choice',
  minimum: 'form.minimum',
  exclusiveMinimum: 'form.minimum',
  maximum: 'form.maximum',
  exclusiveMaximum: 'form.maximum',
  minLength: 'form.short',
  maxLength: 'form.long',
  pattern: 'form.pattern',
  additionalProperties: 'form.additional',
};

/** A broken keyword in the reader's words. */
export function wordError(error: SchemaError, t: Text['t']): string {
  const key = error.keyword === 'minLength' && error.limit === 1 ? 'form.required' : (words[error.keyword] ?? 'form.invalid');
  return t(key, { limit: error.limit ?? '' });
}

export interface GeneratedFormProps {
  readonly id: string;
  readonly form: TaskForm;
  readonly data: JsonObject;
  readonly readOnly: boolean;
  readonly serverErrors: FieldErrors | undefined;
  readonly onChange: (data: JsonObject) => void;
  readonly onBlur: () => void;
  readonly onSubmit: (data: JsonObject) => void;
}

/** A form made from a task's JSON Schema. Its submit button stands outside and names it by `form={id}`. */
export function GeneratedForm({ id, form, data, readOnly, serverErrors, onChange, onBlur, onSubmit }: GeneratedFormProps): ReactNode {
  const { t, locale } = useText();
  // Both are rjsf's own document types; what they hold was checked when the process was published.
  const schema = useMemo(() => localizeJson({ ...form.schema, title: undefined }, locale) as RJSFSchema, [form.schema, locale]);
  const uiSchema = useMemo(() => ({ 'ui:order': fieldOrder(form.schema), ...(localizeJson(form.uiSchema ?? {}, locale) as UiSchema), 'ui:submitButtonOptions': { norender: true } }), [form, locale]);
  const validator = useMemo(() => createFormValidator<JsonObject, RJSFSchema, object>((error) => wordError(error, t)), [t]);
  return (
    <Form
      id={id}
      className="generated-form"
      schema={schema}
      uiSchema={uiSchema}
      validator={validator}
      formData={data}
      readonly={readOnly}
      disabled={readOnly}
      noHtml5Validate
      showErrorList={false}
      experimental_defaultFormStateBehavior={defaults}
      focusOnFirstError
      {...(serverErrors === undefined ? {} : { extraErrors: serverErrors as ErrorSchema<JsonObject> })}
      onChange={(event) => onChange(event.formData ?? {})}
      onBlur={onBlur}
      // The errors stand at their fields; without a handler rjsf writes them to the console.
      onError={() => undefined}
      onSubmit={(event) => onSubmit(event.formData ?? {})}
    />
  );
}
