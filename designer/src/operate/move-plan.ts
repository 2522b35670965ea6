import type { ActiveElement } from '../graphql/model.ts';
import { isContainer, type GraphElement } from '../instances/picture/graph-element.ts';
import { isInside, type ProcessGraph } from '../instances/picture/process-graph.ts';

/** A place where the case stands now. */
export type Token = Pick<ActiveElement, 'elementId' | 'elementInstanceId'>;

/** One change of where the case stands. */
export type Instruction =
  | { readonly kind: 'move'; readonly token: Token; readonly to: string }
  /** `ancestorId`: in which of several runs of the sub-process around it. */
  | { readonly kind: 'start'; readonly to: string; readonly ancestorId?: string }
  | { readonly kind: 'end'; readonly token: Token };

export type MoveMode = Instruction['kind'];

/** What an operator has collected so far, and the step taken up but not yet put down. */
export interface MovePlan {
  readonly mode: MoveMode;
  readonly taken?: Token;
  readonly instructions: readonly Instruction[];
}

export const emptyPlan: MovePlan = { mode: 'move', instructions: [] };

/** True while nothing is collected or taken up. */
export function isEmpty({ taken, instructions }: MovePlan): boolean {
  return taken === undefined && instructions.length === 0;
}

/** Elements that only an event begins: nothing can be moved there. */
function isBegunByEvent(element: GraphElement): boolean {
  return element.type === 'boundaryEvent' || element.isEventSubProcess === true || element.markers.includes('compensation');
}

/** True when a case can be made to stand at the element. */
export function canBegin(element: GraphElement): boolean {
  return element.type !== 'other' && !isBegunByEvent(element);
}

/** The places of the case that no instruction leaves yet. */
export function freeTokens(plan: MovePlan, tokens: readonly Token[]): readonly Token[] {
  const left = new Set(plan.instructions.flatMap((instruction) => (instruction.kind === 'start' ? [] : [instruction.token.elementInstanceId])));
  return tokens.filter(({ elementInstanceId }) => !left.has(elementInstanceId));
}

/** True when the next pick names a place that the case stands at, false when it names where it shall go on. */
export function picksToken({ mode, taken }: MovePlan): boolean {
  return mode === 'end' || (mode === 'move' && taken === undefined);
}

/** The elements that the next pick can name. */
export function pickable(plan: MovePlan, tokens: readonly Token[], graph: ProcessGraph): ReadonlySet<string> {
  if (picksToken(plan)) return new Set(freeTokens(plan, tokens).map(({ elementId }) => elementId));
  return new Set(graph.elements.filter(canBegin).map(({ id }) => id));
}

/** The plan after an element was picked; one that cannot be named now changes nothing. Picking the taken step again puts it back. */
export function pick(plan: MovePlan, elementId: string, tokens: readonly Token[], graph: ProcessGraph): MovePlan {
  const { mode, taken, instructions } = plan;
  if (taken?.elementId === elementId) return { mode, instructions };
  if (!pickable(plan, tokens, graph).has(elementId)) return plan;
  if (taken !== undefined) return { mode, instructions: [...instructions, { kind: 'move', token: taken, to: elementId }] };
  if (mode === 'start') return { mode, instructions: [...instructions, { kind: 'start', to: elementId }] };
  const token = freeTokens(plan, tokens).find((each) => each.elementId === elementId);
  if (token === undefined) return plan;
  return mode === 'end' ? { mode, instructions: [...instructions, { kind: 'end', token }] } : { mode, instructions, taken: token };
}

/** The plan in another mode; a step that was taken up is put back. */
export function inMode({ instructions }: MovePlan, mode: MoveMode): MovePlan {
  return { mode, instructions };
}

/** The plan without what was done last: the step taken up, else the last instruction. */
export function undo({ mode, taken, instructions }: MovePlan): MovePlan {
  return { mode, instructions: taken === undefined ? instructions.slice(0, -1) : instructions };
}

/** The runs of the innermost running sub-process around an element; more than one need a choice. */
export function runsAround(elementId: string, tokens: readonly ActiveElement[], graph: ProcessGraph): readonly ActiveElement[] {
  for (let parentId = graph.byId.get(elementId)?.parentId; parentId !== undefined; parentId = graph.byId.get(parentId)?.parentId) {
    const around = parentId;
    const runs = tokens.filter((token) => token.elementId === around);
    if (runs.length > 0) return runs;
  }
  return [];
}

/** The plan with the run chosen in which the instruction at `index` begins. */
export function inRun(plan: MovePlan, index: number, ancestorId: string): MovePlan {
  return { ...plan, instructions: plan.instructions.map((instruction, at) => (at === index && instruction.kind === 'start' ? { ...instruction, ancestorId } : instruction)) };
}

/** Why the plan cannot be sent yet. */
export type PlanLack = 'nothing' | 'half' | 'gone' | 'run' | 'everything';

/** What the plan lacks, as the case stands now; the server decides in the end. */
export function lackOf(plan: MovePlan, tokens: readonly ActiveElement[], graph: ProcessGraph): PlanLack | undefined {
  const { taken, instructions } = plan;
  if (taken !== undefined) return 'half';
  if (instructions.length === 0) return 'nothing';
  const standing = new Set(tokens.map(({ elementInstanceId }) => elementInstanceId));
  if (instructions.some((each) => each.kind !== 'start' && !standing.has(each.token.elementInstanceId))) return 'gone';
  if (instructions.some((each) => each.kind === 'start' && each.ancestorId === undefined && runsAround(each.to, tokens, graph).length > 1)) return 'run';
  return endsEverything(plan, tokens, graph) ? 'everything' : undefined;
}

function endsEverything(plan: MovePlan, tokens: readonly Token[], graph: ProcessGraph): boolean {
  if (plan.instructions.some(({ kind }) => kind !== 'end')) return false;
  const ended = plan.instructions.flatMap((each) => (each.kind === 'end' ? [each.token.elementId] : []));
  return freeTokens(plan, tokens).every(({ elementId }) => {
    const element = graph.byId.get(elementId);
    return (element !== undefined && isContainer(element)) || ended.some((id) => isInside(graph, elementId, id));
  });
}

/** The plan as the gateway takes it. */
export function toModifyInstructions({ instructions }: MovePlan): readonly { readonly elementInstanceId?: string; readonly elementId?: string; readonly ancestorId?: string }[] {
  return instructions.map((each) => {
    if (each.kind === 'end') return { elementInstanceId: each.token.elementInstanceId };
    if (each.kind === 'move') return { elementInstanceId: each.token.elementInstanceId, elementId: each.to };
    return { elementId: each.to, ...(each.ancestorId === undefined ? {} : { ancestorId: each.ancestorId }) };
  });
}

/** True once what the plan leaves is left; a plan that only begins steps is seen by a step that was not there before. */
export function hasMoved({ instructions }: MovePlan, before: readonly Token[], now: readonly Token[]): boolean {
  const standing = new Set(now.map(({ elementInstanceId }) => elementInstanceId));
  const left = instructions.flatMap((each) => (each.kind === 'start' ? [] : [each.token.elementInstanceId]));
  if (left.length > 0) return left.every((id) => !standing.has(id));
  const known = new Set(before.map(({ elementInstanceId }) => elementInstanceId));
  return now.some(({ elementInstanceId }) => !known.has(elementInstanceId));
}
