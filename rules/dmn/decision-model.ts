import type { BoxedExpression, InformationItem } from './boxed-expression.ts';

/**
 * The executable part of a DMN 1.5 file as JSON: what is decided, from which data, by which logic. Elements refer to each
 * other by id. Diagrams and foreign extensions are in the `DmnDocument`. DMN 1.5 §6 and §7.
 */
export interface DecisionModel {
  readonly format: 'careloop-decisions/1';
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  /** Other models that this one uses; references to their elements are `namespace#id`. */
  readonly imports?: readonly ModelImport[];
  readonly itemDefinitions: readonly ItemDefinition[];
  readonly inputData: readonly InputData[];
  readonly decisions: readonly Decision[];
  readonly businessKnowledgeModels: readonly BusinessKnowledgeModel[];
  readonly decisionServices: readonly DecisionService[];
  readonly knowledgeSources: readonly DrgElement[];
}

/** A model that is used under a name, which goes before those of its elements and types; none does where it is empty. DMN 1.5 §6.3.3. */
export interface ModelImport {
  readonly name: string;
  readonly namespace: string;
  /** The namespace of the language: that of DMN where it is absent. */
  readonly importType?: string;
  readonly locationURI?: string;
}

/** A type of the model. DMN 1.5 §7.3.2. */
export interface ItemDefinition {
  readonly name: string;
  readonly isCollection?: boolean;
  /** The type that it is made of: FEEL's own, or another item definition. */
  readonly typeRef?: string;
  readonly components?: readonly ItemDefinition[];
  /** Unary tests that each value (each item of a collection) holds. */
  readonly allowedValues?: string;
  /** Unary tests that the value as a whole holds. DMN 1.5. */
  readonly typeConstraint?: string;
  readonly functionItem?: { readonly parameters: readonly InformationItem[]; readonly outputTypeRef?: string };
  /** UCUM unit, from the extension element `unit` of Careloop's namespace. */
  readonly unit?: string;
}

export interface DrgElement {
  readonly id: string;
  readonly name: string;
}

export interface InputData extends DrgElement {
  readonly variable: InformationItem;
}

/** What an element needs: input data and decisions, knowledge to call, and the sources that it answers to. DMN 1.5 §6.3.11 to §6.3.13. */
export interface Requirements {
  readonly information: readonly string[];
  readonly knowledge: readonly string[];
  readonly authority: readonly string[];
}

export interface Decision extends DrgElement {
  readonly variable: InformationItem;
  readonly question?: string;
  readonly allowedAnswers?: string;
  readonly requirements: Requirements;
  readonly expression?: BoxedExpression;
}

/** A function of the model. `logic` is absent where it is only drawn. */
export interface BusinessKnowledgeModel extends DrgElement {
  readonly variable: InformationItem;
  readonly requirements: Requirements;
  readonly logic?: BoxedExpression & { readonly kind: 'function' };
}

/** Decisions that are asked for together and can be called as a function. All by id. DMN 1.5 §10.4. */
export interface DecisionService extends DrgElement {
  readonly variable: InformationItem;
  readonly outputDecisions: readonly string[];
  readonly encapsulatedDecisions: readonly string[];
  readonly inputDecisions: readonly string[];
  readonly inputData: readonly string[];
}

/** What is wrong with a file or model, by element. An error says that the element cannot be executed: it gives null. */
export interface DmnFinding {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly elementId?: string;
  /** What the message is about beside the element: a fact, a required decision, a text of the file. */
  readonly subject?: string;
  /** Line and column in the file, for text that is no XML. */
  readonly path?: string;
}
