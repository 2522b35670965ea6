import type { AccessPolicy, PolicyRow } from './access-policy.ts';

/** The policy table as docs/access-policy.md has it. */
export function accessPolicyText({ roles, relations, types, labels, statistics, operations }: AccessPolicy): string {
  const relationName = new Map(relations.map(({ relation, name }) => [relation, name.en]));
  const roleName = new Map(roles.map(({ role, name }) => [role, name.en]));
  const grid = (rows: readonly PolicyRow[]) => {
    const shown = roles.filter(({ role }) => rows.some(({ cells }) => cells.some((cell) => cell.role === role)));
    return table(
      ['', ...rows.map(({ name }) => name.en)],
      shown.map(({ role, name }) => [`**${name.en}**`, ...rows.map(({ cells }) => cells.find((cell) => cell.role === role)?.relations.map((relation) => relationName.get(relation)).join(', ') ?? '—')]),
    );
  };
  return [
    '# Access policy',
    'Who sees and does what. This page is written from the tables in `gateway/identity/policy.ts` and `gateway/identity/policy/`, which the',
    'gateway enforces; a test fails when it says anything else. The app shows the same at `/policy`, in Chinese too. To write it anew:',
    '`CARELOOP_WRITE_POLICY=1 NODE_OPTIONS=--experimental-vm-modules npx jest gateway/identity/policy --selectProjects unit`.',
    '',
    '## Relations',
    'A role alone opens no patient. It names the relations of which one has to hold between its holder and the patient, at the moment',
    'of the answer. What a role gives, it gives in the ward in which it is held.',
    '',
    table(['Relation', '关系', 'Holds when'], relations.map(({ name, definition }) => [`**${name.en}**`, name['zh-CN'], definition.en])),
    '',
    '## Who sees rows',
    'A cell has the relations of which one suffices; — is none. Without one the answer is empty, as if the row did not exist.',
    '',
    grid(types),
    '',
    '## Sensitive fields',
    'Of a row that is seen, these fields need a relation of their own. Else they are empty, and `maskedFields` of the row names them. Other',
    'fields are seen with their row.',
    ...types.filter(({ fields }) => fields.length > 0).flatMap(({ name, fields }) => ['', `### ${name.en}`, '', fieldTable(fields)]),
    '',
    '## Labels of sensitive patients',
    'Codes of HL7 Terminology, ActCode. Of a labelled patient the named fields need one of these relations beside what stands above. No label hides',
    'allergies, weight or the task itself: whoever has the task to give a dose sees name, allergies and dose.',
    ...labels.flatMap(({ code, name, fields }) => ['', `### ${code}: ${name.en}（${name['zh-CN']}）`, '', fieldTable(fields)]),
    '',
    '## Counting decisions',
    'Backtests and statistics count decisions of patients whom their reader does not see; they say of none whose they are.',
    '',
    table(['Role', 'Wards'], statistics.map(({ role, wards }) => [`**${roleName.get(role) ?? role}**`, wards === 'hospital' ? 'all' : 'those in which the role is held'])),
    '',
    '## Operations',
    'What each role may call at all. Which rows and fields it then sees follows from above.',
    '',
    table(['Operation', 'In words', 'Roles'], operations.map(({ operation, name, roles: allowed }) => [`\`${operation}\``, name.en === operation ? '' : name.en, allowed.length === roles.length ? 'everyone' : allowed.map((role) => roleName.get(role)).join(', ')])),
    '',
  ].join('\n');

  function fieldTable(fields: readonly PolicyRow[]): string {
    return table(
      ['Field', 'Role: relations'],
      fields.map(({ key, name, cells }) => [`**${name.en}** \`${key}\``, grouped(cells).join('<br>')]),
    );
  }

  /** Roles that need the same stand together. */
  function grouped(cells: PolicyRow['cells']): readonly string[] {
    const groups = new Map<string, string[]>();
    for (const { role, relations: needed } of cells) {
      const key = needed.map((relation) => relationName.get(relation)).join(', ');
      groups.set(key, [...(groups.get(key) ?? []), roleName.get(role) ?? role]);
    }
    return [...groups].map(([needed, who]) => `${who.join(', ')}: ${needed}`);
  }
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
