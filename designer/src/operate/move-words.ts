import type { Text } from '../i18n/use-text.ts';
import { elementName } from '../instances/picture/element-words.ts';
import type { ProcessGraph } from '../instances/picture/process-graph.ts';
import type { OverlayArrow, OverlayMark, PictureOverlay } from '../instances/picture/overlay.ts';
import { pickable, type Instruction, type MovePlan, type Token } from './move-plan.ts';

/** The name of an element by id, else the id. */
export function nameById(graph: ProcessGraph, elementId: string, text: Text): string {
  const element = graph.byId.get(elementId);
  return element === undefined ? elementId : elementName(element, text);
}

/** `从“审批”到“汇总”`. */
export function instructionWords(instruction: Instruction, graph: ProcessGraph, text: Text): string {
  const name = (id: string): string => nameById(graph, id, text);
  if (instruction.kind === 'move') return text.t('operate.move.fromTo', { from: name(instruction.token.elementId), to: name(instruction.to) });
  return instruction.kind === 'start' ? text.t('operate.move.startAt', { to: name(instruction.to) }) : text.t('operate.move.endAt', { from: name(instruction.token.elementId) });
}

/** The plan over the picture: what can be picked next, what is left, what begins, and the moves between. */
export function overlayOf(plan: MovePlan, tokens: readonly Token[], graph: ProcessGraph, text: Text): Omit<PictureOverlay, 'onPick'> {
  const marks = new Map<string, OverlayMark>([...pickable(plan, tokens, graph)].map((id) => [id, 'pickable']));
  const badges = new Map<string, string>();
  const arrows: OverlayArrow[] = [];
  const note = (id: string, words: string): void => void badges.set(id, [...(badges.has(id) ? [badges.get(id)] : []), words].join(' · '));
  plan.instructions.forEach((instruction, index) => {
    const number = String(index + 1);
    if (instruction.kind !== 'start') {
      if (!marks.has(instruction.token.elementId)) marks.set(instruction.token.elementId, 'leave');
      note(instruction.token.elementId, text.t(instruction.kind === 'move' ? 'operate.badge.leave' : 'operate.badge.end', { number }));
    }
    if (instruction.kind !== 'end') {
      marks.set(instruction.to, marks.get(instruction.to) === 'pickable' ? 'pickable' : 'begin');
      note(instruction.to, text.t(instruction.kind === 'move' ? 'operate.badge.arrive' : 'operate.badge.start', { number }));
    }
    if (instruction.kind === 'move') arrows.push({ from: instruction.token.elementId, to: instruction.to, label: number });
  });
  if (plan.taken !== undefined) marks.set(plan.taken.elementId, 'taken');
  return { marks, badges, arrows };
}

/** What to pick next. */
export function hintOf({ taken, mode }: MovePlan, graph: ProcessGraph, text: Text): string {
  return taken === undefined ? text.t(`operate.move.hint.${mode}`) : text.t('operate.move.hint.target', { from: nameById(graph, taken.elementId, text) });
}
