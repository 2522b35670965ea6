import type { CheckedTree, DependencyPolicy } from './check-tree.ts';

const byLicence = (licences: readonly string[]): string[] => {
  const counts = new Map<string, number>();
  for (const licence of licences) counts.set(licence, (counts.get(licence) ?? 0) + 1);
  return [...counts].sort(([left, many], [right, few]) => few - many || (left < right ? -1 : 1)).map(([licence, count]) => `| ${licence} | ${count} |`);
};

/** The page that is kept in `docs/dependencies.md`: numbers by licence, and every exception with its reason. */
export function summaryOf({ packages }: CheckedTree, policy: DependencyPolicy): string {
  const shipped = packages.filter(({ isDevelopmentOnly }) => !isDevelopmentOnly);
  const development = packages.filter(({ isDevelopmentOnly }) => isDevelopmentOnly);
  const names = (list: readonly string[]): string => list.map((name) => `\`${name}\``).join(', ');
  return [
    '<!-- Written by `npm run -s licences -- --write`; a test fails when it is not current. -->',
    `${shipped.length} packages ship with the product or are made part of the web app, counting those for other systems; ${development.length} are for development alone.`,
    '',
    '| Licence of what ships | Packages |',
    '|---|---|',
    ...byLicence(shipped.map(({ usedBy }) => usedBy)),
    '',
    '| Exception | Licence | Reason |',
    '|---|---|---|',
    ...policy.licenceExceptions.map(({ packages: list, licence, reason }) => `| ${names(list)} | ${licence} | ${reason} |`),
    '',
    '| Licence of what is for development alone | Packages |',
    '|---|---|',
    ...byLicence(development.map(({ usedBy }) => usedBy)),
    '',
    `**One version only** (${policy.pinned.packages.length} names): ${names(policy.pinned.packages)}. ${policy.pinned.reason}`,
    '',
    '| Script at installation | Runs | Reason |',
    '|---|---|---|',
    ...policy.installScripts.map(({ packages: list, isAllowed, reason }) => `| ${names(list)} | ${isAllowed ? 'yes' : 'no'} | ${reason} |`),
    '<!-- End of what is written. -->',
  ].join('\n');
}

const written = /<!-- Written by `npm run -s licences -- --write`[^]*<!-- End of what is written\. -->/;

/** The document with its written part replaced. Throws when it has none. */
export function withSummary(document: string, summary: string): string {
  if (!written.test(document)) throw new Error('Expected the marks of the written part in docs/dependencies.md, but they are not there');
  return document.replace(written, () => summary);
}
