import type { ClinicalOrder } from './order.ts';

/** What was recorded about a dose, for the documents. */
export interface DoseReport {
  readonly order: ClinicalOrder;
  readonly medicationName: { readonly 'zh-CN': string; readonly en: string };
  readonly status: string;
  readonly occurredAt: string;
  readonly reason?: string | undefined;
  readonly isLate: boolean;
  readonly volumeMl?: number | undefined;
  readonly bodyTemperature?: number | undefined;
  readonly temperatureSite?: 'axillary' | 'oral' | 'rectal' | undefined;
  readonly pulsePerMin?: number | undefined;
}

export interface NursingDocument {
  readonly kind: 'nursing-record' | 'temperature-chart';
  /** Unique within the dose. */
  readonly part: string;
  readonly content: { readonly [key: string]: string | number | boolean | { readonly 'zh-CN': string; readonly en: string } };
}

const outcomeText = {
  administered: { 'zh-CN': '已执行', en: 'given' },
  refused: { 'zh-CN': '患者拒绝', en: 'refused by the patient' },
  'not-done': { 'zh-CN': '未执行', en: 'not done' },
} as const;

/** Symbols of the temperature chart by measuring site; orders-loop.md P6. */
const temperatureSymbols = { oral: 'blue-dot', axillary: 'blue-cross', rectal: 'blue-circle' } as const;

/**
 * The documents that a dose gives rise to: one nursing record line, and on the temperature chart the
 * treatment row, the intake of an infusion, and temperature and pulse when they were measured with it.
 */
export function nursingDocuments(report: DoseReport): readonly NursingDocument[] {
  const { order, status, reason, isLate } = report;
  const outcome = outcomeText[status as keyof typeof outcomeText] ?? outcomeText['not-done'];
  const amount = `${order.dose} ${order.doseUnit} ${order.route}`;
  const late = isLate ? { 'zh-CN': '（补录/超时）', en: ' (late)' } : { 'zh-CN': '', en: '' };
  const because = reason ? { 'zh-CN': `，原因：${reason}`, en: `; reason: ${reason}` } : { 'zh-CN': '', en: '' };
  const text = {
    'zh-CN': `${report.medicationName['zh-CN']} ${amount} ${outcome['zh-CN']}${late['zh-CN']}${because['zh-CN']}`,
    en: `${report.medicationName.en} ${amount} ${outcome.en}${late.en}${because.en}`,
  };
  const record: NursingDocument = { kind: 'nursing-record', part: 'record', content: { orderId: order.orderId, medicationCode: order.medicationCode, status, isLate, text } };
  return status === 'administered' ? [record, ...chartEntries(report, amount)] : [record];
}

function chartEntries(report: DoseReport, amount: string): readonly NursingDocument[] {
  const entry = (row: string, content: NursingDocument['content']): NursingDocument => ({ kind: 'temperature-chart', part: row, content: { row, ...content } });
  const treatment = { 'zh-CN': `${report.medicationName['zh-CN']} ${amount}`, en: `${report.medicationName.en} ${amount}` };
  return [
    entry('treatment', { text: treatment }),
    ...(report.volumeMl === undefined ? [] : [entry('intake', { value: report.volumeMl, unit: 'mL' })]),
    ...(report.bodyTemperature === undefined ? [] : [entry('temperature', { value: report.bodyTemperature, unit: 'Cel', symbol: temperatureSymbols[report.temperatureSite ?? 'axillary'] })]),
    ...(report.pulsePerMin === undefined ? [] : [entry('pulse', { value: report.pulsePerMin, unit: '/min', symbol: 'red-dot' })]),
  ];
}
