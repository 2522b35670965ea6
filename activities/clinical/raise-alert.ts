import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Database } from '#database';
import type { Json, LocalizedText } from '#engine';
import { outboxChannel } from '../record/index.ts';
import type { ServiceActivity } from '../service-activity.ts';

const inputSchema = z.object({
  patientId: z.string().min(1),
  severity: z.enum(['info', 'warning', 'critical']),
  code: z.string().regex(/^[A-Z][A-Z0-9_]*$/),
  /** `{drug}` stands for the name of the product with `medicationCode`. */
  text: z.object({ 'zh-CN': z.string().min(1), en: z.string().min(1) }),
  medicationCode: z.string().nullish(),
  /** Who is asked for attention. */
  roles: z.array(z.string()).min(1),
  unit: z.string().nullish(),
});

/** Service `clinical.raiseAlert`: puts a notice before the people named, once a business key, and wakes their pages. */
export const raiseAlertActivity: ServiceActivity<z.output<typeof inputSchema>> = {
  type: 'clinical.raiseAlert',
  effect: 'idempotent',
  input: inputSchema,
  async run({ patientId, severity, code, text: asked, medicationCode, roles, unit }, { database, at, instanceId, idempotencyKey }) {
    const id = createHash('sha256').update(`${instanceId}\u0000${idempotencyKey}\u0000${code}`).digest('hex').slice(0, 32);
    const text = medicationCode ? await withDrug(asked, medicationCode, database) : asked;
    await database.prisma.$transaction(async (transaction) => {
      const { count } = await transaction.clinicalAlert.createMany({
        data: [{ id, patientId, instanceId, severity, code, text, roles, unit: unit ?? null, raisedAt: new Date(at) }],
        skipDuplicates: true,
      });
      if (count === 0) return;
      await transaction.outboxEvent.create({ data: { topic: 'alert', instanceId, unit: unit ?? null } });
      await transaction.$executeRaw`select pg_notify(${outboxChannel}, '')`;
    });
    return { alertId: id } satisfies Json;
  },
};

async function withDrug(text: LocalizedText, code: string, { prisma }: Pick<Database, 'prisma'>): Promise<LocalizedText> {
  const medication = await prisma.medication.findUnique({ where: { code }, select: { name: true } });
  // The column holds a LocalizedText; a code that left the catalogue stands for itself.
  const name = (medication?.name ?? { 'zh-CN': code, en: code }) as unknown as LocalizedText;
  return { 'zh-CN': text['zh-CN'].replaceAll('{drug}', () => name['zh-CN']), en: text.en.replaceAll('{drug}', () => name.en) };
}
