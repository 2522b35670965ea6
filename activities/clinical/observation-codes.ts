/** LOINC codes of the observations that the checks read, with the UCUM units taken and their factor to the fact's unit. */
export const observationCodes = {
  weightKg: { code: '29463-7', units: { kg: 1, g: 0.001 } },
  heightCm: { code: '8302-2', units: { cm: 1, m: 100 } },
  /** Creatinine [Moles/volume] in serum or plasma. */
  creatinineMicromolPerL: { code: '14682-9', units: { 'umol/L': 1, 'mmol/L': 1_000 } },
  /** Creatinine [Mass/volume]; 1 mg/dL is 88.4 µmol/L. */
  creatinineMgPerDl: { code: '2160-0', units: { 'mg/dL': 1 } },
  /** Glomerular filtration rate, CKD-EPI 2021. */
  glomerularFiltrationRate: { code: '98979-8', units: { 'mL/min/{1.73_m2}': 1 } },
  potassiumMmolPerL: { code: '2823-3', units: { 'mmol/L': 1, 'meq/L': 1 } },
  glucoseMmolPerL: { code: '15074-8', units: { 'mmol/L': 1 } },
  heartRatePerMin: { code: '8867-4', units: { '/min': 1 } },
  systolicMmHg: { code: '8480-6', units: { 'mm[Hg]': 1 } },
  bodyTemperature: { code: '8310-5', units: { Cel: 1 } },
  /** Gestational age in weeks. */
  gestationalWeeks: { code: '49051-6', units: { wk: 1 } },
  inr: { code: '6301-6', units: { '1': 1, '{INR}': 1 } },
} as const satisfies Record<string, { readonly code: string; readonly units: Readonly<Record<string, number>> }>;

/** The hospital's own codes, where LOINC has none that fits: 1 is positive or yes, 0 negative or no. */
export const localObservationCodes = {
  penicillinSkinTest: 'CL-PENICILLIN-SKIN-TEST',
  dialysis: 'CL-DIALYSIS',
  opioidTolerant: 'CL-OPIOID-TOLERANT',
  pregnant: 'CL-PREGNANT',
  lactating: 'CL-LACTATING',
} as const;

/** An observation as the database has it. */
export interface ObservationRow {
  readonly code: string;
  readonly value: number;
  readonly unit: string;
  readonly observedAt: Date;
}

/** A value in the fact's unit with the instant it was observed at. */
export interface Reading {
  readonly value: number;
  readonly observedAt: string;
}

/** Readings of one kind, newest first; a row in an unexpected unit is no reading. */
export function readingsOf(rows: readonly ObservationRow[], kind: keyof typeof observationCodes): readonly Reading[] {
  const { code, units } = observationCodes[kind];
  const factors: Readonly<Record<string, number>> = units;
  return rows
    .filter((row) => row.code === code)
    .flatMap((row) => {
      const factor = factors[row.unit];
      return factor === undefined ? [] : [{ value: row.value * factor, observedAt: row.observedAt.toISOString() }];
    })
    .sort((a, b) => (a.observedAt < b.observedAt ? 1 : -1));
}

/** The newest row of one of the hospital's own codes. */
export function latestLocal(rows: readonly ObservationRow[], kind: keyof typeof localObservationCodes): Reading | undefined {
  return rows
    .filter((row) => row.code === localObservationCodes[kind])
    .map((row) => ({ value: row.value, observedAt: row.observedAt.toISOString() }))
    .sort((a, b) => (a.observedAt < b.observedAt ? 1 : -1))[0];
}
