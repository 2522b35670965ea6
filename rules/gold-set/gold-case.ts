/** What a check has to find in a planted error, in the words of the clinical sources. */
export type Hazard = 'allergy' | 'dose' | 'kidney' | 'interaction' | 'duplicate' | 'pregnancy' | 'payment';

/** HARD: must not be given. major: a pharmacist has to look at it. minor: worth a notice. */
export type Severity = 'HARD' | 'major' | 'minor';

/** The finding that is expected; written from the source, without regard to any rule set. */
export interface Expected {
  readonly hazard: Hazard;
  readonly severity: Severity;
  /** What is wrong is that something is not known: the source asks for a stop (UNKNOWN does), or for a person. */
  readonly missing?: 'stop' | 'person';
  /** Table and row of the clinical source, or general pharmacology. */
  readonly source: string;
}

/** An order as a doctor writes it. Amounts carry UCUM units. */
export interface GoldOrder {
  readonly medicationCode: string;
  readonly dose: number;
  readonly doseUnit: string;
  readonly route: string;
  readonly frequency: string;
  readonly orderType: 'long-term' | 'one-time' | 'prn';
  readonly indication?: string;
  readonly infusion?: { readonly volumeMl?: number; readonly rateMlPerHour?: number; readonly line?: 'peripheral' | 'central' };
}

/** A patient with everything on file, and the order that is about to be signed: rows as the database has them. */
export interface GoldContext {
  readonly at: string;
  readonly ward: string;
  readonly order: GoldOrder;
  readonly patient: { readonly birthDate: string; readonly gender: 'male' | 'female'; readonly allergyStatus: 'recorded' | 'none-known' | 'not-asked' };
  readonly allergies: readonly { readonly substance: string; readonly reactionClass: 'immediate' | 'delayed-mild' | 'severe-cutaneous' }[];
  readonly observations: readonly { readonly code: string; readonly value: number; readonly unit: string; readonly observedAt: string }[];
  readonly activeOrders: readonly GoldOrder[];
  readonly endedOrders: readonly { readonly medicationCode: string; readonly lastGivenAt: string }[];
}

/** A case of the gold set: with `expected` a planted error, without it an order that nobody should be interrupted for. */
export interface GoldCase extends GoldContext {
  /** Template and number, the same in every run. */
  readonly id: string;
  readonly expected?: Expected;
}
