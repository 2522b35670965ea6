import type { Text } from '../../i18n/use-text.ts';
import type { OverlayMark, PictureOverlay } from '../../instances/picture/overlay.ts';
import type { ProcessGraph } from '../../instances/picture/process-graph.ts';
import { canBegin } from '../move-plan.ts';

/** The chosen steps with one more, or without it when it was among them; one that only an event begins changes nothing. */
export function toggled(chosen: readonly string[], elementId: string, graph: ProcessGraph): readonly string[] {
  if (chosen.includes(elementId)) return chosen.filter((id) => id !== elementId);
  const element = graph.byId.get(elementId);
  return element === undefined || !canBegin(element) ? chosen : [...chosen, elementId];
}

/** The choice over the picture. */
export function reopenOverlay(chosen: readonly string[], graph: ProcessGraph, { t }: Pick<Text, 't'>): Omit<PictureOverlay, 'onPick'> {
  const marks = new Map<string, OverlayMark>(graph.elements.filter(canBegin).map(({ id }) => [id, chosen.includes(id) ? 'begin' : 'pickable']));
  return { marks, badges: new Map(chosen.map((id, index) => [id, t('operate.badge.start', { number: index + 1 })])), arrows: [] };
}
