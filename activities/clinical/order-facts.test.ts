import { ageInYears, orderFacts, type ActiveOrder, type OrderContext } from './order-facts.ts';

const at = '2026-11-23T02:00:00.000Z';
const hoursAgo = (hours: number) => new Date(Date.parse(at) - hours * 3_600_000);
const observation = (code: string, value: number, unit: string, hours = 1) => ({ code, value, unit, observedAt: hoursAgo(hours) });

const context: OrderContext = {
  order: {
    orderId: 'O-1', patientId: 'P-1', encounterId: 'E-1', ward: 'W1', medicationCode: 'PAR500', ingredient: 'paracetamol', groups: ['analgesic'],
    dose: 2, doseUnit: '{tbl}', route: 'po', frequency: 'TID', orderType: 'long-term', priority: 'routine', startAt: at, orderedBy: 'D001',
  },
  patient: { birthDate: new Date('1948-05-20'), gender: 'female', allergyStatus: 'recorded' },
  allergies: [{ substance: 'penicillin', reactionClass: 'immediate' }, { substance: 'amoxicillin', reactionClass: 'severe-cutaneous' }],
  observations: [observation('29463-7', 50, 'kg'), observation('8302-2', 158, 'cm'), observation('14682-9', 141, 'umol/L')],
  medication: { ingredient: 'paracetamol', groups: ['analgesic', 'antipyretic'], strength: 500, strengthUnit: 'mg', highAlert: 'no' },
  activeOrders: [],
  at,
};

describe('order facts', () => {
  it('turns tablets into milligrams, a day and a kilogram', () => {
    expect(orderFacts(context)).toMatchObject({ singleDoseMg: 1000, dailyDoseMg: 3000, singleDosePerKgMg: 20, dailyDosePerKgMg: 60, dosesPerDay: 3, dosingIntervalHours: 8, orderedRoute: 'PO', orderedFrequency: 'tid' });
  });

  it('takes ingredient and groups from the catalogue, not from the order', () => {
    expect(orderFacts({ ...context, order: { ...context.order, ingredient: 'water', groups: [] } })).toMatchObject({ orderedIngredient: 'paracetamol', orderedGroups: ['analgesic', 'antipyretic'], isInCatalogue: true });
  });

  it('adds the other orders of the ingredient, and gives no daily dose when one of them cannot be counted', () => {
    const other: ActiveOrder = { ingredient: 'paracetamol', groups: [], dose: 500, doseUnit: 'mg', route: 'PO', frequency: 'qd', orderType: 'long-term' };

    expect(orderFacts({ ...context, activeOrders: [other] })['dailyDoseMg']).toBe(3500);
    expect(orderFacts({ ...context, activeOrders: [{ ...other, frequency: 'q5h' }] })).not.toHaveProperty('dailyDoseMg');
  });

  it('sorts allergies by reaction and gives the age of what was measured', () => {
    const facts = orderFacts({ ...context, observations: [...context.observations, observation('2823-3', 4.9, 'mmol/L', 10), observation('2823-3', 6.8, 'mmol/L', 2)] });

    expect(facts).toMatchObject({ allergiesImmediate: ['penicillin'], allergiesSevere: ['amoxicillin'], allergiesDelayed: [], potassiumMmolPerL: 6.8 });
    expect(facts.observedAt).toMatchObject({ potassiumMmolPerL: hoursAgo(2).toISOString(), creatinineClearanceMlPerMin: hoursAgo(1).toISOString() });
  });

  it('gives the clearance, or says why there is none', () => {
    expect(orderFacts(context)).toMatchObject({ creatinineClearanceStatus: 'COMPUTED', creatinineClearanceMlPerMin: 22.9 });
    const refused = orderFacts({ ...context, observations: [...context.observations, observation('CL-DIALYSIS', 1, '1')] });
    expect(refused).toMatchObject({ creatinineClearanceStatus: 'DIALYSIS' });
    expect(refused).not.toHaveProperty('creatinineClearanceMlPerMin');
  });

  it('leaves a value in an unexpected unit out', () => {
    expect(orderFacts({ ...context, observations: [observation('2823-3', 27, 'mg/dL')] })).not.toHaveProperty('potassiumMmolPerL');
  });

  it('computes the concentration and rate of an infusion in mmol', () => {
    const order = { ...context.order, dose: 20, doseUnit: 'mmol', route: 'IV', infusion: { volumeMl: 250, rateMlPerHour: 100, line: 'peripheral' as const } };

    expect(orderFacts({ ...context, order })).toMatchObject({ infusionConcentrationMmolPerL: 80, infusionRateMmolPerHour: 8, infusionLine: 'peripheral' });
  });

  it('names the groups shared with active orders, and what runs intravenously', () => {
    const active: ActiveOrder = { ingredient: 'verapamil', groups: ['antipyretic', 'calcium-channel-blocker'], dose: 5, doseUnit: 'mg', route: 'iv', frequency: 'qd', orderType: 'long-term' };

    expect(orderFacts({ ...context, activeOrders: [active] })).toMatchObject({ activeIngredients: ['verapamil'], sharedGroups: ['antipyretic'], activeIntravenousGroups: ['antipyretic', 'calcium-channel-blocker', 'verapamil'] });
  });

  it('counts KCl in millimoles, whether it is prescribed in mmol, grams or ampoules', () => {
    const medication = { ingredient: 'potassium-chloride', groups: ['electrolyte'], strength: 20, strengthUnit: 'mmol', highAlert: 'yes' };
    const concentrationOf = (dose: number, doseUnit: string) => orderFacts({ ...context, medication, order: { ...context.order, ingredient: 'potassium-chloride', dose, doseUnit, route: 'IV', infusion: { volumeMl: 500, rateMlPerHour: 100 } } })['infusionConcentrationMmolPerL'];

    expect([concentrationOf(20, 'mmol'), concentrationOf(1.5, 'g'), concentrationOf(2, '{ampoule}')]).toEqual([40, 40, 80]);
  });

  it('gives the infusion time, the strongest active doses and the dose per ideal weight', () => {
    const active: ActiveOrder = { ingredient: 'simvastatin', groups: ['statin'], dose: 2, doseUnit: '{tbl}', route: 'PO', frequency: 'qn', orderType: 'long-term', product: { strength: 20, strengthUnit: 'mg' } };
    const facts = orderFacts({ ...context, activeOrders: [active, { ...active, dose: 1 }], order: { ...context.order, infusion: { volumeMl: 250, rateMlPerHour: 125 } } });

    // Devine for 158 cm: 45.5 + 2.3 × (62.2 − 60) = 50.6 kg.
    expect(facts).toMatchObject({ infusionMinutes: 120, activeSingleDosesMg: { simvastatin: 40 }, singleDosePerIdealKgMg: 19.763, bodyMassIndex: 20 });
  });

  it('keeps what ended in its washout time in view', () => {
    const endedOrders = [{ ingredient: 'tadalafil', groups: ['pde5-inhibitor'], lastGivenAt: hoursAgo(40).toISOString() }, { ingredient: 'selegiline', groups: ['mao-inhibitor'], lastGivenAt: hoursAgo(24 * 13).toISOString() }];

    expect(orderFacts({ ...context, endedOrders })).toMatchObject({ recentlyGiven24h: [], recentlyGiven48h: ['pde5-inhibitor', 'tadalafil'], recentlyGiven14d: ['mao-inhibitor', 'pde5-inhibitor', 'selegiline', 'tadalafil'] });
  });

  it('adds the groups of an allergen that the catalogue knows as an ingredient', () => {
    const allergies = [{ substance: 'piperacillin', reactionClass: 'immediate', groups: ['penicillin', 'beta-lactam'] }];

    expect(orderFacts({ ...context, allergies })).toMatchObject({ allergiesImmediate: ['piperacillin'], allergenGroupsImmediate: ['beta-lactam', 'penicillin', 'piperacillin'], allergenGroupsSevere: [] });
  });

  it('takes a newborn’s weight for a day, an older child’s for longer', () => {
    const weighed = (birthDate: string, hours: number) => orderFacts({ ...context, patient: { ...context.patient, birthDate: new Date(birthDate) }, observations: [observation('29463-7', 3.2, 'kg', hours)] });

    expect(weighed('2026-11-10', 23)).toHaveProperty('weightKg', 3.2);
    expect(weighed('2026-11-10', 25)).not.toHaveProperty('weightKg');
    expect(weighed('2026-09-10', 25)).toHaveProperty('weightKg', 3.2);
  });

  it('never takes a pregnancy that nobody asked about for none', () => {
    const statusOf = (birthYear: number, gender: string, ...rows: OrderContext['observations']) => orderFacts({ ...context, patient: { ...context.patient, gender, birthDate: new Date(`${birthYear}-01-01`) }, observations: rows });

    expect(statusOf(1996, 'female')).toMatchObject({ pregnancyStatus: 'unknown', lactationStatus: 'unknown' });
    expect(statusOf(1996, 'female', observation('CL-PREGNANT', 0, '1'))).toMatchObject({ pregnancyStatus: 'no' });
    expect(statusOf(1996, 'female', observation('CL-PREGNANT', 1, '1'), observation('49051-6', 30, 'wk'))).toMatchObject({ pregnancyStatus: 'yes', gestationalWeeks: 30 });
    expect(statusOf(1996, 'male')).toMatchObject({ pregnancyStatus: 'notApplicable' });
    expect(statusOf(1950, 'female')).toMatchObject({ pregnancyStatus: 'notApplicable' });
    expect(statusOf(1996, 'unknown')).toMatchObject({ pregnancyStatus: 'unknown' });
  });

  it('counts a birthday on the hospital’s calendar', () => {
    expect(ageInYears(new Date('2008-11-24'), '2026-11-23T15:59:59.000Z')).toBe(17);
    expect(ageInYears(new Date('2008-11-24'), '2026-11-23T16:00:00.000Z')).toBe(18);
  });
});
