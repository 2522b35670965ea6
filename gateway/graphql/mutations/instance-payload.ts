import { builder } from '../builder.ts';
import { ProcessInstanceType } from '../types/process-instance.ts';

/** The payload of what an operator does with a whole instance: the instance as it is on record then. */
export const instancePayload = (name: string) =>
  builder.objectRef<{ readonly instanceId: string; readonly pending: boolean }>(name).implement({
    fields: (t) => ({
      processInstance: t.field({ type: ProcessInstanceType, resolve: ({ instanceId }, _args, { database }) => database.prisma.processInstance.findUniqueOrThrow({ where: { id: instanceId } }) }),
      pending: t.exposeBoolean('pending'),
    }),
  });
