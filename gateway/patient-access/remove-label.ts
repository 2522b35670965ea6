import { isUuid } from '../graphql/global-ids.ts';
import type { Act, ActDependencies, PatientAccessCommand } from './act.ts';
import { labelCodes, requireLabelSetter } from './label-patient.ts';
import { PatientAccessRefusal } from './refusal.ts';

export interface RemoveLabel extends PatientAccessCommand {
  readonly labelId: string;
  readonly reason: string;
}

/** Takes a label off, by who may set it. Fails: LABEL_NOT_FOUND (also one that is not the viewer's to remove), LABEL_REMOVED, IDEMPOTENCY_KEY_REUSED. */
export async function removeLabel(act: Act, { database }: ActDependencies, { labelId, reason, ...command }: RemoveLabel) {
  const { viewer } = command;
  const label = isUuid(labelId) ? await database.prisma.sensitivityLabel.findUnique({ where: { id: labelId } }) : null;
  const code = labelCodes.find((known) => known === label?.code);
  if (!label || code === undefined) throw new PatientAccessRefusal('LABEL_NOT_FOUND', 'labelId');
  const { patientId } = label;
  await requireLabelSetter(database, viewer, patientId, code).catch((error: unknown) => {
    throw error instanceof PatientAccessRefusal ? new PatientAccessRefusal('LABEL_NOT_FOUND', 'labelId') : error;
  });
  return act({ kind: 'removeLabel', patientId, alone: `patient:${patientId}`, payload: { labelId, reason } }, command, async ({ transaction, now, record }) => {
    const { count } = await transaction.sensitivityLabel.updateMany({ where: { id: labelId, removedAt: null }, data: { removedAt: now, removedBy: viewer.id } });
    if (count === 0) throw new PatientAccessRefusal('LABEL_REMOVED', 'labelId', patientId);
    await record({ action: 'sensitivityLabel.removed', before: { code }, after: { reason }, detail: { labelId } });
    return { labelId };
  });
}
