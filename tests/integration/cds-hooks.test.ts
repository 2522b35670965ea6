import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Card } from '../../gateway/cds-hooks/cards.ts';
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

interface Answer {
  readonly status: number;
  readonly body: { readonly cards: readonly Card[]; readonly code?: string; readonly place?: string };
}

async function call(path: string, body: unknown, headers: As = desk): Promise<Answer> {
  const response = await fetch(`${gateway.url}/cds-services/${path}`, { method: 'POST', headers: { 'content-type': 'application/json', 'accept-language': 'en', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

/** R4, as a client of today sends it. */
const draft = (id: string, text: string, dosage: object = {}) => ({ resource: { resourceType: 'MedicationRequest', id, status: 'draft', intent: 'order', medicationCodeableConcept: { text }, subject: { reference: 'Patient/P112' }, dosageInstruction: [{ route: { coding: [{ system: 'http://snomed.info/sct', code: '26643006' }] }, ...dosage }] } });
const bundle = (...entry: readonly object[]) => ({ resourceType: 'Bundle', type: 'collection', entry });
const signing = (patientId: string, drafts: readonly object[], more: object = {}) => ({ hook: 'order-sign', hookInstance: randomUUID(), context: { userId: 'Practitioner/d1', patientId, draftOrders: bundle(...drafts) }, ...more });
const foreignPatient = { resourceType: 'Patient', id: 'X1', gender: 'female', birthDate: '1950-04-01' };

describe('discovery', () => {
  it('lists three services with what they want prefetched, to anyone', async () => {
    const response = await fetch(`${gateway.url}/cds-services`);
    const { services } = (await response.json()) as { services: { hook: string; id: string; prefetch: object }[] };

    expect(response.status).toBe(200);
    expect(services.map(({ hook }) => hook)).toEqual(['order-select', 'order-sign', 'patient-view']);
    for (const service of services) expect(Object.keys(service.prefetch)).toEqual(['patient', 'medications', 'allergies', 'observations']);
  });
});

describe('order-sign', () => {
  it('blocks amoxicillin for the patient of bed 12, whose allergy this hospital knows, and records decision, card and question', async () => {
    const { status, body } = await call('medication-order-sign', signing('P112', [draft('amx', 'Amoxicillin 500 MG Oral Capsule')]));

    expect(status).toBe(200);
    const [first] = body.cards;
    expect(first).toMatchObject({ indicator: 'critical', source: { topic: { code: 'allergy' } } });
    expect(first?.overrideReasons.length).toBeGreaterThan(0);
    const kept = await gateway.database.prisma.cdsCard.findUniqueOrThrow({ where: { id: first?.uuid ?? '' } });
    expect(kept).toMatchObject({ clientId: 'emr-desk', patientId: 'P112', ruleSet: 'allergy', level: 'HARD' });
    expect(await gateway.database.prisma.decision.count({ where: { patientId: 'P112', ruleSet: 'allergy', level: 'HARD' } })).toBe(1);
    expect((await gateway.entries('order.checked')).at(-1)).toMatchObject({ actorId: 'emr-desk', patientId: 'P112', reason: 'HARD' });
  });

  it('judges each draft beside the others', async () => {
    const { body } = await call('medication-order-sign', signing('X1', [draft('a', 'Warfarin 3 MG'), draft('b', 'Ibuprofen 300 MG')], { prefetch: { patient: foreignPatient } }));
    const interactions = body.cards.filter(({ source }) => source.topic.code === 'interaction');

    expect(interactions.some(({ indicator, detail }) => indicator !== 'info' && detail.includes('nsaid-warfarin'))).toBe(true);
  });

  it('gives the same cards to the same request again, and keeps them once', async () => {
    const request = signing('P112', [draft('amx', 'Amoxicillin 500 MG')]);
    const first = await call('medication-order-sign', request);
    const count = await gateway.database.prisma.cdsCard.count();
    const second = await call('medication-order-sign', request);

    expect(second.body.cards.map(({ uuid }) => uuid)).toEqual(first.body.cards.map(({ uuid }) => uuid));
    expect(await gateway.database.prisma.cdsCard.count()).toBe(count);
  });

  it('takes an allergy that another system knows at its strictest, and says which it cannot read', async () => {
    const allergy = (text: string, more: object = {}) => ({ resource: { resourceType: 'AllergyIntolerance', code: { text }, ...more } });
    const { body } = await call('medication-order-sign', signing('X1', [draft('a', 'Amoxicillin 500 MG')], { prefetch: { patient: foreignPatient, allergies: bundle(allergy('Penicillin'), allergy('Zzzmab'), allergy('Peanut', { category: ['food'] })) } }));

    expect(body.cards.find(({ source }) => source.topic.code === 'allergy')).toMatchObject({ indicator: 'critical' });
    expect(body.cards.some(({ summary }) => summary.includes('Zzzmab'))).toBe(true);
    expect(JSON.stringify(body.cards)).not.toContain('Peanut');
  });

  it('says that it does not know a drug, instead of saying nothing', async () => {
    const { body } = await call('medication-order-sign', signing('X1', [draft('a', 'Unheardofmab 5 MG')], { prefetch: { patient: foreignPatient } }));

    expect(body.cards).toHaveLength(1);
    expect(body.cards[0]).toMatchObject({ indicator: 'warning', summary: '"Unheardofmab 5 MG" is in no drug list here and was not checked' });
  });

  it('counts a dose of a catalogue product, and the daily maximum with it', async () => {
    const coded = { resource: { ...draft('p', 'paracetamol', { doseAndRate: [{ doseQuantity: { value: 4, code: '{tbl}' } }], timing: { repeat: { frequency: 4, period: 1, periodUnit: 'd' } } }).resource, medicationCodeableConcept: { coding: [{ system: 'urn:careloop:medication', code: 'PAR500' }] } } };
    const { body } = await call('medication-order-sign', signing('P112', [coded]));

    expect(body.cards.some(({ source, detail }) => source.topic.code === 'dose' && detail.includes('8,000 mg'))).toBe(true);
  });

  it('refuses the facts of a patient whose id is taken by another person here', async () => {
    const { status, body } = await call('medication-order-sign', signing('P112', [draft('a', 'Warfarin')], { prefetch: { patient: { resourceType: 'Patient', id: 'P112', birthDate: '1999-01-01' } } }));

    expect([status, body.code]).toEqual([412, 'PATIENT_MISMATCH']);
  });
});

describe('order-select', () => {
  it('judges only what was selected, beside the other drafts', async () => {
    const drafts = [draft('a', 'Warfarin 3 MG'), draft('b', 'Ibuprofen 300 MG')];
    const request = { ...signing('X1', drafts, { prefetch: { patient: foreignPatient } }), hook: 'order-select' };
    const { body } = await call('medication-order-select', { ...request, context: { ...request.context, selections: ['MedicationRequest/b'] } });

    expect(body.cards.some(({ detail }) => detail.includes('nsaid-warfarin'))).toBe(true);
    expect(body.cards.every(({ detail }) => detail.includes('Ibuprofen'))).toBe(true);
  });
});

describe('patient-view', () => {
  it('judges the active orders of another system, and tells only what interrupts', async () => {
    const active = (id: string, text: string) => ({ resource: { ...draft(id, text).resource, status: 'active' } });
    const { status, body } = await call('active-medication-review', { hook: 'patient-view', hookInstance: randomUUID(), context: { userId: 'Practitioner/d1', patientId: 'X1' }, prefetch: { patient: foreignPatient, medications: bundle(active('a', 'Warfarin 3 MG'), active('b', 'Ibuprofen 300 MG')) } });

    expect(status).toBe(200);
    expect(body.cards.some(({ detail }) => detail.includes('nsaid-warfarin'))).toBe(true);
    expect(body.cards.every(({ indicator }) => indicator !== 'info')).toBe(true);
  });
});

describe('feedback', () => {
  const feedback = (card: string | undefined) => ({ feedback: [{ card, outcome: 'overridden', overrideReason: { reason: { code: 'will-monitor', system: 'urn:careloop:override-reason' }, userComment: '已与家属沟通' }, outcomeTimestamp: '2026-11-23T08:00:00Z' }] });
  const aCard = async () => (await call('medication-order-sign', signing('P112', [draft('amx', 'Amoxicillin 500 MG')]))).body.cards[0]?.uuid;

  it('keeps an override with its reason once; the comment stands in the record only', async () => {
    const card = await aCard();
    expect((await call('medication-order-sign/feedback', feedback(card))).status).toBe(200);
    expect((await call('medication-order-sign/feedback', feedback(card))).status).toBe(200);

    const kept = await gateway.database.prisma.cdsFeedback.findMany({ where: { cardId: card ?? '' } });
    expect(kept).toMatchObject([{ outcome: 'overridden', reasonCode: 'will-monitor' }]);
    expect(JSON.stringify(kept)).not.toContain('家属');
    expect((await gateway.entries('card.overridden')).filter(({ factId }) => factId.includes(card ?? '-'))).toHaveLength(1);
  });

  it('is refused as a whole for a card of another client, or of none', async () => {
    const card = await aCard();
    const his = await gateway.tokenOf('his');

    expect(await call('medication-order-sign/feedback', feedback(card), his)).toMatchObject({ status: 400, body: { code: 'CARD_NOT_FOUND', cards: [card] } });
    expect(await call('medication-order-sign/feedback', { feedback: [...feedback(card).feedback, ...feedback(randomUUID()).feedback] })).toMatchObject({ status: 400 });
    expect(await gateway.database.prisma.cdsFeedback.count({ where: { cardId: card ?? '' } })).toBe(0);
  });
});

describe('bad input', () => {
  it.each([
    ['no JSON', 'medication-order-sign', '{"hook"', 400, 'REQUEST_INVALID'],
    ['no context', 'medication-order-sign', { hook: 'order-sign', hookInstance: 'x' }, 400, 'REQUEST_INVALID'],
    ['the hook of another service', 'medication-order-sign', { hook: 'patient-view', hookInstance: 'x', context: { patientId: 'X1' } }, 400, 'HOOK_MISMATCH'],
    ['a service that is not there', 'nothing', {}, 404, 'NOT_FOUND'],
    ['a path below feedback', 'medication-order-sign/feedback/x', {}, 404, 'NOT_FOUND'],
    ['feedback that says nothing', 'medication-order-sign/feedback', { feedback: [] }, 400, 'REQUEST_INVALID'],
    ['an entry without a resource type', 'medication-order-sign', signing('X1', [{ resource: { id: 'a' } }]), 400, 'REQUEST_INVALID'],
    ['more than four megabytes', 'medication-order-sign', ' '.repeat(4 * 1024 * 1024 + 1), 413, 'BODY_TOO_LARGE'],
  ])('%s is refused', async (_what, path, body, status, code) => {
    expect(await call(path, body)).toMatchObject({ status, body: { code } });
  });

  it('needs the token of a system that may ask; a browser’s session is none', async () => {
    const request = signing('X1', []);

    expect((await call('medication-order-sign', request, {})).status).toBe(401);
    expect((await call('medication-order-sign', request, { authorization: 'Bearer forged' })).status).toBe(401);
    expect((await call('medication-order-sign', request, await gateway.signIn('doctor'))).status).toBe(401);
    expect((await call('medication-order-sign', request, await gateway.tokenOf('lis'))).status).toBe(403);
    expect((await gateway.entries('access.refused')).map(({ reason }) => reason)).toEqual(expect.arrayContaining(['UNAUTHENTICATED', 'FORBIDDEN /cds-services']));
  });
});

// Requests that others wrote: STU3 in shape, older than CDS Hooks 1.1. They are not part of the repository.
const foreignRequests = join(import.meta.dirname, '../../../shared/cds-hooks');
const names = existsSync(foreignRequests) ? readdirSync(foreignRequests).filter((name) => name.endsWith('.json')) : [];

(names.length > 0 ? describe : describe.skip)('requests of the drug interaction guide', () => {
  it.each(names.map((name) => [name]))('%s gives a card about the interaction', async (name) => {
    const request = JSON.parse(readFileSync(join(foreignRequests, name), 'utf8')) as { hook: string };
    const { status, body } = await call(request.hook === 'order-select' ? 'medication-order-select' : 'medication-order-sign', request);

    expect(status).toBe(200);
    const about = body.cards.filter(({ source }) => source.topic.code === 'interaction');
    expect(about.some(({ indicator, detail }) => indicator !== 'info' && (detail.includes('warfarin') || detail.includes('digoxin')))).toBe(true);
  });
});
