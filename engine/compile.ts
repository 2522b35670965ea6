import { compilePublishedRuleSet, type CompiledRuleSet } from '#rules';
import { structureFindings } from './check/structure.ts';
import { allElements, isSubProcess, type ElementType, type FlowContainer, type FlowElement, type ProcessDefinition, type SequenceFlow } from './definition/index.ts';
import { expressionSources, flowExpressionSources } from './expression-sources.ts';
import { parseFeelExpression, type Expression } from './expressions.ts';
import { DefinitionError, type DefinitionFinding } from './failure.ts';
import { cachedPlan, countCompilation } from './plan-cache.ts';
import type { ElementPlan, FlowPlan, ProcessBundle, ProcessPlan, ScopePlan } from './plan.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type ElementDraft = Mutable<Omit<ElementPlan, 'incoming' | 'outgoing' | 'boundaryEvents'>> & {
  readonly incoming: FlowPlan[];
  readonly outgoing: FlowPlan[];
  readonly boundaryEvents: ElementPlan<'boundaryEvent'>[];
};

/** The plan of the bundle with this content hash: read and compiled when it was not lately. Throws as `compile`. */
export function compileOnce(hash: string, read: () => ProcessDefinition | ProcessBundle): ProcessPlan {
  return cachedPlan(hash, () => compile(read()));
}

/** Makes a plan of a definition, or of a bundle with the rule sets that it pins. Throws DefinitionError with every finding. */
export function compile(source: ProcessDefinition | ProcessBundle): ProcessPlan {
  countCompilation();
  const definition = source.format === 'careloop-bundle/1' ? source.definition : source;
  const findings = structureFindings(definition).filter(({ severity }) => severity === 'error');
  const ruleSets = compilePinnedRuleSets(source, findings);
  if (findings.length > 0) throw new DefinitionError(findings);

  const elements: ElementDraft[] = [];
  const elementsById = new Map<string, ElementDraft>();
  const expressions = new Map<string, Expression>();
  if (definition.subject !== undefined) expressions.set(definition.subject, parseFeelExpression(definition.subject));
  const root = compileScope(definition, undefined, { elements, elementsById, expressions });
  return { definition, root, elements, elementsById, expressions, ruleSets };
}

interface Tables {
  readonly elements: ElementDraft[];
  readonly elementsById: Map<string, ElementDraft>;
  readonly expressions: Map<string, Expression>;
}

function compileScope(container: FlowContainer, owner: ElementDraft | undefined, tables: Tables): ScopePlan {
  const scope: Mutable<ScopePlan> = {
    ...(owner ? { owner } : {}),
    variables: new Map((container.variables ?? []).map((declaration) => [declaration.name, declaration])),
    startEvents: [],
    implicitStarts: [],
    eventSubProcesses: [],
  };
  const members = container.flowElements.map((definition) => addElement(definition, scope, tables));
  for (const definition of container.sequenceFlows) {
    const flow = addFlow(definition, requireElement(definition.sourceRef, tables), requireElement(definition.targetRef, tables));
    if ('default' in flow.source.definition && flow.source.definition.default === definition.id) requireElement(definition.sourceRef, tables).default = flow;
    addExpressions(flowExpressionSources(definition), tables);
  }
  connectLinks(members);
  for (const element of members) {
    if (element.definition.type === 'boundaryEvent') attach(asElement(element, 'boundaryEvent'), element, tables);
    if (isSubProcess(element.definition)) element.inner = compileScope(element.definition, element, tables);
  }
  scope.startEvents = members.filter(({ definition }) => definition.type === 'startEvent');
  scope.implicitStarts = implicitStarts(members);
  scope.eventSubProcesses = members.flatMap((element) => {
    const start = element.definition.type === 'subProcess' && element.definition.triggeredByEvent ? element.inner?.startEvents[0] : undefined;
    return start ? [{ element, start: asElement(start, 'startEvent') }] : [];
  });
  return scope;
}

function addElement(definition: FlowElement, container: ScopePlan, tables: Tables): ElementDraft {
  const element: ElementDraft = { index: tables.elements.length, id: definition.id, definition, container, incoming: [], outgoing: [], boundaryEvents: [] };
  tables.elements.push(element);
  tables.elementsById.set(definition.id, element);
  addExpressions(expressionSources(definition), tables);
  return element;
}

function addFlow(definition: SequenceFlow, source: ElementDraft, target: ElementDraft): FlowPlan {
  const flow: FlowPlan = { definition, source, target };
  source.outgoing.push(flow);
  target.incoming.push(flow);
  return flow;
}

/** A link is a flow that is not drawn: its catch event is entered over it. BPMN 2.0.2 §10.5.5. */
function connectLinks(members: readonly ElementDraft[]): void {
  const linkOf = ({ definition }: ElementDraft, type: ElementType): string | undefined => (definition.type === type && 'event' in definition && definition.event?.kind === 'link' ? definition.event.link : undefined);
  for (const source of members) {
    const link = linkOf(source, 'intermediateThrowEvent');
    const target = link === undefined ? undefined : members.find((element) => linkOf(element, 'intermediateCatchEvent') === link);
    if (target) addFlow({ id: `${source.id}.${target.id}`, sourceRef: source.id, targetRef: target.id }, source, target);
  }
}

function attach(event: ElementPlan<'boundaryEvent'>, draft: ElementDraft, tables: Tables): void {
  const host = requireElement(event.definition.attachedToRef, tables);
  draft.attachedTo = host;
  host.boundaryEvents.push(event);
  const { event: definition } = event.definition;
  if (definition.kind === 'compensation' && definition.handler !== undefined) host.compensationHandler = requireElement(definition.handler, tables);
}

function implicitStarts(members: readonly ElementDraft[]): ElementPlan[] {
  return members.filter(({ definition, incoming }) => {
    if (incoming.length > 0 || definition.type === 'startEvent' || definition.type === 'boundaryEvent') return false;
    const isTriggered = ('isForCompensation' in definition && definition.isForCompensation) || (definition.type === 'subProcess' && definition.triggeredByEvent);
    return !isTriggered && !('instantiate' in definition && definition.instantiate);
  });
}

function addExpressions(sources: readonly { readonly source: string }[], tables: Tables): void {
  for (const { source } of sources) if (!tables.expressions.has(source)) tables.expressions.set(source, parseFeelExpression(source));
}

function requireElement(id: string, tables: Tables): ElementDraft {
  const element = tables.elementsById.get(id);
  if (!element) throw new DefinitionError([{ code: 'ELEMENT_NOT_FOUND', severity: 'error', elementId: id, message: `Expected element ${id}, but there is none` }]);
  return element;
}

function asElement<Type extends ElementType>(element: ElementPlan, type: Type): ElementPlan<Type> {
  if (element.definition.type !== type) throw new DefinitionError([{ code: 'ELEMENT_NOT_FOUND', severity: 'error', elementId: element.id, message: `Expected ${element.id} to be a ${type}` }]);
  // The line above has checked what the type parameter says.
  return element as ElementPlan<ElementType> as ElementPlan<Type>;
}

function compilePinnedRuleSets(source: ProcessDefinition | ProcessBundle, findings: DefinitionFinding[]): Map<string, CompiledRuleSet> {
  const compiled = new Map<string, CompiledRuleSet>();
  for (const [key, document] of Object.entries(source.format === 'careloop-bundle/1' ? source.ruleSets : {})) {
    try {
      compiled.set(key, compilePublishedRuleSet(document));
    } catch (error) {
      findings.push({ code: 'RULE_SET_INVALID', severity: 'error', path: `/ruleSets/${key}`, message: error instanceof Error ? error.message : 'Expected a rule set that compiles' });
    }
  }
  for (const element of source.format === 'careloop-bundle/1' ? allElements(source.definition) : []) {
    if (element.type !== 'businessRuleTask' || element.binding.kind !== 'pinned') continue;
    const key = `${element.ruleSet}@${element.binding.version}`;
    if (!compiled.has(key)) findings.push({ code: 'RULE_SET_MISSING', severity: 'error', elementId: element.id, message: `Expected the bundle to hold rule set ${key}, but it does not` });
  }
  return compiled;
}
