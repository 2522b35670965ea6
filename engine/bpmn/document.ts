import { z } from 'zod';

/**
 * A BPMN 2.0 file as JSON: the element tree with its diagrams, lanes and foreign extensions, nothing left out.
 * References are ids, as in the XML. Names of BPMN, its diagrams and Careloop have fixed prefixes
 * (`bpmn:userTask`, `bpmndi:BPMNShape`, `careloop:fields`), whatever the XML calls them.
 */
export interface BpmnDocument {
  readonly format: 'careloop-bpmn/1';
  /** Namespace by prefix as the root of the XML declares them; `''` is the default namespace. */
  readonly prefixes: Readonly<Record<string, string>>;
  readonly definitions: BpmnElement;
}

/** An element: either `text` or `children`, or neither. */
export interface BpmnElement {
  readonly name: string;
  /** Of a foreign element; `''` for one without a namespace. */
  readonly namespace?: string | undefined;
  /** Text as in the XML, default values included. */
  readonly attributes?: Readonly<Record<string, string>> | undefined;
  readonly text?: string | undefined;
  readonly children?: readonly BpmnNode[] | undefined;
}

/** Text stands among children only where elements and text are mixed. */
export type BpmnNode = BpmnElement | { readonly text: string } | { readonly comment: string } | { readonly instruction: string };

const nodeSchema: z.ZodType<BpmnNode> = z.lazy(() =>
  z.union([elementSchema, z.strictObject({ text: z.string() }), z.strictObject({ comment: z.string() }), z.strictObject({ instruction: z.string() })]),
);
const elementSchema: z.ZodType<BpmnElement> = z.lazy(() =>
  z
    .strictObject({
      name: z.string().min(1),
      namespace: z.string().optional(),
      attributes: z.record(z.string(), z.string()).optional(),
      text: z.string().optional(),
      children: z.array(nodeSchema).optional(),
    })
    .refine((element) => element.text === undefined || element.children === undefined, 'Expected either text or children'),
);

/** Checks a document that comes from outside, for example out of a store. */
export const bpmnDocumentSchema: z.ZodType<BpmnDocument> = z.strictObject({
  format: z.literal('careloop-bpmn/1'),
  prefixes: z.record(z.string(), z.string()),
  definitions: elementSchema,
});
