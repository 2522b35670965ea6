import type { Draft } from './draft.ts';
import { requireScope } from './scopes.ts';

/** Tokens that wait at a gateway, by incoming flow. */
export type WaitingTokens = { readonly [flowId: string]: number };

/** The tokens that wait at the gateway in the scope. */
export function tokensAt(draft: Draft, scopeId: string, elementId: string): WaitingTokens {
  return requireScope(draft, scopeId).joins?.[elementId] ?? {};
}

/** Adds a token that came over the flow. */
export function addToken(draft: Draft, scopeId: string, elementId: string, flowId: string): WaitingTokens {
  const waiting = tokensAt(draft, scopeId, elementId);
  const next = { ...waiting, [flowId]: (waiting[flowId] ?? 0) + 1 };
  putTokens(draft, scopeId, elementId, next);
  return next;
}

/** Takes one token from each of the flows that has any. */
export function takeTokens(draft: Draft, scopeId: string, elementId: string, flowIds: readonly string[]): void {
  const left = Object.entries(tokensAt(draft, scopeId, elementId)).map(([id, count]): [string, number] => [id, flowIds.includes(id) ? count - 1 : count]);
  putTokens(draft, scopeId, elementId, Object.fromEntries(left.filter(([, count]) => count > 0)));
}

/** Whether the token lets an activity begin that needs several; if so, they are taken, whatever flow they came over. */
export function takeQuantity(draft: Draft, scopeId: string, elementId: string, flowId: string, quantity: number): boolean {
  const waiting = addToken(draft, scopeId, elementId, flowId);
  if (Object.values(waiting).reduce((sum, count) => sum + count, 0) < quantity) return false;
  for (let left = quantity; left > 0; left -= 1) {
    const next = Object.entries(tokensAt(draft, scopeId, elementId)).find(([, count]) => count > 0)?.[0];
    if (next !== undefined) takeTokens(draft, scopeId, elementId, [next]);
  }
  return true;
}

/** Drops the tokens that wait at a gateway, when an operator lets it go on without the missing ones. */
export function dropTokens(draft: Draft, scopeId: string, elementId: string): void {
  putTokens(draft, scopeId, elementId, {});
}

function putTokens(draft: Draft, scopeId: string, elementId: string, waiting: WaitingTokens): void {
  const { joins = {}, ...rest } = requireScope(draft, scopeId);
  const { [elementId]: _before, ...others } = joins;
  const next = Object.keys(waiting).length > 0 ? { ...others, [elementId]: waiting } : others;
  draft.put('scopes', Object.keys(next).length > 0 ? { ...rest, joins: next } : rest);
  draft.touchedScopes.add(scopeId);
}
