import { builder } from '../builder.ts';
import { plainIdOf } from '../global-ids.ts';
import { DecisionType } from '../types/decision.ts';
import { PatientType } from '../types/patient.ts';
import { ProcessInstanceType } from '../types/process-instance.ts';
import { TaskType } from '../types/task.ts';
import { visibleDecision, visibleInstance, visiblePatient, visibleTask } from '../visible-rows.ts';

builder.queryField('processInstance', (t) =>
  t.field({
    type: ProcessInstanceType,
    nullable: true,
    description: 'By global id or UUID; null when there is none that the viewer may see.',
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, context) => visibleInstance(id, context),
  }),
);

builder.queryField('task', (t) =>
  t.field({ type: TaskType, nullable: true, args: { id: t.arg.id({ required: true }) }, resolve: (_root, { id }, context) => visibleTask(plainIdOf('Task', id), context) }),
);

builder.queryField('decision', (t) =>
  t.field({ type: DecisionType, nullable: true, args: { id: t.arg.id({ required: true }) }, resolve: (_root, { id }, context) => visibleDecision(plainIdOf('Decision', id), context) }),
);

builder.queryField('patientByWristband', (t) =>
  t.field({ type: PatientType, nullable: true, args: { wristband: t.arg.string({ required: true }) }, resolve: (_root, { wristband }, context) => visiblePatient({ wristband }, context) }),
);
