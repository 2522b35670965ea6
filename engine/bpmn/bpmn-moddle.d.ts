/** The part of bpmn-moddle that is used here: its metamodel of BPMN 2.0. */
declare module 'bpmn-moddle' {
  export interface PropertyDescriptor {
    readonly name: string;
    readonly ns: { readonly name: string; readonly prefix: string; readonly localName: string };
    readonly type: string;
    readonly isAttr?: boolean;
    readonly isReference?: boolean;
    readonly isMany?: boolean;
    readonly isBody?: boolean;
  }
  export interface TypeDescriptor {
    readonly name: string;
    readonly allTypes: readonly { readonly name: string }[];
    readonly properties: readonly PropertyDescriptor[];
  }
  export interface ParseResult {
    readonly rootElement: object;
    readonly warnings: readonly { readonly message: string }[];
  }
  export class BpmnModdle {
    readonly registry: {
      readonly typeMap: Readonly<Record<string, unknown>>;
      getEffectiveDescriptor(name: string): TypeDescriptor;
    };
    fromXML(xml: string): Promise<ParseResult>;
    toXML(element: object, options?: { readonly format?: boolean }): Promise<{ readonly xml: string }>;
  }
}
