import { subjectOf } from '../../identity/subjects.ts';
import { actorOf } from '../../identity/viewer.ts';
import { builder } from '../builder.ts';
import { ForbiddenError, NotFoundError } from '../expected-errors.ts';
import { plainIdOf } from '../global-ids.ts';
import { refused } from '../refuse.ts';
import { AlertType } from '../types/alert.ts';
import { mutationErrors } from '../types/errors.ts';
import { visibleAlert } from '../visible-rows.ts';
import { inputSchemas } from './inputs.ts';

const AcknowledgeAlertInput = builder.inputType('AcknowledgeAlertInput', { fields: (t) => ({ alertId: t.id({ required: true, validate: inputSchemas.id }) }) });

const AcknowledgeAlertPayload = builder.objectRef<{ readonly alertId: string }>('AcknowledgeAlertPayload').implement({
  fields: (t) => ({ alert: t.field({ type: AlertType, resolve: ({ alertId }, _args, { database }) => database.prisma.clinicalAlert.findUniqueOrThrow({ where: { id: alertId } }) }) }),
});

builder.mutationField('acknowledgeAlert', (t) =>
  t.field({
    type: AcknowledgeAlertPayload,
    description: 'The first acknowledgement counts; a later one finds who it was.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'AcknowledgeAlertResult' } },
    args: { input: t.arg({ type: AcknowledgeAlertInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      const { viewer, access, database, recordFact } = context;
      const alert = await visibleAlert(plainIdOf('Alert', input.alertId), context);
      if (!alert) throw await refused(new NotFoundError({ code: 'ALERT_NOT_FOUND', place: 'alertId' }), {}, context);
      const about = { patientId: alert.patientId, ...(alert.instanceId === null ? {} : { instanceId: alert.instanceId }) };
      if (alert.roles.length > 0 && !access.reaches('Alert', subjectOf('Alert', alert), alert.roles)) throw await refused(new ForbiddenError({ code: 'FORBIDDEN', place: 'alertId' }), about, context);
      // On record first: an acknowledgement without an entry must not be; an entry is repeated without harm.
      if (alert.acknowledgedAt === null) {
        await recordFact({ factId: `alert.acknowledged/${alert.id}/${viewer.id}`, action: 'alert.acknowledged', actor: actorOf(viewer), ...about, reason: alert.code });
        await database.prisma.clinicalAlert.updateMany({ where: { id: alert.id, acknowledgedAt: null }, data: { acknowledgedAt: new Date(), acknowledgedBy: viewer.id } });
      }
      return { alertId: alert.id };
    },
  }),
);
