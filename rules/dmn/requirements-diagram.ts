import type { DecisionModel } from './decision-model.ts';
import { diagramNamespace } from './namespaces.ts';
import { element } from './xml/build-xml.ts';
import type { XmlElement } from './xml/xml-element.ts';

const boundsNamespace = 'http://www.omg.org/spec/DMN/20180521/DC/';
const lineNamespace = 'http://www.omg.org/spec/DMN/20180521/DI/';
const shapeWidth = 180;
const shapeHeight = 80;
const gap = 60;

/** The namespaces of a diagram, by their prefixes. */
export const diagramAttributes = { 'xmlns:dmndi': diagramNamespace, 'xmlns:dc': boundsNamespace, 'xmlns:di': lineNamespace } as const;

/** The id of a requirement, by which its line in the diagram refers to it. */
export function requirementId(owner: string, required: string): string {
  return `${owner}_requires_${required}`.replace(/[^\p{L}\p{N}._-]/gu, '_');
}

/** A simple requirements diagram: what is required stands below what requires it, with a line up to it. DMN 1.5 §13. */
export function requirementsDiagram(model: DecisionModel): XmlElement {
  const required = new Map([...model.decisions, ...model.businessKnowledgeModels].map(({ id, requirements }) => [id, [...requirements.information, ...requirements.knowledge]]));
  const levels = levelsOf([...model.decisions, ...model.businessKnowledgeModels, ...model.inputData, ...model.knowledgeSources].map(({ id }) => id), required);
  const highest = Math.max(0, ...levels.values());
  const used = new Map<number, number>();
  const corners = new Map<string, { readonly x: number; readonly y: number }>();
  const shapes = [...levels].map(([id, level]) => {
    const place = used.get(level) ?? 0;
    used.set(level, place + 1);
    const bounds = { x: gap + place * (shapeWidth + gap), y: gap + (highest - level) * (shapeHeight + gap), width: shapeWidth, height: shapeHeight };
    corners.set(id, bounds);
    return element('dmndi:DMNShape', diagramNamespace, { id: `shape_${id}`, dmnElementRef: id }, [element('dc:Bounds', boundsNamespace, texts(bounds))]);
  });
  const lines = [...model.decisions, ...model.businessKnowledgeModels].flatMap(({ id, requirements }) => [...requirements.information, ...requirements.knowledge, ...requirements.authority].flatMap((required) => {
    const [from, to] = [corners.get(required), corners.get(id)];
    const waypoint = ({ x, y }: { readonly x: number; readonly y: number }): XmlElement => element('di:waypoint', lineNamespace, texts({ x: x + shapeWidth / 2, y }));
    // What an import brings is not drawn.
    return from && to ? [element('dmndi:DMNEdge', diagramNamespace, { id: `edge_${requirementId(id, required)}`, dmnElementRef: requirementId(id, required) }, [waypoint(from), waypoint({ x: to.x, y: to.y + shapeHeight })])] : [];
  }));
  return element('dmndi:DMNDI', diagramNamespace, {}, [element('dmndi:DMNDiagram', diagramNamespace, { id: 'diagram' }, [...shapes, ...lines])]);
}

function texts(numbers: Readonly<Record<string, number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, String(value)]));
}

/** The longest way down from each element; what stands in a circle ends there. */
function levelsOf(ids: readonly string[], required: ReadonlyMap<string, readonly string[]>): Map<string, number> {
  const levels = new Map(ids.map((id) => [id, 0]));
  for (let round = 0; round < ids.length; round += 1) {
    let changed = false;
    for (const [id, others] of required) {
      const level = Math.max(0, ...others.filter((other) => other !== id).map((other) => (levels.get(other) ?? 0) + 1));
      if (level <= (levels.get(id) ?? 0) || level > ids.length) continue;
      levels.set(id, level);
      changed = true;
    }
    if (!changed) break;
  }
  return levels;
}
