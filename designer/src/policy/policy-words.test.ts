import type { AccessPolicy } from './documents.ts';
import { foundOperations, groupCells, rolesOfGrid } from './policy-words.ts';

const word = (text: string) => ({ zhCN: text, en: text });
const policy: AccessPolicy = {
  roles: [{ role: 'doctor', name: word('doctor'), isSystem: false }, { role: 'nurse', name: word('nurse'), isSystem: false }, { role: 'finance', name: word('finance'), isSystem: false }],
  relations: [],
  types: [{ type: 'Patient', name: word('Patient'), cells: [{ role: 'doctor', relations: ['ward', 'duty'] }, { role: 'nurse', relations: ['ward', 'duty'] }], fields: [] }],
  labels: [],
  operations: [{ operation: 'Query.patients', name: { zhCN: '检索患者', en: 'Search patients' }, roles: ['doctor'] }, { operation: 'Query.tasks', name: { zhCN: '列出任务', en: 'List tasks' }, roles: ['nurse'] }],
};

describe('the access policy on the screen', () => {
  it('puts roles that need the same together, and shows one role alone', () => {
    const cells = [...(policy.types[0]?.cells ?? []), { role: 'auditor', relations: ['hospital'] }];

    expect(groupCells(cells, undefined)).toEqual([{ roles: ['doctor', 'nurse'], relations: ['ward', 'duty'] }, { roles: ['auditor'], relations: ['hospital'] }]);
    expect(groupCells(cells, 'nurse')).toEqual([{ roles: ['nurse'], relations: ['ward', 'duty'] }]);
  });

  it('leaves roles that see nothing out of the grid unless one is asked for', () => {
    expect(rolesOfGrid(policy, undefined).map(({ role }) => role)).toEqual(['doctor', 'nurse']);
    expect(rolesOfGrid(policy, 'finance').map(({ role }) => role)).toEqual(['finance']);
  });

  it('finds operations by words of either language and by role', () => {
    const found = (role: string | undefined, search: string) => foundOperations(policy, role, search).map(({ operation }) => operation);

    expect([found(undefined, '患者'), found(undefined, 'LIST'), found('doctor', ''), found('doctor', '任务')]).toEqual([['Query.patients'], ['Query.tasks'], ['Query.patients'], []]);
  });
});
