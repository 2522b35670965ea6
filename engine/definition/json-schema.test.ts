import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validator } from '@cfworker/json-schema';
import { processDefinitionJsonSchema } from './json-schema.ts';

const root = join(import.meta.dirname, '../..');
const file = join(root, 'docs/schemas/process-definition.schema.json');
const text = `${JSON.stringify(processDefinitionJsonSchema(), null, 2)}\n`;

// Run with CARELOOP_WRITE_SCHEMAS=1 after a change of the schema.
if (process.env['CARELOOP_WRITE_SCHEMAS'] === '1') writeFileSync(file, text);

describe('the published JSON Schema', () => {
  it('is the one that the definition schema gives', () => {
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it.each(readdirSync(join(root, 'processes')))('accepts processes/%s', (key) => {
    const definition: unknown = JSON.parse(readFileSync(join(root, 'processes', key, 'process.json'), 'utf8'));

    expect(new Validator(processDefinitionJsonSchema(), '2020-12').validate(definition)).toMatchObject({ valid: true, errors: [] });
  });

  it('refuses an element of a type that there is not', () => {
    const definition = { format: 'careloop-process/1', key: 'k', version: '1', name: { 'zh-CN': '', en: '' }, variables: [], flowElements: [{ id: 'a', type: 'dream' }], sequenceFlows: [] };

    expect(new Validator(processDefinitionJsonSchema(), '2020-12').validate(definition).valid).toBe(false);
  });
});
