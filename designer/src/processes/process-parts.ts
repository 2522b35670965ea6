import type { FlowElement } from '#engine';
import type { LocalizedText } from '../i18n/localized-text.ts';
import { isContainer } from '../instances/picture/graph-element.ts';
import { isScope } from '../instances/picture/process-graph.ts';

/** A step that names something outside the process. */
export interface NamedStep {
  readonly elementId: string;
  readonly name: LocalizedText | undefined;
}

/** What a process needs of others: people by role, rule sets, other processes. Each in the order of the definition. */
export interface ProcessParts {
  /** User tasks, by the roles that may do them; no role where none is named. */
  readonly people: readonly { readonly roles: readonly string[]; readonly steps: readonly NamedStep[] }[];
  /** By rule set; with the version that is pinned, where one is. */
  readonly ruleSets: readonly { readonly key: string; readonly pinned: string | undefined; readonly steps: readonly NamedStep[] }[];
  readonly called: readonly { readonly key: string; readonly steps: readonly NamedStep[] }[];
}

/** Reads a definition's document, its sub-processes too; whatever is no scope has no parts. */
export function partsOf(document: unknown): ProcessParts {
  const elements = isScope(document) ? allElements(document.flowElements) : [];
  const people = grouped(elements.flatMap((element) => (element.type === 'userTask' ? [{ of: { roles: element.candidateRoles }, step: stepOf(element) }] : [])));
  const ruleSets = grouped(elements.flatMap((element) => (element.type === 'businessRuleTask' ? [{ of: { key: element.ruleSet, pinned: element.binding.kind === 'pinned' ? element.binding.version : undefined }, step: stepOf(element) }] : [])));
  const called = grouped(elements.flatMap((element) => (element.type === 'callActivity' ? [{ of: { key: element.calledElement }, step: stepOf(element) }] : [])));
  return { people, ruleSets, called };
}

function allElements(elements: readonly FlowElement[]): readonly FlowElement[] {
  return elements.flatMap((element) => [element, ...(isContainer(element) ? allElements(element.flowElements) : [])]);
}

function stepOf({ id, name }: FlowElement): NamedStep {
  return { elementId: id, name };
}

function grouped<Of extends object>(parts: readonly { readonly of: Of; readonly step: NamedStep }[]): readonly (Of & { readonly steps: readonly NamedStep[] })[] {
  const groups = new Map<string, Of & { readonly steps: readonly NamedStep[] }>();
  for (const { of, step } of parts) {
    const key = JSON.stringify(of);
    groups.set(key, { ...of, steps: [...(groups.get(key)?.steps ?? []), step] });
  }
  return [...groups.values()];
}
