import { z } from 'zod';

/** An id as XML and BPMN allow it: letters of any script. Namespaces in XML 1.0 §3, NCName. */
export const identifier = z.string().regex(/^[\p{L}_][\p{L}\p{M}\p{N}_.·-]{0,127}$/u, 'Expected an NCName of at most 128 characters');
export const variableName = z.string().regex(/^[\p{L}_][\p{L}\p{N}_]{0,63}$/u, 'Expected a FEEL name without spaces, at most 64 characters');
/** FEEL (DMN 1.5 §10) over the variables in scope. */
export const expression = z.string().min(1).max(10_000);

/** Text for people, in both languages of the product. */
export const localizedTextSchema = z.object({ 'zh-CN': z.string(), en: z.string() });
export type LocalizedText = z.infer<typeof localizedTextSchema>;

export const variableTypeSchema = z.enum(['string', 'number', 'boolean', 'date', 'dateTime', 'object', 'list']);
export type VariableType = z.infer<typeof variableTypeSchema>;

/** `classification` says who the value is about; patient values are masked and encrypted. */
export const variableDeclarationSchema = z.object({
  name: variableName,
  type: variableTypeSchema,
  /** Must be given when the process starts. */
  required: z.boolean().optional(),
  classification: z.enum(['patient', 'staff', 'operational']),
  description: localizedTextSchema.optional(),
});
export type VariableDeclaration = z.infer<typeof variableDeclarationSchema>;

/** Evaluates `source` in the inner scope and stores the value as `target` in the outer one (or the reverse for inputs). */
export const mappingSchema = z.object({ target: variableName, source: expression });
export type Mapping = z.infer<typeof mappingSchema>;
