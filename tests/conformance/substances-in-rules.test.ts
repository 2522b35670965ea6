import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleSetDocumentSchema, type Condition } from '#rules';
import { groupsOf, substances } from '#substances';

const root = join(import.meta.dirname, '../..');
const orderRules = join(root, 'processes/inpatient-order-loop/rules');
const documents = [...readdirSync(orderRules).map((name) => join(orderRules, name)), join(root, 'rules/library/insurance-limits/rule-set.json')].map((path) => ruleSetDocumentSchema.parse(JSON.parse(readFileSync(path, 'utf8'))));

/** Facts whose values are ingredients and groups; an allergy may also be recorded by a name that is a group's or an old one's. */
const namesDrugs = /^(?:orderedIngredient|orderedGroups|active(?:Ingredients|Groups|IntravenousGroups)|sharedGroups|recentlyGiven\w+|allerg(?:ies|enGroups)\w+)$/;

interface Named {
  readonly fact: string;
  readonly name: string;
}

function namesIn(condition: Condition): readonly Named[] {
  if ('all' in condition) return condition.all.flatMap(namesIn);
  if ('any' in condition) return condition.any.flatMap(namesIn);
  if ('not' in condition) return namesIn(condition.not);
  if (!('fact' in condition) || !namesDrugs.test(condition.fact)) return [];
  const { value } = condition;
  return (Array.isArray(value) ? value : [value]).flatMap((name) => (typeof name === 'string' ? [{ fact: condition.fact, name }] : []));
}

describe('the list of substances', () => {
  const known = new Set([...substances.values()].flatMap(({ ingredient, groups }) => [ingredient, ...groups]));
  const otherNames = new Set([...substances.values()].flatMap(({ names }) => names));
  const isKnown = ({ fact, name }: Named) => known.has(name) || (fact.startsWith('allerg') && otherNames.has(name));

  it.each(documents.map((document) => [document.key, document] as const))('has every drug and every group that rules of %s name', (_key, { rules }) => {
    const unknown = rules.flatMap(({ id, conditions }) => namesIn(conditions).filter((named) => !isKnown(named)).map(({ name }) => `${id}: ${name}`));

    expect(unknown).toEqual([]);
  });

  it('gives each ATC code and each name to one substance', () => {
    for (const list of [[...substances.values()].flatMap(({ atc }) => atc), [...substances.values()].flatMap(({ names }) => names)]) expect(new Set(list).size).toBe(list.length);
    for (const { atc, names } of substances.values()) {
      for (const code of atc) expect(code).toMatch(/^[A-Z]\d{2}[A-Z]{2}\d{2}$/);
      for (const name of names) expect(name).toBe(name.normalize('NFKC').toLowerCase());
    }
  });

  it('refuses a product of a substance that it does not have', () => {
    expect(() => groupsOf('unheard-of')).toThrow('Expected unheard-of in the list of substances');
  });
});
