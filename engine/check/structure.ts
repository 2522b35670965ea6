import { allElements, allFlows, isSubProcess, type FlowContainer, type FlowElement, type ProcessDefinition } from '../definition/index.ts';
import { expressionSources, flowExpressionSources } from '../expression-sources.ts';
import { parseFeelExpression } from '../expressions.ts';
import type { DefinitionFinding } from '../failure.ts';
import { checkActivity } from './activities.ts';
import { checkAssignments } from './assignments.ts';
import { checkBoundaryEvent, checkEvent, checkLinks } from './events.ts';
import { checkFlow } from './flows.ts';
import { checkGateway } from './gateways.ts';
import type { Report } from './report.ts';
import { checkStarts } from './starts.ts';
import { surroundingsOf } from './surroundings.ts';

/** What can be said about a definition without running it: references, ids, flows and expressions. */
export function structureFindings(definition: ProcessDefinition): DefinitionFinding[] {
  const findings: DefinitionFinding[] = [];
  const report: Report = (code, elementId, message, severity = 'error') => findings.push({ code, severity, elementId, message });
  checkIds(definition, report, findings);
  const ids = new Set(allElements(definition).map(({ id }) => id));
  checkContainer(definition, undefined, definition, ids, report);
  checkAssignments(definition, new Set(definition.variables.map(({ name }) => name)), report);
  if (definition.subject !== undefined) checkExpression(definition.subject, 'subject', definition.key, report);
  return findings;
}

function checkIds(definition: ProcessDefinition, report: Report, findings: DefinitionFinding[]): void {
  const seen = new Set<string>();
  for (const { id } of [...allElements(definition), ...allFlows(definition)]) {
    if (seen.has(id)) report('DUPLICATE_ID', id, `Expected ids to be unique in the whole process, but ${id} is used twice`);
    seen.add(id);
    if (isReserved(id)) report('RESERVED_NAME', id, `Expected an id that is no member of every object, but ${id} is one`);
  }
  const names = new Set<string>();
  for (const [index, { name }] of definition.variables.entries()) {
    if (names.has(name)) findings.push({ code: 'DUPLICATE_VARIABLE', severity: 'error', path: `/variables/${index}`, message: `Expected variables to be declared once, but ${name} is declared twice` });
    names.add(name);
    if (isReserved(name)) findings.push({ code: 'RESERVED_NAME', severity: 'error', path: `/variables/${index}`, message: `Expected a name that is no member of every object, but ${name} is one` });
  }
}

/** State is looked up by id and name: `constructor` or `__proto__` would find what nobody put there. */
function isReserved(name: string): boolean {
  return name in {};
}

function checkContainer(container: FlowContainer, owner: FlowElement | undefined, definition: ProcessDefinition, allIds: ReadonlySet<string>, report: Report): void {
  const surroundings = surroundingsOf(container, owner, definition, allIds);
  checkStarts(surroundings, report);
  checkLinks(surroundings, report);
  for (const flow of container.sequenceFlows) {
    checkFlow(flow, surroundings, report);
    for (const { source, field } of flowExpressionSources(flow)) checkExpression(source, field, flow.id, report);
  }
  for (const element of container.flowElements) {
    checkElement(element, surroundings, report);
    for (const { source, field } of expressionSources(element)) checkExpression(source, field, element.id, report);
    if (isSubProcess(element)) checkContainer(element, element, definition, allIds, report);
  }
}

function checkElement(element: FlowElement, surroundings: ReturnType<typeof surroundingsOf>, report: Report): void {
  if ('default' in element && element.default !== undefined && !surroundings.outgoing(element.id).some((flow) => flow.id === element.default)) {
    report('DEFAULT_NOT_OUTGOING', element.id, `Expected the default flow of ${element.id} to leave it, but ${element.default} does not`);
  }
  if (element.type === 'boundaryEvent') checkBoundaryEvent(element, surroundings, report);
  checkEvent(element, surroundings, report);
  checkGateway(element, surroundings, report);
  checkActivity(element, surroundings, report);
}

function checkExpression(source: string, field: string, elementId: string, report: Report): void {
  try {
    parseFeelExpression(source);
  } catch (error) {
    report('EXPRESSION_UNPARSABLE', elementId, `Expected FEEL in ${field}, but ${error instanceof Error ? error.message : 'it cannot be parsed'}`);
  }
}
