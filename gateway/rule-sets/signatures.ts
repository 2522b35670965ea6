import type { Json } from '#engine';
import { digestOf, type Acting } from './act.ts';
import type { DraftDocument } from './rule-set-record.ts';

interface SignedRule {
  readonly id: string;
  readonly signed: object;
}

/**
 * Takes the signatures out that do not hold: only `signRules` gives one, and it holds for the rule exactly as it was
 * signed. `known`: documents whose signatures were proven when they were saved or published.
 */
export async function withoutForeignSignatures(document: DraftDocument, known: readonly unknown[], { transaction, key }: Acting): Promise<{ readonly document: DraftDocument; readonly dropped: readonly string[] }> {
  const signed = rulesOf(document).filter(isSigned);
  if (signed.length === 0) return { document, dropped: [] };
  const proven = new Set(known.flatMap((each) => rulesOf(each).filter(isSigned).map(digestOf)));
  const hashes = signed.map(digestOf).filter((hash) => !proven.has(hash));
  const rows = hashes.length === 0 ? [] : await transaction.ruleSignature.findMany({ where: { key, ruleHash: { in: hashes } }, select: { ruleHash: true } });
  for (const { ruleHash } of rows) proven.add(ruleHash);
  const dropped = signed.filter((rule) => !proven.has(digestOf(rule))).map(({ id }) => id);
  if (dropped.length === 0) return { document, dropped };
  const rules = rulesOf(document).map((rule) => (isSigned(rule) && !proven.has(digestOf(rule)) ? unsigned(rule) : rule));
  return { document: { ...document, rules }, dropped };
}

/** The entries under `rules` of a document that may be half written. */
export function rulesOf(document: unknown): readonly unknown[] {
  const { rules } = (document ?? {}) as { readonly rules?: unknown };
  return Array.isArray(rules) ? rules : [];
}

function isSigned(rule: unknown): rule is SignedRule {
  return typeof rule === 'object' && rule !== null && 'signed' in rule && rule.signed !== undefined && rule.signed !== null;
}

function unsigned({ signed: _signed, ...rule }: SignedRule): Json {
  // A rule of a document that came as JSON.
  return rule as unknown as Json;
}
