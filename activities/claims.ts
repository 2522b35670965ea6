import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Actor } from '#engine';

/** Who acts and under which inbox command, signed by the gateway; the record verifies it before it names the actor. */
export interface Claims {
  readonly commandId: string;
  readonly actor: Actor;
  /** HMAC-SHA-256 over instance, command and actor, base64url. */
  readonly signature: string;
}

/** Signs that `actor` gave the command `commandId` to the instance. `secret`: 32 bytes of the deployment. */
export function signClaims(secret: Buffer, instanceId: string, commandId: string, actor: Actor): Claims {
  return { commandId, actor, signature: signature(secret, instanceId, commandId, actor) };
}

/** True when the claims were signed with `secret` for this instance. */
export function verifyClaims(secret: Buffer, instanceId: string, claims: Claims): boolean {
  const expected = Buffer.from(signature(secret, instanceId, claims.commandId, claims.actor));
  const actual = Buffer.from(claims.signature);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function signature(secret: Buffer, instanceId: string, commandId: string, actor: Actor): string {
  const content = JSON.stringify([instanceId, commandId, actor.id, actor.kind, actor.roles, actor.unit ?? null, actor.onBehalfOf ?? null]);
  return createHmac('sha256', secret).update(content).digest('base64url');
}
