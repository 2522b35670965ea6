import { nursingDocuments, type DoseReport } from './nursing-documents.ts';

const report: DoseReport = {
  order: {
    orderId: 'O-1', patientId: 'P-1', encounterId: 'E-1', ward: 'W1', medicationCode: 'KCL10', ingredient: 'potassium-chloride', groups: [],
    dose: 20, doseUnit: 'mmol', route: 'IV', frequency: 'q8h', orderType: 'long-term', priority: 'routine', startAt: '2026-11-23T02:00:00.000Z', orderedBy: 'D001',
  },
  medicationName: { 'zh-CN': '氯化钾', en: 'Potassium chloride' },
  status: 'administered',
  occurredAt: '2026-11-23T08:00:00.000Z',
  isLate: false,
};

describe('nursing documents', () => {
  it('writes the record, the treatment row and the intake of an infusion', () => {
    const documents = nursingDocuments({ ...report, volumeMl: 500 });

    expect(documents.map(({ kind, part }) => [kind, part])).toEqual([['nursing-record', 'record'], ['temperature-chart', 'treatment'], ['temperature-chart', 'intake']]);
    expect(documents[2]?.content).toEqual({ row: 'intake', value: 500, unit: 'mL' });
  });

  it.each([['oral', 'blue-dot'], ['axillary', 'blue-cross'], ['rectal', 'blue-circle']] as const)('draws an %s temperature as %s', (temperatureSite, symbol) => {
    expect(nursingDocuments({ ...report, bodyTemperature: 39.2, temperatureSite }).find(({ part }) => part === 'temperature')?.content).toMatchObject({ value: 39.2, symbol });
  });

  it('charts nothing of a dose that was refused, and says why in both languages', () => {
    const documents = nursingDocuments({ ...report, status: 'refused', reason: '恶心', volumeMl: 500 });

    expect(documents).toHaveLength(1);
    expect(documents[0]?.content['text']).toEqual({ 'zh-CN': '氯化钾 20 mmol IV 患者拒绝，原因：恶心', en: 'Potassium chloride 20 mmol IV refused by the patient; reason: 恶心' });
  });

  it('marks a late dose', () => {
    expect(nursingDocuments({ ...report, isLate: true })[0]?.content['text']).toEqual({ 'zh-CN': '氯化钾 20 mmol IV 已执行（补录/超时）', en: 'Potassium chloride 20 mmol IV given (late)' });
  });
});
