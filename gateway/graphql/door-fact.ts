import type { Actor, Json } from '#engine';

/** Something that the doors themselves put on record: a refusal, a read, an acknowledgement. */
export interface DoorFact {
  /** The same fact is recorded once. */
  readonly factId: string;
  /** Past tense, dotted: `access.refused`, `task.refused`, `patient.read`, … */
  readonly action: string;
  readonly actor: Actor;
  readonly processKey?: string;
  readonly instanceId?: string;
  readonly elementId?: string;
  readonly taskId?: string;
  readonly patientId?: string;
  readonly ruleSet?: string;
  readonly ruleSetVersion?: string;
  readonly reason?: string;
  readonly detail?: Json;
}
