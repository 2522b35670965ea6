import type { Database } from '#database';
import { fieldPolicy } from './policy/fields.ts';
import type { Role } from './policy.ts';
import { readRelated, relationshipsFrom, type Relationships } from './relations.ts';
import type { Viewer } from './viewer.ts';
import { visibilityOf, type Visibility } from './visibility.ts';

/** To whom a viewer is related, and what it may therefore see. */
export interface Rights {
  readonly related: Relationships;
  readonly visibility: Visibility;
  /** The rows that the viewer sees by a role that also sees this field of them: what is hidden must find nothing. Labels aside. */
  readonly visibilityBy: (field: string) => Visibility;
}

/** Characters of what was read that are kept: a nurse's are some thousands, a pharmacist's of a whole hospital some hundred thousand. */
const mostCharacters = 32_000_000;
/** Filters say since when a task that ended still counts: within a minute they may say the same. */
const filterMs = 60_000;

/**
 * Reads what viewers may see, each time from the database: who lost a relation loses it with the next request. What is made of
 * it, sets and filters, is kept as long as the same is read again, as it is by a page that refreshes itself.
 */
export function createRights(database: Pick<Database, 'pool'>): (viewer: Viewer) => Promise<Rights> {
  const kept = new Map<string, { readonly text: string; readonly madeAt: number; readonly rights: Rights }>();
  let characters = 0;
  const drop = (key: string): void => {
    characters -= kept.get(key)?.text.length ?? 0;
    kept.delete(key);
  };
  return async (viewer) => {
    const text = await readRelated(database, viewer);
    const key = JSON.stringify([viewer.id, viewer.roles, viewer.assignments]);
    const known = kept.get(key);
    const now = performance.now();
    if (known?.text === text && now - known.madeAt < filterMs) return known.rights;
    const related = relationshipsFrom(viewer, text);
    const rights: Rights = {
      related,
      visibility: visibilityOf(viewer, related),
      visibilityBy: (field) => visibilityOf({ ...viewer, roles: viewer.roles.filter((role) => fieldPolicy[field]?.[role as Role] !== undefined) }, related),
    };
    // Whose rights were made anew goes to the end: the first has been away longest, or nothing changed for them.
    drop(key);
    kept.set(key, { text, madeAt: now, rights });
    characters += text.length;
    for (const oldest of kept.keys()) {
      if (characters <= mostCharacters) break;
      drop(oldest);
    }
    return rights;
  };
}
