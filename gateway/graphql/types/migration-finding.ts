import { builder } from '../builder.ts';
import type { WordedFinding } from '../migration-words.ts';
import { LocalizedTextType } from './localized-text.ts';

/** One thing that keeps an instance from going on in another version. */
export const MigrationFindingType = builder.objectRef<WordedFinding>('MigrationFinding').implement({
  description: 'One thing that keeps an instance from going on in another version.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable, for programs.' }),
    elementId: t.string({ nullable: true, description: 'Of the present version.', resolve: ({ elementId }) => elementId ?? null }),
    targetElementId: t.string({ nullable: true, description: 'Where the mapping sends it, or what in the target version stands in the way.', resolve: ({ targetElementId }) => targetElementId ?? null }),
    message: t.field({ type: LocalizedTextType, resolve: ({ message }) => message }),
  }),
});
