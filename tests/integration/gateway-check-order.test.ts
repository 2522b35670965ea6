import { startDemoGateway, type DemoGateway } from '../support/demo-gateway.ts';
import type { As, RunningGateway } from '../support/running-gateway.ts';

let demo: DemoGateway;
let gateway: RunningGateway;
let desk: As;

beforeAll(async () => {
  demo = await startDemoGateway();
  ({ gateway, desk } = demo);
}, 300_000);
afterAll(() => demo?.close(), 60_000);

const document = `query ($input: CheckOrderInput!) { checkOrder(input: $input) { level findings { ruleSet ruleId version level message { zhCN } source sourceGrade facts } } }`;
const amoxicillin = { patientId: 'P112', medicationCode: 'AMX500', dose: 500, doseUnit: 'mg', route: 'PO', frequency: 'tid' };
const ask = (as: As, input: object) => gateway.graphql(as, document, { input: { ...amoxicillin, ...input } });

describe('checkOrder', () => {
  it('blocks amoxicillin for the patient of bed 12, with rule, source and facts, and starts nothing', async () => {
    const { data, errors } = await ask(desk, {});

    expect(errors).toBeUndefined();
    expect(data.checkOrder.level).toBe('HARD');
    const blocking = data.checkOrder.findings.find(({ level }: { level: string }) => level === 'HARD');
    expect(blocking).toMatchObject({ ruleSet: 'allergy', version: expect.any(String), source: expect.any(String), sourceGrade: expect.any(String) });
    expect(Object.keys(blocking.facts).length).toBeGreaterThan(0);
    expect(await gateway.database.prisma.processInstance.count()).toBe(0);
    expect(await gateway.database.prisma.inboxCommand.count()).toBe(0);
    expect((await gateway.entries('order.checked')).at(-1)).toMatchObject({ actorId: 'emr-desk', patientId: 'P112', reason: 'HARD' });
  });

  it('sends aspirin beside warfarin to the pharmacist', async () => {
    const { data } = await ask(desk, { medicationCode: 'ASP100', dose: 100, frequency: 'qd' });

    expect(data.checkOrder.level).toBe('PHARMACIST');
  });

  it.each([
    ['a patient that does not exist', { patientId: 'P404' }, 'PATIENT_NOT_FOUND', 'input.patientId'],
    ['a product that the catalogue does not have', { medicationCode: 'NOPE' }, 'MEDICATION_NOT_FOUND', 'input.medicationCode'],
    ['a dose of nothing', { dose: 0 }, 'INPUT_INVALID', 'dose'],
  ])('says what is wrong with %s', async (_what, input, code, place) => {
    expect((await ask(desk, input)).errors?.[0]?.extensions).toMatchObject({ code, place });
  });

  it('answers a doctor about the own ward, not about another', async () => {
    const doctor = await gateway.signIn('doctor');

    expect((await ask(doctor, {})).data.checkOrder.level).toBe('HARD');
    expect((await ask(doctor, { patientId: 'P212' })).errors?.[0]?.extensions).toMatchObject({ code: 'PATIENT_NOT_FOUND' });
    expect((await gateway.entries('order.checkRefused')).at(-1)).toMatchObject({ actorId: 'demo-doctor-w1', reason: 'PATIENT_NOT_FOUND' });
  });
});
