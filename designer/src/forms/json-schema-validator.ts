import { Validator, type OutputUnit, type Schema } from '@cfworker/json-schema';
import { createErrorHandler, toErrorSchema, unwrapErrorHandler, validationDataMerge, type ErrorTransformer, type CustomValidator, type FormContextType, type RJSFSchema, type RJSFValidationError, type UiSchema, type ValidationData, type ValidatorType } from '@rjsf/utils';

/** One thing that is wrong with a form's data, by the keyword of JSON Schema that it breaks. */
export interface SchemaError {
  /** Path of the field, from the root of the form. */
  readonly path: readonly string[];
  readonly keyword: string;
  /** The limit that the keyword states, where it is a number. */
  readonly limit?: number;
}

const wrappers = new Set(['properties', 'items', 'prefixItems', 'additionalProperties', 'allOf', 'anyOf', 'if', 'then', 'else', '$ref', 'dependentSchemas']);

function segments(pointer: string): string[] {
  return pointer.replace(/^#?\/?/, '').split('/').filter((part) => part !== '').map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'));
}

function limitOf(schema: unknown, location: string): number | undefined {
  let value: unknown = schema;
  for (const segment of segments(location)) value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[segment] : undefined;
  return typeof value === 'number' ? value : undefined;
}

function read(schema: unknown, unit: OutputUnit): SchemaError {
  const path = segments(unit.instanceLocation);
  if (unit.keyword === 'required') {
    const missing = /"([^"]+)"/.exec(unit.error)?.[1];
    return { path: missing === undefined ? path : [...path, missing], keyword: 'required' };
  }
  const limit = limitOf(schema, unit.keywordLocation);
  return { path, keyword: unit.keyword, ...(limit === undefined ? {} : { limit }) };
}

/** Checks `data` by interpreting the schema (draft 2020-12); compiles no code, so that no eval is needed. */
export function checkAgainstSchema(schema: unknown, data: unknown): readonly SchemaError[] {
  const { errors } = new Validator(schema as Schema, '2020-12', false).validate(data ?? {});
  const found = errors.filter((unit) => !wrappers.has(unit.keyword)).map((unit) => read(schema, unit));
  return found.filter((error, index) => found.findIndex((other) => other.path.join('/') === error.path.join('/')) === index);
}

/** Turns an error into words for the person who fills in the form. */
export type ErrorWording = (error: SchemaError) => string;

/** rjsf's validator contract over `checkAgainstSchema`. */
export function createFormValidator<T, S extends RJSFSchema, F extends FormContextType>(wording: ErrorWording): ValidatorType<T, S, F> {
  return {
    validateFormData(formData: T | undefined, schema: S, customValidate?: CustomValidator<T, S, F>, transformErrors?: ErrorTransformer<T, S, F>, uiSchema?: UiSchema<T, S, F>): ValidationData<T> {
      const raw = checkAgainstSchema(schema, formData).map((error): RJSFValidationError => {
        const message = wording(error);
        return { name: error.keyword, property: error.path.length === 0 ? '' : `.${error.path.join('.')}`, message, stack: message };
      });
      const errors = transformErrors === undefined ? raw : transformErrors(raw, uiSchema);
      const validation: ValidationData<T> = { errors, errorSchema: toErrorSchema<T>(errors) };
      if (customValidate === undefined || formData === undefined) return validation;
      const custom = unwrapErrorHandler<T>(customValidate(formData, createErrorHandler<T>(formData), uiSchema, validation.errorSchema));
      return validationDataMerge<T>(validation, custom);
    },
    isValid(schema: S, formData: T | undefined, rootSchema: S): boolean {
      const definitions = rootSchema['$defs'] ?? rootSchema['definitions'];
      return checkAgainstSchema({ ...schema, ...(rootSchema['$defs'] === undefined ? {} : { $defs: definitions }), ...(rootSchema['definitions'] === undefined ? {} : { definitions }) }, formData).length === 0;
    },
    rawValidation<Result>(schema: S, formData?: T) {
      return { errors: checkAgainstSchema(schema, formData) as unknown as Result[] };
    },
  };
}
