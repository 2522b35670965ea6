import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DefinitionFinding, ProcessDefinition } from '#engine';
import { parseBpmnXml, processesOf, toProcessDefinition, type BpmnDocument, type BpmnElement } from '#bpmn';
import { applyWords } from './apply-words.ts';
import { expectedSchema, type BetsyTest } from './expected-json.ts';
import { translateExpression } from './translate-expression.ts';

/** One test of the suite, ready for a simulator or a real shell. */
export interface BetsyCase {
  readonly group: string;
  readonly name: string;
  /** All processes of the file; the one that the test starts comes first. */
  readonly definitions: readonly ProcessDefinition[];
  /** Why a process of the file is refused; such a process is not among the definitions. */
  readonly refusals: readonly DefinitionFinding[];
  readonly startProcessId: string;
  /** Processes that wait before the tested one starts; they get no variables. */
  readonly startFirst: readonly string[];
  readonly variables: Readonly<Record<string, string | number>>;
  /** How long the test has to run at least, timers and waiting words included. */
  readonly runMs: number;
  /** By element id. */
  readonly words: ReadonlyMap<string, string>;
  readonly expect: BetsyTest['expect'];
  readonly endState: string;
  readonly confidence: string;
  /** Tokens of other readings of the standard. */
  readonly alternatives: readonly (readonly string[])[];
}

const root = join(import.meta.dirname, '../../../../shared/bpmn/betsy');

/** The groups that are there; none where the suite is absent. */
export function betsyGroups(): string[] {
  return existsSync(root) ? readdirSync(root).filter((name) => existsSync(join(root, name, 'expected.json'))).sort() : [];
}

/** Every test of every group that is there. Throws for a text that the suite's page does not list. */
export function betsyCases(): BetsyCase[] {
  return betsyGroups().flatMap((group) => {
    const { processes } = expectedSchema.parse(JSON.parse(readFileSync(join(root, group, 'expected.json'), 'utf8')));
    return processes.flatMap(({ file, startProcessId, timers = [], tests }) => {
      const model = readModel(join(root, group, file), startProcessId);
      const timersMs = timers.map(durationMs).reduce((sum, each) => sum + each, 0);
      return tests.map(({ expect, endState, confidence, name, variables, startFirst, delayMs, alternatives = [] }): BetsyCase => ({
        group, name, ...model, startProcessId, startFirst, variables, runMs: 60_000 + Math.max(delayMs, timersMs), expect, endState, confidence, alternatives,
      }));
    });
  });
}

function readModel(file: string, startProcessId: string): Pick<BetsyCase, 'definitions' | 'refusals' | 'words'> {
  const { document, findings } = parseBpmnXml(readFileSync(file));
  if (!document) throw new Error(`Expected ${file} to be BPMN, but ${findings.map(({ message }) => message).join('; ')}`);
  const words = wordsOf(document);
  const refusals: DefinitionFinding[] = findings.filter(({ severity }) => severity === 'error');
  const ids = processesOf(document).map(({ id }) => id).sort((left, right) => Number(right === startProcessId) - Number(left === startProcessId));
  const definitions = ids.flatMap((id) => {
    const form = toProcessDefinition(document, id, { expression: translateExpression });
    const unknown = form.findings.find(({ code }) => code === 'EXPRESSION_NOT_TRANSLATED');
    if (unknown) throw new Error(`Expected only texts that the suite's page lists, but in ${file}: ${unknown.elementId ?? ''} ${unknown.message}`);
    refusals.push(...form.findings.filter(({ severity }) => severity === 'error'));
    return form.definition ? [applyWords(form.definition, words)] : [];
  });
  return { definitions, refusals, words };
}

/** The word in the script of each script task, inside global tasks too. */
function wordsOf(document: BpmnDocument): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  const visit = (element: BpmnElement): void => {
    for (const child of element.children ?? []) {
      if (!('name' in child)) continue;
      if (child.name === 'bpmn:script') words.set(element.attributes?.['id'] ?? '', (child.text ?? '').trim());
      visit(child);
    }
  };
  visit(document.definitions);
  return words;
}

function durationMs(text: string): number {
  const [, times, hours = '0', minutes = '0', seconds = '0'] = /^(?:R(\d*)\/)?PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(text) ?? [];
  return Number(times ?? 1) * ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
}
