import { allElements, allFlows, check, parseDefinition, type CheckFinding, type LocalizedText, type ProcessDefinition } from '#engine';
import { drawingOf, fromProcessDefinition, parseBpmnXml, processesOf, toProcessDefinition, type BpmnLimits, type Drawing } from '#bpmn';
import { wordsOf } from './finding-words.ts';

/** A process model as it comes in: a BPMN file, or a definition in its JSON form. */
export type ModelInput = { readonly kind: 'bpmn'; readonly xml: string } | { readonly kind: 'definition'; readonly json: unknown };

/** How far the runs of the processes are explored. */
export interface CheckBudget {
  readonly timeMs: number;
  readonly maximumStates: number;
}

/** One thing that the check has to say, in words. */
export interface ModelFinding {
  readonly code: string;
  readonly severity: CheckFinding['severity'];
  /** Absent for what the file as a whole is about. */
  readonly processId?: string;
  readonly elementId?: string;
  readonly elementName?: string;
  /** Where in the file, when no element can be named: `line 3, column 14`, or a JSON path. */
  readonly place?: string;
  readonly message: LocalizedText;
  /** Elements on the shortest way to the trouble. */
  readonly trace: readonly string[];
}

/** A process of the model. */
export interface CheckedProcess {
  readonly id: string;
  readonly name: LocalizedText;
  /** Without an error: it could be published as far as the check can tell. */
  readonly isExecutable: boolean;
  readonly definition?: ProcessDefinition;
  /** Whether every run was explored, some, or none (a process with errors has none). */
  readonly exploration: 'complete' | 'partial' | 'none';
}

/** What a check says. Without a picture, the findings say why nothing can be drawn. */
export interface ModelCheck {
  readonly processes: readonly CheckedProcess[];
  /** Errors first; at most `maximumFindings`. */
  readonly findings: readonly ModelFinding[];
  readonly findingCount: number;
  readonly picture?: Drawing;
}

/** A file with more has been understood long before; the count is told. */
export const maximumFindings = 500;
const rank = { error: 0, warning: 1, info: 2 };

/** Checks a model: import, structure, data, and runs as far as the budget goes. Takes its time: not for a thread that has others to answer. */
export function checkModel(input: ModelInput, budget: CheckBudget, limits: Partial<BpmnLimits> = {}): ModelCheck {
  const deadline = performance.now() + budget.timeMs;
  const explore = (definition: ProcessDefinition): readonly CheckFinding[] => check(definition, { exploration: { maximumStates: budget.maximumStates, shouldStop: () => performance.now() > deadline } });
  return input.kind === 'bpmn' ? checkBpmn(input.xml, explore, limits) : checkDefinition(input.json, explore);
}

type Explore = (definition: ProcessDefinition) => readonly CheckFinding[];
interface Named {
  readonly finding: CheckFinding;
  readonly processId?: string;
  readonly name: string | undefined;
}

function checkBpmn(xml: string, explore: Explore, limits: Partial<BpmnLimits>): ModelCheck {
  const { document, findings } = parseBpmnXml(xml, limits);
  if (!document) return answer([], findings.map((finding) => ({ finding, name: undefined })));
  const picture = drawingOf(document);
  const names = namesIn(picture);
  const processOf = new Map(picture.elements.map(({ id, processId }) => [id, processId]));
  const known = processesOf(document);
  const named: Named[] = findings.map((finding) => nameOf(finding, names, processOf.get(finding.elementId ?? '')));
  const processes = known.map(({ id, name = '' }): CheckedProcess => {
    const form = toProcessDefinition(document, id);
    const checked = form.definition ? explore(form.definition) : [];
    const own = [...form.findings, ...checked];
    named.push(...own.map((finding) => nameOf(finding, names.has(finding.elementId ?? '') ? names : new Map([[id, name]]), id)));
    return processFrom(id, form.definition?.name ?? { 'zh-CN': name || id, en: name || id }, form.definition, own);
  });
  if (known.length === 0) named.push({ finding: { code: 'PROCESS_NOT_FOUND', severity: 'error', message: 'Expected a process in the file, but it has none' }, name: undefined });
  // What is wrong with the file as a whole keeps each of its processes from being published.
  const isFileSound = findings.every(({ severity }) => severity !== 'error');
  return answer(processes.map((process) => ({ ...process, isExecutable: process.isExecutable && isFileSound })), named, picture);
}

/** What people call each element; a flow without a name by what it leads from and to. */
function namesIn({ elements, flows }: Drawing): ReadonlyMap<string, string> {
  const names = new Map(elements.map(({ id, name }) => [id, name]));
  const between = (source: string, target: string): string => (names.get(source) && names.get(target) ? `${names.get(source)} → ${names.get(target)}` : '');
  return new Map([...flows.map(({ flowId, name, source, target }) => [flowId, name || between(source, target)] as const), ...names]);
}

function checkDefinition(json: unknown, explore: Explore): ModelCheck {
  const parsed = parseDefinition(json);
  if (!parsed.ok) return answer([], parsed.findings.map((finding) => ({ finding, name: undefined })));
  const { definition } = parsed;
  const findings = explore(definition);
  const names = new Map([...allElements(definition), ...allFlows(definition), { id: definition.key, name: definition.name }].map(({ id, name }) => [id, name?.['zh-CN'] ?? '']));
  const named = findings.map((finding) => nameOf(finding, names, definition.key));
  const process = processFrom(definition.key, definition.name, definition, findings);
  // A picture is made by references: where they lead nowhere, there is none.
  if (findings.some(({ code }) => code === 'SOURCE_NOT_FOUND' || code === 'TARGET_NOT_FOUND' || code === 'ATTACHED_TO_NOTHING')) {
    return answer([process], [...named, { finding: { code: 'DEFINITION_NOT_DRAWN', severity: 'info', message: 'Expected references that lead somewhere, but some do not: the definition is not drawn' }, name: undefined }]);
  }
  return answer([process], named, drawingOf(fromProcessDefinition(definition)));
}

function nameOf(finding: CheckFinding, names: ReadonlyMap<string, string>, processId: string | undefined): Named {
  return { finding, ...(processId === undefined ? {} : { processId }), name: names.get(finding.elementId ?? '') };
}

function processFrom(id: string, name: LocalizedText, definition: ProcessDefinition | undefined, findings: readonly CheckFinding[]): CheckedProcess {
  const isExecutable = definition !== undefined && findings.every(({ severity }) => severity !== 'error');
  const wasExplored = definition !== undefined && !findings.some(({ code, severity }) => severity === 'error' && !foundByRunning.has(code));
  const isPartial = findings.some(({ code }) => code === 'EXPLORATION_LIMIT' || code === 'EXPLORED_IN_PARTS');
  return { id, name, isExecutable, exploration: !wasExplored ? 'none' : isPartial ? 'partial' : 'complete', ...(definition === undefined ? {} : { definition }) };
}

/** Errors that only exploring runs can find, or that do not keep runs from being explored: those of data. */
const foundByRunning: ReadonlySet<string> = new Set([
  'DEADLOCK', 'IMPROPER_COMPLETION', 'UNBOUNDED_TOKENS', 'LIVELOCK', 'ENDLESS_LOOP', 'NO_WAY_OUT', 'ERROR_UNCAUGHT',
  'VARIABLE_READ_UNSET', 'VARIABLE_WRONG_TYPE', 'UNKNOWN_NAME', 'UNKNOWN_FUNCTION', 'TYPE_MISMATCH', 'CONDITION_NOT_BOOLEAN', 'TIMER_INVALID', 'LITERAL_INVALID',
]);

function answer(processes: readonly CheckedProcess[], named: readonly Named[], picture?: Drawing): ModelCheck {
  const findings = named.toSorted((left, right) => rank[left.finding.severity] - rank[right.finding.severity]).slice(0, maximumFindings).map(({ finding, processId, name }): ModelFinding => {
    const { code, severity, elementId, path, trace = [] } = finding;
    return {
      code,
      severity,
      message: wordsOf(finding, name),
      trace,
      ...(processId === undefined ? {} : { processId }),
      ...(elementId === undefined ? {} : { elementId }),
      ...(name === undefined || name === '' ? {} : { elementName: name }),
      ...(path === undefined ? {} : { place: path }),
    };
  });
  return { processes, findings, findingCount: named.length, ...(picture === undefined ? {} : { picture }) };
}
