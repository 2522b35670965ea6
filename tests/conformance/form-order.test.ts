import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Form {
  readonly schema: { readonly properties: Readonly<Record<string, unknown>> };
  readonly uiSchema: { readonly 'ui:order'?: readonly string[] };
}

const processes = join(import.meta.dirname, '../../processes');
const files = readdirSync(processes, { recursive: true, encoding: 'utf8' }).filter((path) => /\/forms\/[^/]+\.json$/.test(path));

// The database does not keep the order of an object's fields.
it.each(files)('%s says the order of its fields', (file) => {
  // Published forms have this shape.
  const { schema, uiSchema } = JSON.parse(readFileSync(join(processes, file), 'utf8')) as Form;
  const fields = Object.keys(schema.properties);

  expect(fields.length === 1 || [...(uiSchema['ui:order'] ?? [])].sort().join() === [...fields].sort().join()).toBe(true);
});
