import type { BoxedExpression } from '../dmn/boxed-expression.ts';
import type { Decision, DecisionModel, DmnFinding } from '../dmn/decision-model.ts';
import { attribute, dmnChild, dmnChildren, type XmlElement } from '../dmn/xml/xml-element.ts';
import { same } from '../hit-policy.ts';
import { emptyCell, columnName, type RuleTable, type TableCell, type TableColumn, type TableRow } from '../table/table.ts';
import { readExtension, ruleExtensionSchema, type RuleExtension } from './extension.ts';
import { importedHead, type ImportedHead } from './imported-head.ts';
import type { PlacedColumn, TableOfDmn } from './imported-parts.ts';
import { renamed } from './renamed.ts';
import { annotationColumn, levelIn } from './table-head.ts';
import { visibleText } from './visible-text.ts';

/** A decision table as one of a rule set; without it, the findings say why not. */
export interface ImportedTable {
  readonly table?: RuleTable;
  /** Ids in the order of the document. */
  readonly order?: readonly string[];
  /** Whether Careloop wrote the file. */
  readonly isOwn: boolean;
  readonly findings: readonly DmnFinding[];
}

/** Reads the table of a decision, whose rows have the right number of cells. */
export function importedTable(decision: Decision, table: TableOfDmn, element: XmlElement, model: DecisionModel): ImportedTable {
  const head = importedHead(decision, table, element, model);
  if (!head.columns) return { isOwn: head.isOwn, findings: head.findings };
  const findings = [...head.findings];
  const tableElement = dmnChild(element, 'decisionTable');
  const rules = tableElement ? dmnChildren(tableElement, 'rule') : [];
  const ids = new Set<string>();
  const reader = new RowReader(decision, table, head.columns, head);
  const rows = table.rules.map((rule, index): TableRow => {
    const own = rules[index];
    const read = own && readExtension(own, 'rule', ruleExtensionSchema);
    if (read && 'problem' in read) findings.push({ code: 'EXTENSION_INVALID', severity: 'warning', elementId: rule.id ?? decision.id, message: `Expected what Careloop wrote beside row ${index + 1}, but ${read.problem}; the row is read without it` });
    const extension = read && 'value' in read ? read.value : undefined;
    const id = freeId(extension?.id ?? (own && attribute(own, 'id')) ?? '', index, ids);
    return reader.row(rule, index, id, extension);
  });
  const { columns, listed, order } = head;
  return { table: { format: 'careloop-rule-table/1', head: head.document, listed, columns: columns.map(({ column }) => column), rows }, ...(order ? { order } : {}), isOwn: head.isOwn, findings };
}

function freeId(wanted: string, index: number, taken: Set<string>): string {
  const plain = wanted.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 120);
  const base = /^[A-Za-z]/.test(plain) ? plain : `row-${index + 1}`;
  let id = base;
  for (let count = 2; taken.has(id); count += 1) id = `${base}-${count}`;
  taken.add(id);
  return id;
}

type DmnRow = (BoxedExpression & { readonly kind: 'decisionTable' })['rules'][number];

class RowReader {
  readonly #decision: Decision;
  readonly #table: TableOfDmn;
  readonly #columns: readonly PlacedColumn[];
  readonly #head: ImportedHead;

  constructor(decision: Decision, table: TableOfDmn, columns: readonly PlacedColumn[], head: ImportedHead) {
    this.#decision = decision;
    this.#table = table;
    this.#columns = columns;
    this.#head = head;
  }

  row(rule: DmnRow, index: number, id: string, extension: RuleExtension | undefined): TableRow {
    const kept = new Map((extension?.kept ?? []).map((cell) => [cell.column, cell]));
    const cells = this.#columns.map(({ column, from }): TableCell => {
      const text = from ? (rule[from.part][from.place] ?? '') : undefined;
      const exact = kept.get(columnName(column));
      // The schema's condition is the document's.
      if (exact && (text === undefined || exact.text === text)) return exact.cell as TableCell;
      if (text === undefined) return { text: this.#missingText(column, rule, index) };
      // A changed cell stays at its place among the conditions, so that a comparison shows that change alone.
      return { ...this.#cell(text, column), ...(exact?.cell.at ? { at: exact.cell.at } : {}) };
    });
    const name = this.#name(rule, index, extension);
    // As stored: an absent key is absent.
    const rest = (extension ? { ...extension.rest, name } : { name, event: { type: id } }) as TableRow['rest'];
    return { id, cells, rest };
  }

  #cell(text: string, column: TableColumn): TableCell {
    switch (column.kind) {
      case 'input':
        return text.trim() === '' ? emptyCell(column) : { text: renamed(text, 'unaryTests', this.#head.names) };
      case 'condition':
        return { text: text.trim() === '-' ? '' : renamed(text, 'expression', new Map([...this.#head.names, ...this.#head.conditionNames])) };
      case 'output':
        return { text: text.trim() === '-' ? '' : renamed(text, 'expression', this.#head.names) };
      case 'level':
        return { text: levelIn(text) ?? text };
      default:
        return { text };
    }
  }

  /** What a file that is not of Careloop's has no column for. A row without a source is of the lowest grade. */
  #missingText(column: TableColumn, rule: DmnRow, index: number): string {
    if (column.kind === 'message') return this.#foreignName(rule, index)[column.language];
    if (column.kind === 'source') return { grade: 'D', mark: 'G', reference: `DMN: ${this.#decision.name || this.#decision.id}, row ${index + 1}` }[column.part];
    return emptyCell(column).text;
  }

  #name(rule: DmnRow, index: number, extension: RuleExtension | undefined): TableRow['rest']['name'] {
    const known = extension?.rest.name ?? this.#foreignName(rule, index);
    const textOf = (language: 'zh-CN' | 'en'): string => {
      const place = this.#table.annotations.findIndex((name) => same(annotationColumn(name), { kind: 'name', language }));
      const shown = this.#head.isOwn && place >= 0 ? (rule.annotations[place] ?? '') : '';
      return shown === '' || shown === visibleText(known[language]) ? known[language] : shown;
    };
    return { 'zh-CN': textOf('zh-CN'), en: textOf('en') };
  }

  #foreignName({ description, annotations }: DmnRow, index: number): TableRow['rest']['name'] {
    const said = [description, ...annotations].find((text) => text !== undefined && text.trim() !== '')?.trim();
    return { 'zh-CN': said ?? `第 ${index + 1} 行`, en: said ?? `Row ${index + 1}` };
  }
}
