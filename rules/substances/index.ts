import { substanceList } from './substance-list.ts';

/** A substance as the rule sets know it: what orders, catalogues, hooks and the gold set say about a drug beside its strength. */
export interface Substance {
  readonly ingredient: string;
  readonly groups: readonly string[];
  /** ATC codes of the fifth level. */
  readonly atc: readonly string[];
  /** Generic names in small letters: the ingredient's own, others in English, Chinese. */
  readonly names: readonly string[];
}

const words = (text: string, separator: string | RegExp): readonly string[] => text.split(separator).map((word) => word.trim()).filter((word) => word !== '');

function readLine(line: string): readonly [string, Substance] {
  const [ingredient = '', atc = '', groups = '', names = ''] = line.split('|').map((part) => part.trim());
  return [ingredient, { ingredient, groups: words(groups, ' '), atc: words(atc, ' '), names: [ingredient.replaceAll('-', ' '), ...words(names, ',')] }];
}

/** All substances by ingredient. */
export const substances: ReadonlyMap<string, Substance> = new Map(substanceList.trim().split('\n').map(readLine));

/** The groups of an ingredient. Throws for one that the list does not have: a product without groups would pass by most rules. */
export function groupsOf(ingredient: string): readonly string[] {
  const substance = substances.get(ingredient);
  if (!substance) throw new Error(`Expected ${ingredient} in the list of substances, but it is not there`);
  return substance.groups;
}
