import { compilePublishedRuleSet, type CompiledRuleSet } from '#rules';
import { allElements, structureFindings } from './check/structure.ts';
import type { ElementType, FlowElement, ProcessDefinition, SequenceFlow, VariableDeclaration } from './definition/process-definition.ts';
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
interface Container {
  readonly flowElements: readonly FlowElement[];
  readonly sequenceFlows: readonly SequenceFlow[];
  readonly variables?: readonly VariableDeclaration[] | undefined;
}

/**
 * Makes a plan of a definition, or of a bundle with the rule sets that it pins. With the bundle's content
 * `hash`, a plan compiled before is given again. Throws DefinitionError with every finding.
 */
export function compile(source: ProcessDefinition | ProcessBundle, hash?: string): ProcessPlan {
  return hash === undefined ? compileBundle(source) : cachedPlan(hash, () => compileBundle(source));
}

function compileBundle(source: ProcessDefinition | ProcessBundle): ProcessPlan {
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

function compileScope(container: Container, owner: ElementDraft | undefined, tables: Tables): ScopePlan {
  const startEvents: ElementPlan[] = [];
  for (const definition of container.flowElements) {
    const element: ElementDraft = { index: tables.elements.length, id: definition.id, definition, incoming: [], outgoing: [], boundaryEvents: [] };
    tables.elements.push(element);
    tables.elementsById.set(definition.id, element);
    if (definition.type === 'startEvent') startEvents.push(element);
    addExpressions(expressionSources(definition), tables);
  }
  for (const definition of container.sequenceFlows) {
    const target = requireElement(definition.targetRef, tables);
    const flow: FlowPlan = { definition, target };
    const source = requireElement(definition.sourceRef, tables);
    source.outgoing.push(flow);
    target.incoming.push(flow);
    if ('default' in source.definition && source.definition.default === definition.id) source.default = flow;
    addExpressions(flowExpressionSources(definition), tables);
  }
  for (const definition of container.flowElements) {
    const element = requireElement(definition.id, tables);
    if (definition.type === 'boundaryEvent') requireElement(definition.attachedToRef, tables).boundaryEvents.push(asElement(element, 'boundaryEvent'));
    if (definition.type === 'subProcess') element.inner = compileScope(definition, element, tables);
  }
  const variables = new Map((container.variables ?? []).map((declaration) => [declaration.name, declaration]));
  return owner ? { owner, variables, startEvents } : { variables, startEvents };
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
