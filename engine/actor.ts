/** Who did something. `roles` are the ones held when the gateway signed the claims. Carries no display name. */
export interface Actor {
  readonly id: string;
  readonly kind: 'person' | 'system' | 'device' | 'engine';
  readonly roles: readonly string[];
  /** Organisation unit (ward) in which the actor acts. */
  readonly unit?: string;
  /** The person for whom a system or a substitute acts. */
  readonly onBehalfOf?: string;
}

/** The interpreter itself, for what happens without a person: timers, joins, automatic steps. */
export const engineActor: Actor = { id: 'careloop', kind: 'engine', roles: [] };
