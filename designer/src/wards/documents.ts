import { defineDocument } from '../graphql/client.ts';
import { localized } from '../graphql/fragments.ts';
import { defineCommand } from '../rules/define-command.ts';

/** Both names; a ward always has them. */
export interface WardName {
  readonly zhCN: string;
  readonly en: string;
}

/** A ward with what goes on there. */
export interface WardStanding {
  readonly id: string;
  readonly revision: number;
  readonly ward: { readonly id: string; readonly name: WardName; readonly closedAt: string | null };
  readonly patients: number;
  readonly occupiedBeds: number;
  readonly openTasks: number;
  readonly openCases: number;
  readonly roleAssignments: number;
  readonly people: number;
}

export const wardStandingsDocument = defineDocument<{ wardStandings: readonly WardStanding[] }, Record<string, never>>(`
  query WardStandings { wardStandings { id revision ward { id name ${localized} closedAt } patients occupiedBeds openTasks openCases roleAssignments people } }
`);

interface Names {
  readonly nameZhCN: string;
  readonly nameEn: string;
}
interface OfWard {
  readonly wardId: string;
  readonly expectedRevision: number;
}

export const createWardCommand = defineCommand<Names & { readonly code: string }>('CreateWard', 'createWard', 'CreateWardInput', '');
export const renameWardCommand = defineCommand<OfWard & Names>('RenameWard', 'renameWard', 'RenameWardInput', '');
export const closeWardCommand = defineCommand<OfWard & { readonly reason: string }>('CloseWard', 'closeWard', 'CloseWardInput', '');
export const reopenWardCommand = defineCommand<OfWard & { readonly reason: string }>('ReopenWard', 'reopenWard', 'ReopenWardInput', '');
