/** Versions of DMN that are read, by the namespace of their models. Written is always 1.5. */
export const modelNamespaces: ReadonlyMap<string, string> = new Map([
  ['http://www.omg.org/spec/DMN/20151101/dmn.xsd', '1.1'],
  ['http://www.omg.org/spec/DMN/20180521/MODEL/', '1.2'],
  ['https://www.omg.org/spec/DMN/20191111/MODEL/', '1.3'],
  ['https://www.omg.org/spec/DMN/20211108/MODEL/', '1.4'],
  ['https://www.omg.org/spec/DMN/20230324/MODEL/', '1.5'],
]);

export const modelNamespace = 'https://www.omg.org/spec/DMN/20230324/MODEL/';
export const diagramNamespace = 'https://www.omg.org/spec/DMN/20230324/DMNDI/';
export const feelNamespace = 'https://www.omg.org/spec/DMN/20230324/FEEL/';
/** Careloop's own additions to a file: the unit of an item definition. */
export const careloopNamespace = 'urn:careloop:dmn:1';

const feelNamespaces: ReadonlySet<string> = new Set(['http://www.omg.org/spec/FEEL/20140401', 'http://www.omg.org/spec/DMN/20180521/FEEL/', 'https://www.omg.org/spec/DMN/20191111/FEEL/', 'https://www.omg.org/spec/DMN/20211108/FEEL/', feelNamespace]);
const diagramNamespaces: ReadonlySet<string> = new Set(['http://www.omg.org/spec/DMN/20180521/DMNDI/', 'https://www.omg.org/spec/DMN/20191111/DMNDI/', diagramNamespace]);

/** Whether an expression language is FEEL, whichever version or spelling names it. */
export function isFeel(language: string): boolean {
  return feelNamespaces.has(language) || /^feel$/i.test(language);
}

/** The namespace of DMN 1.5 in place of that of an older version; any other is kept. */
export function asCurrentNamespace(uri: string): string {
  if (modelNamespaces.has(uri)) return modelNamespace;
  if (feelNamespaces.has(uri)) return feelNamespace;
  return diagramNamespaces.has(uri) ? diagramNamespace : uri;
}
