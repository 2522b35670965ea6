import { mayCall } from '../identity/policy.ts';
import { builder } from './builder.ts';
import type { RequestContext } from './context.ts';
import { globalIdOf, instanceIdOf } from './global-ids.ts';
import { badArgument } from './request-errors.ts';
import { ProcessInstanceType } from './types/process-instance.ts';
import { TaskType } from './types/task.ts';
import { visibleInstance, visibleTask } from './visible-rows.ts';
import type { OutboxFilter } from '../subscriptions/outbox-table.ts';

/** How often a quiet subscription looks whether its viewer is still signed in. A system's rights are remembered for a moment, so that it may look more often. */
const signedInCheckMs = { person: 5_000, system: 1_000 } as const;

const afterWords = 'The last cursor that the subscriber got: what changed since then comes first, in order. Without it, only what changes from now on.';

interface Change {
  readonly cursor: string;
  readonly instanceId: string | null;
  readonly taskId: string | null;
  /** Whose access to a patient changed; null where everybody's did. */
  readonly personId: string | null;
  /** The patient, and the ward that they have left. */
  readonly patientId: string | null;
  readonly unit: string | null;
}

const ProcessInstanceChange = builder.objectRef<Change>('ProcessInstanceChange').implement({
  fields: (t) => ({
    cursor: t.exposeString('cursor', { description: 'To resume after this change.' }),
    processInstance: t.field({ type: ProcessInstanceType, nullable: true, resolve: ({ instanceId }, _args, context) => (instanceId === null ? null : visibleInstance(instanceId, context)) }),
  }),
});

const TasksChange = builder.objectRef<Change>('TasksChange').implement({
  fields: (t) => ({
    cursor: t.exposeString('cursor', { description: 'To resume after this change.' }),
    taskId: t.id({ nullable: true, description: 'Global id of the task that changed.', resolve: ({ taskId }) => (taskId === null ? null : globalIdOf('Task', taskId)) }),
    task: t.field({
      type: TaskType,
      nullable: true,
      description: 'Null when the viewer may not see it, or no longer.',
      resolve: ({ taskId }, _args, context) => (taskId === null ? null : visibleTask(taskId, context)),
    }),
  }),
});

const PatientAccessChange = builder.objectRef<Change>('PatientAccessChange').implement({
  description: 'Somebody’s access to a patient began, ended or was reviewed, or the patient was moved or labelled. It holds no data: ask again for what is shown.',
  fields: (t) => ({ cursor: t.exposeString('cursor', { description: 'To resume after this change.' }) }),
});

/** Whether a change of rights may change what the viewer sees: their own; that of a patient whom they see, or saw in the ward that was left. */
function concerns({ personId, patientId, unit }: Change, { viewer, access }: RequestContext): boolean {
  if (personId === viewer.id || mayCall('Query.emergencyAccesses', viewer.roles)) return true;
  if (personId !== null || patientId === null) return false;
  return access.reaches('Patient', { patientId }) || (unit !== null && viewer.assignments.some((assignment) => assignment.unit === undefined || assignment.unit === unit));
}

/** The changes after a cursor, until the client leaves or the viewer is no longer signed in. */
async function* changes(filter: OutboxFilter, after: string | null | undefined, context: RequestContext, isVisible: (change: Change) => Promise<boolean>): AsyncGenerator<Change> {
  const reader = await context.outbox.open(filter, cursorOf(after));
  try {
    while (!reader.isClosed) {
      const event = await reader.next(signedInCheckMs[context.viewer.kind]);
      if (!(await context.renew(context))) return;
      if (!event) continue;
      const change = { cursor: event.id.toString(), instanceId: event.instanceId, taskId: event.taskId, personId: event.personId, patientId: event.patientId, unit: event.unit };
      if (await isVisible(change)) yield change;
      await context.reads.flush(context.access);
    }
  } finally {
    reader.close();
  }
}

function cursorOf(after: string | null | undefined): bigint | undefined {
  if (after === null || after === undefined) return undefined;
  if (!/^\d{1,18}$/.test(after)) throw badArgument('CURSOR_INVALID', 'after', 'Expected a cursor that this subscription gave, but got something else');
  return BigInt(after);
}

builder.subscriptionField('processInstanceChanged', (t) =>
  t.field({
    type: ProcessInstanceChange,
    args: { id: t.arg.id({ required: true }), after: t.arg.string({ description: afterWords }) },
    subscribe: async (_root, { id, after }, context) => {
      const instance = await visibleInstance(id, context);
      if (!instance) throw badArgument('INSTANCE_NOT_FOUND', 'id', 'Expected an instance that the viewer may see, but found none');
      return changes({ topics: ['instance', 'task', 'incident'], instanceId: instanceIdOf(instance.id) }, after, context, async () => (await visibleInstance(instance.id, context)) !== null);
    },
    resolve: (change) => change,
  }),
);

builder.subscriptionField('tasksChanged', (t) =>
  t.field({
    type: TasksChange,
    args: { after: t.arg.string({ description: afterWords }) },
    // A task that the viewer sees no longer is told by its id, so that it leaves the list; whose it is, is not.
    subscribe: (_root, { after }, context) => changes({ topics: ['task'] }, after, context, async () => true),
    resolve: (change) => change,
  }),
);

builder.subscriptionField('processInstancesChanged', (t) =>
  t.field({
    type: ProcessInstanceChange,
    args: { after: t.arg.string({ description: afterWords }) },
    description: 'Changes of any instance that the viewer may see, new ones included.',
    subscribe: (_root, { after }, context) => changes({ topics: ['instance', 'incident'] }, after, context, async ({ instanceId }) => instanceId !== null && (await visibleInstance(instanceId, context)) !== null),
    resolve: (change) => change,
  }),
);

builder.subscriptionField('patientAccessChanged', (t) =>
  t.field({
    type: PatientAccessChange,
    args: { after: t.arg.string({ description: afterWords }) },
    description: 'Changes of what the viewer may see of patients, by care team, emergency access, ward or label; of everybody’s access, for those who oversee it.',
    subscribe: (_root, { after }, context) => changes({ topics: ['access'] }, after, context, async (change) => concerns(change, context)),
    resolve: (change) => change,
  }),
);
