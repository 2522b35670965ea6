import { check, simulate, type CheckFinding, type ProcessDefinition, type Script, type ScriptStep, type SimulationResult, type Variables } from '#engine';
import { parseBpmnXml, processesOf, toProcessDefinition } from '#bpmn';
import { file, type Container } from './model.ts';

/** One small model and what the standard says that it does. */
export interface LanguageCase extends Container {
  /** What is shown, with the section of BPMN 2.0.2 or the workflow pattern. */
  readonly title: string;
  readonly others?: Readonly<Record<string, Container>>;
  readonly roots?: readonly string[];
  /** Values at the start. */
  readonly variables?: Variables;
  /** Processes that wait before `P` starts. */
  readonly startFirst?: readonly string[];
  /** The start, where it is by an event. */
  readonly start?: Omit<Extract<ScriptStep, { start: unknown }>['start'], 'variables'>;
  /** What happens after the start; ten minutes pass at the end in any case. */
  readonly steps?: readonly ScriptStep[];
  /** Ids of the logging elements in order, those of other processes behind; with `anyOrder`, the order does not count. */
  readonly trace: string;
  readonly anyOrder?: boolean;
  /** Whether it is played on Temporal too. */
  readonly temporal?: boolean;
  /** `completed` when absent. */
  readonly status?: string;
  /** Codes of open incidents; none when absent. */
  readonly incidents?: readonly string[];
  /** Final values of some variables. */
  readonly result?: Variables;
}

/** The processes of a file, the first one first, and every finding of the import and the check; `given` are variables that every start sets. */
export function readFile(source: string, given: readonly string[] = []): { readonly definitions: readonly ProcessDefinition[]; readonly findings: readonly CheckFinding[] } {
  const { document, findings } = parseBpmnXml(Buffer.from(source));
  if (!document) return { definitions: [], findings };
  const forms = processesOf(document).map(({ id }) => toProcessDefinition(document, id));
  const required = (definition: ProcessDefinition): ProcessDefinition => ({ ...definition, variables: definition.variables.map((variable) => (given.includes(variable.name) ? { ...variable, required: true } : variable)) });
  const definitions = forms.flatMap(({ definition }) => (definition ? [required(definition)] : []));
  return { definitions, findings: [...findings, ...forms.flatMap((form) => form.findings), ...definitions.flatMap((definition) => check(definition))] };
}

/** What a case's file says, errors of the import and the check included. */
export function definitionsOf(test: LanguageCase): ReturnType<typeof readFile> {
  return readFile(file(test, test), Object.keys(test.variables ?? {}));
}

export function scriptOf({ startFirst = [], variables = {}, start = {}, steps = [] }: LanguageCase): Script {
  const first = startFirst.map((process): ScriptStep => ({ start: { variables: {}, process } }));
  return { format: 'careloop-script/1', steps: [...first, { start: { variables, ...start } }, ...steps, { advance: 'PT10M' }] };
}

/** Plays a case in the simulator. */
export function playCase(test: LanguageCase, [definition, ...processes]: readonly ProcessDefinition[]): SimulationResult {
  if (!definition) throw new Error(`Expected a process to play, but ${test.title} has none`);
  return simulate(definition, scriptOf(test), { processes });
}

/** What a case logs, out of the elements that worked in each instance: those of script tasks, and of elements that its trace names. */
export function traceOf({ trace, anyOrder = false }: LanguageCase, definitions: readonly ProcessDefinition[], worked: readonly (readonly string[])[]): string {
  const logged = new Set([...trace.split(' '), ...definitions.flatMap(scriptTasksOf)]);
  const seen = worked.flat().filter((id) => logged.has(id));
  return (anyOrder ? seen.sort() : seen).join(' ');
}

function scriptTasksOf({ flowElements }: Pick<ProcessDefinition, 'flowElements'>): string[] {
  return flowElements.flatMap((element) => ('flowElements' in element ? scriptTasksOf(element) : element.type === 'scriptTask' ? [element.id] : []));
}
