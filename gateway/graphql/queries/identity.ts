import { builder } from '../builder.ts';
import { inputSchemas } from '../mutations/inputs.ts';
import { PersonSessionType } from '../types/person-session.ts';
import { RecoveryCaseType } from '../types/recovery-case.ts';
import { SignInSecurityType } from '../types/sign-in-security.ts';

builder.queryField('personSessions', (t) =>
  t.field({
    type: [PersonSessionType],
    description: 'The sessions of a person by user name, the latest active first; none where nobody has the name.',
    args: { username: t.arg.string({ required: true, validate: inputSchemas.username }) },
    resolve: async (_root, { username }, { sessions, database }) => {
      const user = await database.prisma.user.findUnique({ where: { username: username.toLowerCase() }, select: { id: true } });
      return user ? [...(await sessions.list(user.id))] : [];
    },
  }),
);

builder.queryField('recoveryCases', (t) => t.field({ type: [RecoveryCaseType], description: 'The newest hundred.', resolve: async (_root, _args, { recovery }) => [...(await recovery.list())] }));

builder.queryField('signInSecurity', (t) => t.field({ type: SignInSecurityType, resolve: () => ({}) }));
