import type { DefinitionFinding } from '../../failure.ts';
import { referencedId } from '../check-document.ts';
import type { BpmnDocument, BpmnElement } from '../document.ts';
import { attributeOf, childOf, descendantsOf, idOf, textOf } from '../element-access.ts';
import { isFeel } from '../expression-language.ts';
import { isKindOf, typeOfName } from '../metamodel.ts';

/** What a caller may decide about an import. */
export interface ImportOptions {
  /**
   * The FEEL for an expression in another language; undefined when it cannot be said in FEEL. `language` is the one
   * written at the expression, else the file's. Without this, only FEEL is taken.
   */
  readonly expression?: (text: string, language: string | undefined) => string | undefined;
}

/** One import: the document by id, and the findings so far. */
export class ImportContext {
  readonly document: BpmnDocument;
  readonly findings: DefinitionFinding[] = [];
  readonly #options: ImportOptions;
  readonly #byId = new Map<string, BpmnElement>();
  readonly #associated = new Map<string, string[]>();

  constructor(document: BpmnDocument, options: ImportOptions) {
    this.document = document;
    this.#options = options;
    for (const element of descendantsOf(document.definitions)) {
      const id = element.namespace === undefined ? idOf(element) : undefined;
      if (id !== undefined && !this.#byId.has(id)) this.#byId.set(id, element);
      if (element.name === 'bpmn:association') this.#addAssociation(element);
    }
  }

  #addAssociation(association: BpmnElement): void {
    const source = this.idOf(attributeOf(association, 'sourceRef'));
    const target = this.idOf(attributeOf(association, 'targetRef'));
    if (source !== undefined && target !== undefined) this.#associated.set(source, [...(this.#associated.get(source) ?? []), target]);
  }

  report(code: string, elementId: string, message: string, severity: DefinitionFinding['severity'] = 'error'): void {
    this.findings.push({ code, severity, elementId, message });
  }

  byId(id: string): BpmnElement | undefined {
    return this.#byId.get(id);
  }

  /** The element that an attribute or a text names. */
  resolve(reference: string | undefined): BpmnElement | undefined {
    const id = this.idOf(reference);
    return id === undefined ? undefined : this.byId(id);
  }

  /** The id that a reference names, without a prefix. */
  idOf(reference: string | undefined): string | undefined {
    return reference === undefined ? undefined : referencedId(this.document, reference);
  }

  /** FEEL out of a child that holds an expression. Undefined when there is none or it cannot be used; the latter is reported. */
  expression(element: BpmnElement, childName: string, ownerId: string): string | undefined {
    const child = childOf(element, childName);
    if (!child) return undefined;
    const language = attributeOf(child, 'language');
    // A text whose language is written is taken to the letter.
    return this.expressionText(language === undefined ? textOf(child).trim() : textOf(child), language, ownerId, childName.replace('bpmn:', ''));
  }

  /** FEEL out of a text in some language. An empty text is no expression. */
  expressionText(text: string, written: string | undefined, ownerId: string, field: string): string | undefined {
    if (text === '') return undefined;
    const language = written ?? attributeOf(this.document.definitions, 'expressionLanguage');
    const { expression } = this.#options;
    if (expression) {
      const translated = expression(text, language);
      if (translated === undefined) this.report('EXPRESSION_NOT_TRANSLATED', ownerId, `Expected ${field} to have a counterpart in FEEL, but it has none`);
      return translated;
    }
    // Camunda 8 writes FEEL behind an equals sign, with which no FEEL expression begins.
    if (isFeel(language)) return text.replace(/^\s*=(?!=)/, '');
    this.report('EXPRESSION_LANGUAGE_UNKNOWN', ownerId, `Expected ${field} in FEEL, but its language is ${language ?? 'unknown'}`);
    return undefined;
  }

  /** The activity at the other end of an association that leaves a compensation event; notes are associated too. */
  handlerOf(id: string): string | undefined {
    return this.#associated.get(id)?.find((target) => isKindOf(typeOfName(this.byId(target)?.name ?? ''), 'bpmn:Activity'));
  }

  /** A literal of ISO 8601 needs no language. */
  get translates(): boolean {
    return this.#options.expression !== undefined;
  }
}
