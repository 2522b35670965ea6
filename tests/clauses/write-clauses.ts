import { rowsOf } from './check-clauses.ts';
import type { Clause, Clauses, Standard } from './read-clauses.ts';

/** What a row comes to. */
type Outcome = 'met' | 'with an exception' | 'of others' | 'not used';

function outcomeOf(clause: Clause): Outcome {
  if ('notUsed' in clause) return 'not used';
  if (clause.exception !== undefined) return 'with an exception';
  return clause.who.includes('product') ? 'met' : 'of others';
}

const outcomes: readonly Outcome[] = ['met', 'with an exception', 'of others', 'not used'];
const note = 'Written by `npm run -s clauses -- --write`; a test fails when it is not current.';

/** A page for each standard, and the parts of docs/security.md that are written: numbers by chapter, and the exceptions. */
export function pagesOf({ asvs, mlps, requirements, testFiles }: Clauses): { readonly asvs: string; readonly mlps: string; readonly summary: string } {
  const asvsId = (id: string): string => `v5.0.0-${id}`;
  const level = (id: string): string => `L${requirements.asvs[id] ?? ''}`;
  const page = (title: string, source: string, standard: Standard, name: (id: string) => string, extra?: (id: string) => string): string => [
    `# ${title}`,
    '',
    `<!-- ${note} The source is docs/security/${source}. -->`,
    '',
    'Who answers for each clause, what the product does, and the test that would fail, or the exception with its reason. [docs/security.md](../security.md) is the front.',
    '',
    ...Object.entries(standard).flatMap(([chapter, clauses]) => [
      `## ${chapter}`,
      '',
      `| Clause |${extra ? ' Level |' : ''} Who | What is done, and by which test | Exception |`,
      `|---|${extra ? '---|' : ''}---|---|---|`,
      ...Object.entries(clauses).map(([id, clause]) => `| ${name(id)} |${extra ? ` ${extra(id)} |` : ''} ${cells(clause, testFiles)} |`),
      '',
    ]),
  ].join('\n');
  return {
    asvs: page('OWASP ASVS 5.0, levels 1 and 2', 'asvs-5.0.yaml', asvs, asvsId, level),
    mlps: page('GB/T 22239-2019 §8.1, level 3 (等保三级)', 'mlps-3.yaml', mlps, (id) => id.replace(/ (\w)$/, ' $1)')),
    summary: [`<!-- ${note} -->`, '### OWASP ASVS 5.0, levels 1 and 2', '', ...countsOf(asvs), '', '### GB/T 22239-2019 §8.1', '', ...countsOf(mlps), '', '### Exceptions', '', ...exceptionsOf(asvs, asvsId), ...exceptionsOf(mlps, (id) => `MLPS ${id.replace(/ (\w)$/, ' $1)')}`), '<!-- End of what is written. -->'].join('\n'),
  };
}

function cells(clause: Clause, testFiles: Clauses['testFiles']): string {
  if ('notUsed' in clause) return `nobody | Not used: ${lowerFirst(clause.notUsed)} | `;
  const tests = [...new Set(clause.tests.map((test) => testFiles[test.split(' › ')[0] ?? ''] ?? test))].map((path) => `\`${path}\``);
  return `${clause.who.join(', ')} | ${[clause.done, ...tests].filter((part) => part !== '').join('. ').replace(/\.\. /g, '. ')} | ${clause.exception ?? ''}`;
}

/** "No LDAP" goes on in a sentence; "SAML" keeps its letters. */
function lowerFirst(text: string): string {
  return /^[A-Z][a-z' ]/.test(text) ? `${text.charAt(0).toLowerCase()}${text.slice(1)}` : text;
}

function countsOf(standard: Standard): string[] {
  const count = (rows: readonly [string, Clause][]): string => outcomes.map((outcome) => rows.filter(([, clause]) => outcomeOf(clause) === outcome).length).join(' | ');
  return [
    '| Chapter | Clauses | Met by the product, with a test | With an exception | Of hospital or infrastructure | Not used |',
    '|---|---|---|---|---|---|',
    ...Object.entries(standard).map(([chapter, clauses]) => `| ${chapter} | ${Object.keys(clauses).length} | ${count(Object.entries(clauses))} |`),
    `| **All** | ${rowsOf(standard).length} | ${count(rowsOf(standard))} |`,
  ];
}

function exceptionsOf(standard: Standard, name: (id: string) => string): string[] {
  return rowsOf(standard).flatMap(([id, clause]) => ('exception' in clause && clause.exception !== undefined ? [`- **${name(id)}** ${clause.exception}.`] : []));
}

const written = /<!-- Written by `npm run -s clauses -- --write`[^]*<!-- End of what is written\. -->/;

/** docs/security.md with its written part replaced. Throws when it has none. */
export function withSummary(document: string, summary: string): string {
  if (!written.test(document)) throw new Error('Expected the marks of the written part in docs/security.md, but they are not there');
  return document.replace(written, () => summary);
}
