import type { LocalizedText } from '#engine';
import type { DmnDocument, DmnFinding } from '#dmn';
import { fromDmn, type RuleSetDmnFinding } from '#rule-set-dmn';
import { checkRuleSet, type RuleSetDocument } from '#rules';
import { wordsOf } from './finding-words.ts';

/** DMN XML, or a rule set in its own JSON form. */
export type FileFormat = 'dmn' | 'json';

/** One thing that a file is refused for, or that an owner should look at. */
export interface FileFinding {
  readonly code: string;
  readonly severity: DmnFinding['severity'];
  /** Absent for what the file as a whole is about. */
  readonly elementId?: string;
  readonly elementName?: string;
  /** Line and column of the XML, or a path into the JSON. */
  readonly place?: string;
  readonly ruleId?: string;
  /** Of a cell: its row, from 1, its column, and its text. */
  readonly row?: number;
  readonly column?: string;
  readonly text?: string;
  readonly message: LocalizedText;
}

/** A decision of the file; the only one of a JSON file is the rule set itself. */
export interface FileDecision {
  readonly decisionId: string;
  readonly name: string;
  /** What it would be as a rule set; absent when it cannot be one, and then there is an error among the findings. */
  readonly ruleSet?: RuleSetDocument;
  /** Whether the file says which domain owns it, what levels the rows have and so on. */
  readonly isOwn: boolean;
  /** Errors first; at most `maximumFindings`. */
  readonly findings: readonly FileFinding[];
  readonly findingCount: number;
}

/** What a file holds. */
export interface RuleSetFile {
  readonly format: FileFormat;
  readonly decisions: readonly FileDecision[];
  /** Of the file as a whole, and of what belongs to no decision; errors first, at most `maximumFindings`. */
  readonly findings: readonly FileFinding[];
  readonly findingCount: number;
}

/** A file with more has been understood long before; the count is told. */
export const maximumFindings = 500;

/** Reads a file: JSON if it begins like an object, else DMN. Takes its time: not for a thread that has others to answer. */
export function readRuleSetFile(content: string): RuleSetFile {
  return /^\uFEFF?\s*[[{]/.test(content) ? readJson(content) : readDmn(content);
}

function readDmn(xml: string): RuleSetFile {
  const { document, findings, ruleSets, remaining } = fromDmn(xml);
  const names = document ? namesIn(document) : new Map<string, string>();
  const nameOf = (finding: RuleSetDmnFinding): string | undefined => names.get(finding.elementId ?? '');
  const decisions = [
    ...ruleSets.map(({ decisionId, decision, ruleSet, isOwn, findings: own }) => ({ decisionId, name: decision, ruleSet, isOwn, ...worded(own, nameOf) })),
    ...remaining.map(({ decisionId, decision, reasons }) => ({ decisionId, name: decision, isOwn: false, ...worded(reasons, nameOf) })),
  ];
  const order = [...names.keys()];
  const ids = new Set(decisions.map(({ decisionId }) => decisionId));
  // What keeps a decision from being a rule set stands with it already.
  const others = findings.filter(({ severity, elementId }) => severity !== 'error' || !ids.has(elementId ?? ''));
  const empty: DmnFinding[] = document && decisions.length === 0 ? [{ code: 'DECISION_MISSING', severity: 'error', message: 'Expected a decision in the file, but it has none' }] : [];
  return { format: 'dmn', decisions: decisions.toSorted((left, right) => order.indexOf(left.decisionId) - order.indexOf(right.decisionId)), ...worded([...others, ...empty], nameOf) };
}

/** What people call the elements at the top of the file, in their order. */
function namesIn({ definitions }: DmnDocument): Map<string, string> {
  return new Map(definitions.children.flatMap((node): [string, string][] => {
    const { id, name } = 'attributes' in node ? node.attributes : {};
    return id === undefined && name === undefined ? [] : [[id ?? name ?? '', name || (id ?? '')]];
  }));
}

function readJson(text: string): RuleSetFile {
  const file = (decisions: readonly FileDecision[], findings: readonly RuleSetDmnFinding[]): RuleSetFile => ({ format: 'json', decisions, ...worded(findings, () => undefined) });
  let document: unknown;
  try {
    document = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return file([], [{ code: 'JSON_MALFORMED', severity: 'error', message: 'Expected a rule set as JSON, but the file is not well-formed JSON' }]);
  }
  const wrong = checkRuleSet(document).map(({ code, message, path, ruleId }): RuleSetDmnFinding => ({ code, severity: 'error', message: path === '' ? message : `${message} (${path})`, documentPath: path, ...(ruleId === undefined ? {} : { ruleId }) }));
  if (wrong.length > 0) return file([], wrong);
  // `checkRuleSet` has no finding for a rule set document only.
  const ruleSet = document as RuleSetDocument;
  return file([{ decisionId: ruleSet.key, name: ruleSet.name.en, ruleSet, isOwn: true, findings: [], findingCount: 0 }], []);
}

function worded(findings: readonly RuleSetDmnFinding[], nameOf: (finding: RuleSetDmnFinding) => string | undefined): Pick<RuleSetFile, 'findings' | 'findingCount'> {
  const sorted = [...findings.filter(({ severity }) => severity === 'error'), ...findings.filter(({ severity }) => severity !== 'error')].slice(0, maximumFindings);
  return {
    findingCount: findings.length,
    findings: sorted.map((finding): FileFinding => {
      const { code, severity, elementId, path, documentPath, ruleId, cell } = finding;
      const name = nameOf(finding);
      const place = path ?? documentPath;
      return {
        code,
        severity,
        message: wordsOf(finding, name),
        ...(elementId === undefined ? {} : { elementId }),
        ...(name === undefined ? {} : { elementName: name }),
        ...(place === undefined || place === '' ? {} : { place }),
        ...(ruleId === undefined ? {} : { ruleId }),
        ...(cell ? { row: cell.row, column: cell.column, text: cell.text } : {}),
      };
    }),
  };
}
