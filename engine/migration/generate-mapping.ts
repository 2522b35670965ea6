import { allElements, type FlowElement, type ProcessDefinition } from '../definition/index.ts';
import type { ElementMapping } from '../event.ts';

/**
 * Proposes where each element of a version goes in another one. An element of the same id and type keeps its id and is
 * not named; one whose id is gone goes to the only new element of its type and name. What is left is for a person.
 */
export function generateMapping(source: ProcessDefinition, target: ProcessDefinition): { readonly mapping: ElementMapping; readonly unmapped: readonly string[] } {
  const targets = new Map(allElements(target).map((element) => [element.id, element]));
  const sources = new Set(allElements(source).map(({ id }) => id));
  const added = [...targets.values()].filter(({ id }) => !sources.has(id));
  const mapping: Record<string, string> = {};
  const unmapped: string[] = [];
  for (const element of allElements(source)) {
    if (targets.get(element.id)?.type === element.type) continue;
    const alike = added.filter((candidate) => isAlike(element, candidate));
    if (alike.length === 1 && alike[0]) mapping[element.id] = alike[0].id;
    else unmapped.push(element.id);
  }
  return { mapping, unmapped };
}

function isAlike(element: FlowElement, candidate: FlowElement): boolean {
  if (element.type !== candidate.type || !element.name || !candidate.name) return false;
  return element.name.en === candidate.name.en || element.name['zh-CN'] === candidate.name['zh-CN'];
}
