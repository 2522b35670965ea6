import { substances, type Substance } from '#substances';

/*
 * Orders of foreign systems name products that no catalogue of ours has; their substances are found by an ATC code or by the generic
 * names in the product's description.
 */

const byAtc = new Map([...substances.values()].flatMap((each) => each.atc.map((code) => [code, each] as const)));
// The longest name first: "isosorbide dinitrate" before a shorter name within it.
const byName = [...substances.values()]
  .flatMap((each) => each.names.map((name) => ({ name, pattern: patternOf(name), each })))
  .sort((a, b) => b.name.length - a.name.length);

/** A whole word in Latin letters; a Chinese name wherever it stands. */
function patternOf(name: string): RegExp {
  return /^[\u0020-\u007e]+$/.test(name) ? new RegExp(`(?<![a-z])${name.replaceAll('-', ' ')}(?![a-z])`, 'g') : new RegExp(name, 'g');
}

/** The substance of an ATC code of the fifth level; undefined for one that the list does not have. */
export function substanceByAtc(code: string): Substance | undefined {
  return byAtc.get(code.trim().toUpperCase());
}

/**
 * The substances that a product's description names, each once: `Amoxicillin 500 MG / Clavulanate …` names one that is known.
 * Names count as whole words, in any letter case; a Chinese name wherever it stands.
 */
export function substancesInText(text: string): readonly Substance[] {
  let rest = text.normalize('NFKC').toLowerCase().replaceAll('-', ' ');
  const found = new Set<Substance>();
  for (const { pattern, each } of byName) {
    const without = rest.replace(pattern, ' ');
    if (without !== rest) found.add(each);
    rest = without;
  }
  return [...found];
}

const allergyGroups: readonly (readonly [group: string, names: RegExp])[] = [
  ['penicillin', /(?<![a-z])penicillins?(?![a-z])|青霉素/],
  ['cephalosporin', /(?<![a-z])(?:cephalosporins?|cef[a-z]+)(?![a-z])|头孢/],
  ['sulfonamide-antibiotic', /(?<![a-z])(?:sulfa|sulfonamides?|sulphonamides?)(?![a-z])|磺胺/],
  ['nsaid', /(?<![a-z])nsaids?(?![a-z])|非甾体/],
];

/** What an allergy is to, as the allergy rules know it: a substance with its groups, or a group. */
export interface Allergen {
  readonly substance: string;
  readonly groups: readonly string[];
}

/** The substances and groups that the text of an allergy names, each once. */
export function allergensInText(text: string): readonly Allergen[] {
  const plain = text.normalize('NFKC').toLowerCase();
  const named = substancesInText(text).map(({ ingredient, groups }) => ({ substance: ingredient, groups }));
  const groups = allergyGroups.filter(([, names]) => names.test(plain)).map(([group]) => ({ substance: group, groups: [] }));
  return [...named, ...groups];
}
