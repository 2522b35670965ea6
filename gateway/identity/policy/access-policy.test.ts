import { readFileSync, writeFileSync } from 'node:fs';
import { operationPolicy } from '../policy.ts';
import { accessPolicy } from './access-policy.ts';
import { accessPolicyText } from './access-policy-text.ts';
import { fieldPolicy } from './fields.ts';
import { labelPolicy } from './labels.ts';
import { typePolicy } from './types.ts';
import { fieldWords, operationWords } from './words.ts';

const page = new URL('../../../docs/access-policy.md', import.meta.url);

describe('the readable policy', () => {
  it('is the page that stands in docs/access-policy.md', () => {
    const text = accessPolicyText(accessPolicy());
    if (process.env['CARELOOP_WRITE_POLICY'] !== undefined) writeFileSync(page, text);

    expect(readFileSync(page, 'utf8')).toBe(text);
  });

  it('says every cell of the tables, and none besides', () => {
    const { types, labels, operations } = accessPolicy();
    const grantsOf = (cells: (typeof types)[number]['cells']) => Object.fromEntries(cells.map(({ role, relations }) => [role, [...relations].sort()]));
    const sorted = (grants: object) => Object.fromEntries(Object.entries(grants).map(([role, relations]) => [role, [...(relations as string[])].sort()]));

    expect(Object.fromEntries(types.map(({ type, cells }) => [type, grantsOf(cells)]))).toEqual(Object.fromEntries(Object.entries(typePolicy).map(([type, grants]) => [type, sorted(grants)])));
    expect(Object.fromEntries(types.flatMap(({ fields }) => fields.map(({ key, cells }) => [key, grantsOf(cells)])))).toEqual(Object.fromEntries(Object.entries(fieldPolicy).map(([field, grants]) => [field, sorted(grants)])));
    for (const { code, fields } of labels) expect(Object.fromEntries(fields.map(({ key, cells }) => [key, grantsOf(cells)]))).toEqual(Object.fromEntries(Object.entries(labelPolicy[code].fields).map(([field, grants]) => [field, sorted(grants)])));
    expect(Object.fromEntries(operations.map(({ operation, roles }) => [operation, [...roles].sort()]))).toEqual(Object.fromEntries(Object.entries(operationPolicy).map(([operation, roles]) => [operation, [...roles].sort()])));
  });

  it('has words for every operation', () => {
    expect(Object.keys(operationPolicy).filter((operation) => operationWords[operation] === undefined)).toEqual([]);
  });

  it('has words for every sensitive field', () => {
    expect(Object.keys(fieldPolicy).filter((field) => fieldWords[field] === undefined)).toEqual([]);
  });
});
