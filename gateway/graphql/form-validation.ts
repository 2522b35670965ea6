import { createRequire } from 'node:module';
import type { Ajv as AjvClass, ErrorObject, ValidateFunction } from 'ajv';
import type { Variables } from '#engine';
import { ValidationError } from './expected-errors.ts';
import type { ProcessForm } from './process-bundles.ts';

// Both are CommonJS with a default export that TypeScript and Node see differently.
const require = createRequire(import.meta.url);
const { Ajv } = require('ajv') as { readonly Ajv: typeof AjvClass };
const addFormats = (require('ajv-formats') as { readonly default: (ajv: AjvClass) => void }).default;

// Titles and descriptions are localised texts, which the meta-schema does not know; they play no part in validation.
const ajv = new Ajv({ allErrors: false, strict: false, validateFormats: true, validateSchema: false });
addFormats(ajv);
const validators = new WeakMap<object, ValidateFunction>();

/**
 * Checks a form's data against its JSON schema. The error names the field as `place`, and never a value.
 * Fails: FORM_INVALID. Undefined when the data are right.
 */
export function validateForm(form: Pick<ProcessForm, 'schema'>, data: Variables): ValidationError | undefined {
  let validator = validators.get(form.schema);
  if (!validator) {
    validator = ajv.compile(form.schema);
    validators.set(form.schema, validator);
  }
  if (validator(data)) return undefined;
  const [error] = validator.errors ?? [];
  return new ValidationError({ code: 'FORM_INVALID', place: error === undefined ? 'data' : placeOf(error), detail: error === undefined ? 'Expected data that fit the form' : `Expected data that fit the form, but the field ${error.message ?? 'does not'}` });
}

/** The field as `a.b.0.c`. A missing or surplus field is named itself, not its parent. */
function placeOf({ instancePath, keyword, params }: ErrorObject): string {
  const path = instancePath.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const { missingProperty, additionalProperty } = params as { readonly missingProperty?: string; readonly additionalProperty?: string };
  if (keyword === 'required' && missingProperty !== undefined) path.push(missingProperty);
  if (keyword === 'additionalProperties' && additionalProperty !== undefined) path.push(additionalProperty);
  return path.length === 0 ? 'data' : path.join('.');
}
