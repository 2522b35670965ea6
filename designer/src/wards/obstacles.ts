import type { MessageKey } from '../i18n/messages.ts';
import type { WardStanding } from './documents.ts';

/** What keeps a ward from being closed, in the order in which it is settled; the gateway decides again. `path`: where administrators look. */
export interface Obstacle {
  readonly key: MessageKey;
  readonly count: number;
  readonly path?: string;
}

/** What stands in the way of closing the ward now; empty when it can be closed. */
export function obstaclesOf({ id, patients, openTasks, openCases, roleAssignments }: Pick<WardStanding, 'id' | 'patients' | 'openTasks' | 'openCases' | 'roleAssignments'>): readonly Obstacle[] {
  const all: readonly Obstacle[] = [
    { key: 'wards.obstacle.patients', count: patients },
    { key: 'wards.obstacle.openTasks', count: openTasks },
    { key: 'wards.obstacle.openCases', count: openCases },
    { key: 'wards.obstacle.roleAssignments', count: roleAssignments, path: `/admin/people?ward=${encodeURIComponent(id)}` },
  ];
  return all.filter(({ count }) => count > 0);
}

/** Whether code and names hold every word of the search, whatever the size of letters. */
export function doesMatch({ id, ward: { name } }: Pick<WardStanding, 'id' | 'ward'>, search: string): boolean {
  const text = `${id} ${name.zhCN} ${name.en}`.toLowerCase();
  return search.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}
