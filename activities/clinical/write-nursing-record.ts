import { z } from 'zod';
import type { Json } from '#engine';
import type { ServiceActivity } from '../service-activity.ts';
import { nursingDocuments } from './nursing-documents.ts';
import { clinicalOrderSchema } from './order.ts';
import { administrationSchema } from './record-administration.ts';

const inputSchema = z.object({
  order: clinicalOrderSchema,
  doseId: z.string(),
  administration: administrationSchema.extend({
    bodyTemperature: z.number().min(25).max(45).nullish(),
    temperatureSite: z.enum(['axillary', 'oral', 'rectal']).nullish(),
    pulsePerMin: z.number().min(0).max(300).nullish(),
    /** What really went in, when an infusion was stopped early. */
    volumeMl: z.number().nonnegative().nullish(),
  }),
  recorded: z.object({ status: z.string(), occurredAt: z.string(), performerId: z.string(), isLate: z.boolean() }),
});

/** Service `clinical.writeNursingRecord`: writes the documents that a recorded dose gives rise to, each once. */
export const writeNursingRecordActivity: ServiceActivity<z.output<typeof inputSchema>> = {
  type: 'clinical.writeNursingRecord',
  effect: 'idempotent',
  input: inputSchema,
  async run({ order, doseId, administration, recorded }, { database, instanceId }) {
    const medication = await database.prisma.medication.findUnique({ where: { code: order.medicationCode }, select: { name: true } });
    const documents = nursingDocuments({
      order,
      // The catalogue's `name` column holds text in both languages.
      medicationName: (medication?.name as { 'zh-CN': string; en: string } | undefined) ?? { 'zh-CN': order.ingredient, en: order.ingredient },
      status: recorded.status,
      occurredAt: recorded.occurredAt,
      reason: administration.reason ?? administration.reasonCode ?? undefined,
      isLate: recorded.isLate,
      volumeMl: administration.volumeMl ?? order.infusion?.volumeMl,
      bodyTemperature: administration.bodyTemperature ?? undefined,
      temperatureSite: administration.temperatureSite ?? undefined,
      pulsePerMin: administration.pulsePerMin ?? undefined,
    });
    const rows = documents.map(({ kind, part, content }) => ({ id: `${doseId}/${part}`, patientId: order.patientId, kind, occurredAt: new Date(recorded.occurredAt), authorId: recorded.performerId, content, instanceId }));
    await database.prisma.nursingRecord.createMany({ data: rows, skipDuplicates: true });
    return rows.map((written) => written.id) satisfies Json;
  },
};
