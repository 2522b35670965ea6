import type { DecisionModel, DmnFinding } from '../dmn/decision-model.ts';
import { same } from '../hit-policy.ts';
import type { RuleSetDocument } from '../index.ts';
import { factNames, resolveType } from './foreign-head.ts';
import { readExtension, ruleExtensionSchema, ruleSetExtensionSchema } from './extension.ts';
import { careloopNamespace, modelNamespace } from '../dmn/namespaces.ts';
import { toDecisionModel } from '../dmn/to-decision-model.ts';
import { attribute, childText, dmnChild, dmnChildren, isElement, localName, type DmnDocument, type XmlElement, type XmlNode } from '../dmn/xml/xml-element.ts';

/** Children of DMN's own that an export does not write, and that stay as they are. */
const kept: ReadonlySet<string> = new Set(['description', 'question', 'allowedAnswers', 'authorityRequirement', 'impactedPerformanceIndicator', 'decisionMaker', 'decisionOwner', 'usingProcess', 'usingTask', 'supportedObjective']);
/** The order that DMN gives the parts of a decision; its logic comes last. DMN 1.5 §6.3.7. */
const places = ['description', 'extensionElements', 'question', 'allowedAnswers', 'variable', 'informationRequirement', 'knowledgeRequirement', 'authorityRequirement'];

/** What decisions of the file are now, by their id: only those that are another rule set's, or its named conditions, by now. */
export type SourceNames = ReadonlyMap<string, string>;
export const noNames: SourceNames = new Map();

/** The decision that became the rule set `key`, with its named conditions, under the names that an export gives them. */
export function sourceNames({ definitions }: DmnDocument, key: string, decisionId: string | undefined): SourceNames {
  const element = decisionId === undefined ? undefined : dmnChildren(definitions, 'decision').find((each) => attribute(each, 'id') === decisionId);
  if (!element || decisionId === undefined || keyOf(element) === `decision ${key}`) return noNames;
  const own = readExtension(element, 'ruleSet', ruleSetExtensionSchema);
  const before = own && 'value' in own ? own.value.head : undefined;
  const conditions = Object.keys(before?.conditions ?? {}).map((_name, index): [string, string] => [`condition_${index + 1}_${before?.key}`, `decision condition_${index + 1}_${key}`]);
  return new Map([[decisionId, `decision ${key}`], ...conditions]);
}

/** The elements of the file by what they are. A decision that was given the name of another one goes before that. */
function byKey(definitions: XmlElement, names: SourceNames): ReadonlyMap<string, XmlElement> {
  const elements = definitions.children.filter(isElement);
  const named = elements.flatMap((each): [string, XmlElement][] => {
    const name = localName(each) === 'decision' ? names.get(attribute(each, 'id') ?? '') : undefined;
    return name === undefined ? [] : [[name, each]];
  });
  const taken = new Set(named.map(([, each]) => each));
  return new Map([...elements.filter((each) => !taken.has(each)).map((each): [string, XmlElement] => [keyOf(each), each]), ...named]);
}

/**
 * An export in the file that the rule set was read from: its other elements, its diagram, foreign attributes, foreign extension elements
 * and comments stay; elements that are in both keep their ids. The file keeps its prefix and version. Findings: INPUT_DIFFERS.
 */
export function keepForeign(exported: DmnDocument, source: DmnDocument, names: SourceNames = noNames): { readonly document: DmnDocument; readonly findings: readonly DmnFinding[] } {
  const { definitions: now } = exported;
  const { definitions: before } = source;
  const keys = byKey(before, names);
  const elements = now.children.filter(isElement).filter((each) => localName(each) !== 'DMNDI').map((each) => ({ each, old: keys.get(keyOf(each)) }));
  const ids = new Map(elements.flatMap(({ each, old }): [string, string][] => {
    const [own, other] = [attribute(each, 'id'), old && attribute(old, 'id')];
    return own === undefined || other === undefined ? [] : [[own, other]];
  }));
  const shared = sharedData(exported, source, new Set(ids.values()));
  const written = new Map(elements.flatMap(({ each, old }): [XmlElement, XmlElement][] => (old ? [[old, shared.staysAsItIs(each, old) ? old : carried(adopted(withIds(each, ids), before), old)]] : [])));
  const added = elements.flatMap(({ each, old }) => (old ? [] : [adopted(withIds(each, ids), before)]));
  const children = before.children.map((node): XmlNode => (isElement(node) ? (written.get(node) ?? node) : node));
  const drawing = children.findIndex((node) => isElement(node) && localName(node) === 'DMNDI');
  children.splice(drawing < 0 ? children.length : drawing, 0, ...added);
  const attributes = isOurPrefix(before) ? { ...before.attributes, 'xmlns:careloop': careloopNamespace } : before.attributes;
  return { document: { format: 'careloop-dmn/1', definitions: { ...before, attributes, children } }, findings: shared.findings };
}

/** Input data that the export and the file have in common. Of one type and unit, or needed by others, it stays as the file has it. */
function sharedData(exported: DmnDocument, source: DmnDocument, own: ReadonlySet<string>): { readonly staysAsItIs: (each: XmlElement, old: XmlElement) => boolean; readonly findings: readonly DmnFinding[] } {
  const [mine, theirs] = [toDecisionModel(exported).model, toDecisionModel(source).model];
  const needed = new Set([...theirs.decisions.filter(({ id }) => !own.has(id)), ...theirs.businessKnowledgeModels].flatMap(({ requirements }) => requirements.information));
  const findings: DmnFinding[] = [];
  const staysAsItIs = (each: XmlElement, old: XmlElement): boolean => {
    if (localName(each) !== 'inputData') return false;
    if (same(dataType(mine, each), dataType(theirs, old))) return true;
    const id = attribute(old, 'id') ?? '';
    if (!needed.has(id)) return false;
    findings.push({ code: 'INPUT_DIFFERS', severity: 'error', elementId: id, subject: attribute(old, 'name') ?? id, message: `Expected ${attribute(old, 'name') ?? id} of the type and unit that other decisions of the file take, but the rule set has another; the file keeps its own` });
    return true;
  };
  return { staysAsItIs, findings };
}

/** Names that the file has for the facts of a rule set, where they are not their own. */
export function variablesIn(source: DmnDocument, { key, inputs }: RuleSetDocument, given: SourceNames = noNames): Record<string, string> {
  const { model } = toDecisionModel(source);
  const element = byKey(source.definitions, given).get(`decision ${key}`);
  if (!element) return {};
  const own = readExtension(element, 'ruleSet', ruleSetExtensionSchema);
  if (own && 'value' in own) return own.value.variables ?? {};
  const required = new Set(model.decisions.find(({ id }) => id === attribute(element, 'id'))?.requirements.information);
  const names = factNames(model.inputData.filter(({ id }) => required.has(id)));
  return Object.fromEntries([...names].flatMap(([variable, fact]) => (variable !== fact && inputs.some(({ name }) => name === fact) ? [[fact, variable]] : [])));
}

/** What makes two elements the same: the rule set, the fact, the rule, else the name. */
function keyOf(each: XmlElement): string {
  const name = attribute(each, 'name') ?? '';
  const id = attribute(each, 'id') ?? name;
  switch (localName(each)) {
    case 'decision': {
      const own = readExtension(each, 'ruleSet', ruleSetExtensionSchema);
      return `decision ${own && 'value' in own ? own.value.head.key : id}`;
    }
    case 'rule': {
      const own = readExtension(each, 'rule', ruleExtensionSchema);
      return `rule ${own && 'value' in own ? own.value.id : id}`;
    }
    case 'input': {
      const expression = dmnChild(each, 'inputExpression');
      return `input ${((expression && childText(expression, 'text')) ?? '').trim()}`;
    }
    case 'informationRequirement':
      return `informationRequirement ${attribute(dmnChild(each, 'requiredInput', 'requiredDecision') ?? each, 'href') ?? ''}`;
    case 'output':
    case 'annotation':
    case 'inputData':
    case 'itemDefinition':
      return `${localName(each)} ${name}`;
    default:
      return localName(each);
  }
}

/** An element with what the file has in it beside. */
function carried(now: XmlElement, before: XmlElement): XmlElement {
  const attributes = Object.fromEntries(Object.entries(before.attributes).filter(([name]) => name.includes(':') || name === 'id' || (name === 'label' && attribute(now, 'label') === undefined)));
  const old = new Map<string, XmlElement[]>();
  for (const each of before.children.filter(isElement)) {
    const key = keyOf(each);
    old.set(key, [...(old.get(key) ?? []), each]);
  }
  const children = now.children.map((node): XmlNode => {
    const match = isElement(node) ? old.get(keyOf(node))?.shift() : undefined;
    return match && isElement(node) ? carried(node, match) : node;
  });
  const has = new Set(now.children.filter(isElement).map(localName));
  const foreign = before.children.filter((node) => !isText(node) && (!isElement(node) || (node.namespace === before.namespace ? kept.has(localName(node)) && (!has.has(localName(node)) || localName(node) === 'authorityRequirement') : node.namespace !== careloopNamespace)));
  const extensions = localName(now) === 'extensionElements' || has.has('extensionElements') ? [] : before.children.filter((node) => isElement(node) && localName(node) === 'extensionElements');
  const all = [...extensions, ...foreign, ...children];
  return { ...now, attributes: { ...now.attributes, ...attributes }, children: localName(now) === 'text' ? now.children : all.toSorted((left, right) => placeOf(left) - placeOf(right)) };
}

function isText(node: XmlNode): boolean {
  return 'text' in node;
}

function placeOf(node: XmlNode): number {
  const place = isElement(node) ? places.indexOf(localName(node)) : -1;
  return place < 0 ? (isElement(node) ? places.length : 0) : place;
}

/** Elements of DMN with the prefix and version of the file. */
function adopted(each: XmlElement, definitions: XmlElement): XmlElement {
  const children = each.children.map((child) => (isElement(child) ? adopted(child, definitions) : child));
  // The file may have given our prefix to something else.
  if (each.namespace === careloopNamespace) return { ...each, attributes: { ...each.attributes, ...(isOurPrefix(definitions) ? {} : { 'xmlns:careloop': careloopNamespace }) }, children };
  if (each.namespace !== modelNamespace) return { ...each, children };
  const prefix = definitions.name.slice(0, definitions.name.length - localName(definitions).length);
  return { ...each, name: `${prefix}${localName(each)}`, namespace: definitions.namespace, children };
}

function isOurPrefix(definitions: XmlElement): boolean {
  return (attribute(definitions, 'xmlns:careloop') ?? careloopNamespace) === careloopNamespace;
}

/** References follow the ids that the file has for the same elements. */
function withIds(each: XmlElement, ids: ReadonlyMap<string, string>): XmlElement {
  const href = attribute(each, 'href');
  const id = href?.startsWith('#') ? ids.get(href.slice(1)) : undefined;
  return { ...each, ...(id === undefined ? {} : { attributes: { ...each.attributes, href: `#${id}` } }), children: each.children.map((child) => (isElement(child) ? withIds(child, ids) : child)) };
}

function dataType(model: DecisionModel, data: XmlElement): unknown {
  const { type, unit } = resolveType(model, model.inputData.find(({ id }) => id === attribute(data, 'id'))?.variable.typeRef);
  return unit === undefined ? { type } : { type, unit };
}
