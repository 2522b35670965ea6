import { join } from 'node:path';
import { runnerImport, type Plugin } from 'vite';
import type { documentTexts } from '../src/graphql/document-text.ts';
import { documentFiles, documentId } from './document-files.ts';

/** Lists the documents of the app beside its files, for the gateway, and tells the app their ids. */
export function trustedDocuments(root: string): Plugin {
  let texts: ReadonlyMap<string, string> = new Map();
  return {
    name: 'careloop-trusted-documents',
    apply: 'build',
    async config() {
      const load = async <Module>(file: string): Promise<Module> => (await runnerImport<Module>(file, { configFile: false, root })).module;
      const { documentTexts: read } = await load<{ documentTexts: typeof documentTexts }>(join(root, 'src/graphql/document-text.ts'));
      texts = read(await Promise.all(documentFiles(join(root, 'src')).map((file) => load<Record<string, unknown>>(file))));
      return { define: { careloopDocumentIds: JSON.stringify(Object.fromEntries([...texts].map(([name, text]) => [name, documentId(text)]))) } };
    },
    generateBundle() {
      const documents = Object.fromEntries([...texts.values()].map((text) => [documentId(text), text]));
      // A name with a dot first is not served.
      this.emitFile({ type: 'asset', fileName: '.documents.json', source: JSON.stringify({ format: 'careloop-documents/1', documents }) });
    },
  };
}
