import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkClauses, sourcesOf } from './check-clauses.ts';
import { readClauses } from './read-clauses.ts';
import { pagesOf, withSummary } from './write-clauses.ts';

/** `npm run -s clauses`: checks what docs/security/ says of each clause of ASVS and MLPS-3; `--write` brings the pages up to date. Exit 1 with a finding. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const clauses = readClauses(root);
const findings = checkClauses(clauses, sourcesOf(root));
for (const { code, id, message } of findings) process.stderr.write(`${code} ${id}: ${message}\n`);
if (process.argv.includes('--write')) {
  const { asvs, mlps, summary } = pagesOf(clauses);
  const front = join(root, 'docs/security.md');
  writeFileSync(join(root, 'docs/security/asvs-5.0.md'), asvs);
  writeFileSync(join(root, 'docs/security/mlps-3.md'), mlps);
  writeFileSync(front, withSummary(readFileSync(front, 'utf8'), summary));
}
process.stdout.write(`${Object.keys(clauses.requirements.asvs).length} requirements of ASVS, ${clauses.requirements.mlps.length} clauses of MLPS-3; ${findings.length} findings\n`);
process.exitCode = findings.length === 0 ? 0 : 1;
