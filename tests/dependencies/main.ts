import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { advisoriesOf } from './advisories.ts';
import { checkTree, policySchema } from './check-tree.ts';
import { npm } from './npm.ts';
import { readTree } from './read-tree.ts';
import { summaryOf, withSummary } from './summary.ts';

/**
 * `npm run -s licences`: licences, pins, install scripts and sources of everything that is installed, by `policy.json`. Exit 1 with a finding.
 * `--list` prints every package that ships; `--write` brings docs/dependencies.md up to date; `--sbom FILE` writes CycloneDX of what ships;
 * `--advisories` asks the registry's endpoint, or another by `--feed URL`, for known weaknesses: exit 1 with a high or critical one, 0 when nobody answers.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({ options: { list: { type: 'boolean' }, write: { type: 'boolean' }, sbom: { type: 'string' }, advisories: { type: 'boolean' }, feed: { type: 'string' } } });
const policy = policySchema.parse(JSON.parse(readFileSync(join(root, 'tests/dependencies/policy.json'), 'utf8')));
const tree = readTree(root);
const checked = checkTree(tree, policy);

if (values.list) for (const { path, version, usedBy, isDevelopmentOnly } of checked.packages) if (!isDevelopmentOnly) process.stdout.write(`${path} ${version} ${usedBy}\n`);
if (values.write) {
  const file = join(root, 'docs/dependencies.md');
  writeFileSync(file, withSummary(readFileSync(file, 'utf8'), summaryOf(checked, policy)));
}
if (values.sbom !== undefined) {
  const { output } = await npm(root, ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only'], 60_000);
  const bom = JSON.parse(output) as { metadata: { component: { name: string } }; components: readonly unknown[] };
  // npm takes the folder's name.
  bom.metadata.component.name = 'careloop';
  writeFileSync(values.sbom, `${JSON.stringify(bom, null, 2)}\n`);
  process.stdout.write(`${bom.components.length} components in ${values.sbom}\n`);
}
for (const { code, message } of checked.findings) process.stderr.write(`${code}: ${message}\n`);
process.stdout.write(`${checked.packages.filter(({ isDevelopmentOnly }) => !isDevelopmentOnly).length} packages ship, ${checked.packages.length} in all; ${checked.findings.length} findings\n`);
let isSound = checked.findings.length === 0;
if (values.advisories || values.feed !== undefined) {
  const { sentence, isGrave } = advisoriesOf(await npm(root, ['audit', '--omit=dev', '--json', ...(values.feed === undefined ? [] : ['--registry', values.feed])], 30_000));
  process.stdout.write(`${sentence}\n`);
  isSound &&= !isGrave;
}
process.exitCode = isSound ? 0 : 1;
