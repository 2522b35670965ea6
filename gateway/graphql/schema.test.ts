import { readFileSync } from 'node:fs';
import { getNamedType, isInterfaceType, isLeafType, isObjectType, isUnionType } from 'graphql';
import { frameFields, openTypes, operationPolicy, personRoles, systemRoles } from '../identity/policy.ts';
import { fieldPolicy, maskedTexts, rowFields } from '../identity/policy/fields.ts';
import { labelPolicy } from '../identity/policy/labels.ts';
import { knownErrorCodes } from './error-messages.ts';
import { printGatewaySchema } from './print-schema.ts';
import { nodeTypes } from './queries/node.ts';
import { schema } from './schema.ts';

const roots = ['Query', 'Mutation', 'Subscription'];
const objectTypes = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !type.name.startsWith('__'));

describe('the schema', () => {
  it('is the one that stands in schema.graphql', () => {
    const stored = readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8');

    expect(printGatewaySchema()).toBe(stored);
  });

  it('has a policy for every operation, and the policy no operation that is not there', () => {
    const operations = roots.flatMap((root) => Object.keys((schema.getType(root) as { getFields(): object } | undefined)?.getFields() ?? {}).map((field) => `${root}.${field}`));

    expect(operations.sort()).toEqual(Object.keys(operationPolicy).sort());
  });

  it('has a policy for every type that holds data', () => {
    const frames = objectTypes.filter(({ name }) => roots.includes(name) || /(?:Connection|ConnectionEdge|Payload|Error|Change)$/.test(name)).map(({ name }) => name);
    const unknown = objectTypes.map(({ name }) => name).filter((name) => !frames.includes(name) && !openTypes.includes(name) && !(name in rowFields));

    expect(unknown).toEqual([]);
  });

  it('has a policy for every value that a frame of such types holds itself, and the policy no value that is not there', () => {
    const frames = objectTypes.filter(({ name }) => !roots.includes(name) && !openTypes.includes(name) && !(name in rowFields));
    const fields = frames.flatMap((type) => (isObjectType(type) ? Object.values(type.getFields()) : []));
    const values = fields.filter(({ type }) => isLeafType(getNamedType(type))).map(({ name }) => name);

    expect([...new Set(values)].sort()).toEqual([...frameFields].sort());
  });

  it('has a policy for every field of every type that holds something of a patient, and the policy no field that is not there', () => {
    const fieldsOf = (name: string) => {
      const type = schema.getType(name);
      return isObjectType(type) ? Object.keys(type.getFields()) : [];
    };
    const there = Object.keys(rowFields).flatMap((type) => fieldsOf(type).map((field) => `${type}.${field}`));

    const listed = [...Object.entries(rowFields).flatMap(([type, fields]) => fields.map((field) => `${type}.${field}`)), ...Object.keys(fieldPolicy)];

    expect(listed.sort()).toEqual(there.sort());
  });

  it('has every field that a label narrows among those that can be hidden', () => {
    expect(Object.values(labelPolicy).flatMap(({ fields }) => Object.keys(fields)).filter((field) => !(field in fieldPolicy))).toEqual([]);
  });

  it('has every field that the policy masks, each of which may be null or empty or has a text to stand there', () => {
    for (const key of Object.keys(fieldPolicy).filter((each) => !(each in maskedTexts))) {
      const [typeName = '', fieldName = ''] = key.split('.');
      const type = schema.getType(typeName);
      const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;

      expect([key, field && /^(?:\[.*\]!?|[^!]+)$/.test(String(field.type))]).toEqual([key, true]);
    }
  });

  it('reaches every node type through the rights of the type', () => {
    const node = schema.getType('Node');
    const implementing = isInterfaceType(node) ? schema.getPossibleTypes(node).map(({ name }) => name) : [];

    expect([...nodeTypes].sort()).toEqual([...implementing].sort());
  });

  it('answers every mutation with its payload or an expected error', () => {
    for (const [name, field] of Object.entries(schema.getMutationType()?.getFields() ?? {})) {
      const result = schema.getType(`${name.charAt(0).toUpperCase()}${name.slice(1)}Result`);

      expect(String(field.type)).toBe(`${result?.name}!`);
      expect(isUnionType(result) && result.getTypes().map((type) => type.name).sort()).toEqual(['ConflictError', 'ForbiddenError', 'NotFoundError', 'RefusedError', 'ValidationError', `${name.charAt(0).toUpperCase()}${name.slice(1)}Payload`].sort());
    }
  });

  it('knows words for every role and code that it names', () => {
    expect(Object.values(operationPolicy).flat().every((role) => ([...personRoles, ...systemRoles] as string[]).includes(role))).toBe(true);
    expect(knownErrorCodes.length).toBeGreaterThan(20);
  });
});
