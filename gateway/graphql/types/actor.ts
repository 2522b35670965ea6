import { builder } from '../builder.ts';
import { systemName } from '../system-names.ts';

/** An actor as the record keeps them; the display name is looked up. */
export interface ActorShape {
  readonly id: string;
  readonly kind: string;
  readonly roles: readonly string[];
}

/** Who did something. */
export const ActorType = builder.objectRef<ActorShape>('ActorInfo').implement({
  fields: (t) => ({
    id: t.exposeString('id'),
    kind: t.exposeString('kind', { description: 'person | system | device | engine' }),
    displayName: t.string({
      resolve: async ({ id, kind, roles }, _args, { loaders, language }) => {
        const name = await loaders.actorName(id);
        return (kind === 'system' ? systemName(language, { id, roles, name }) : name) ?? id;
      },
    }),
    roles: t.stringList({ resolve: ({ roles }) => [...roles] }),
  }),
});

/** The person who has taken a task. */
export const AssigneeType = builder.objectRef<{ readonly id: string }>('Assignee').implement({
  fields: (t) => ({
    id: t.exposeString('id'),
    displayName: t.string({ resolve: async ({ id }, _args, { loaders }) => (await loaders.actorName(id)) ?? id }),
  }),
});
