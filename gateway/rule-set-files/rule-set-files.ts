import { createSideThread, type SideThreadAnswer, type SideThreadOptions } from '../side-thread/index.ts';
import type { FileSummary, ImportedDocument, TakenDecision, ThreadQuestion, WrittenFile, WrittenSource } from './rule-set-file-thread.ts';

/** Reads and writes files of rule sets beside the gateway's own work: a table of 10,000 rows takes seconds. */
export interface RuleSetFiles {
  /** What a file holds. */
  read(content: string): Promise<SideThreadAnswer<FileSummary>>;
  /** The document that a decision of a file becomes. */
  take(content: string, choice: TakenDecision): Promise<SideThreadAnswer<ImportedDocument>>;
  /** A document as DMN 1.5, if it is complete; with the file that it was read from, what is foreign there stays. */
  write(document: unknown, source?: WrittenSource): Promise<SideThreadAnswer<WrittenFile>>;
  close(): Promise<void>;
}

export function createRuleSetFiles(options: SideThreadOptions = {}): RuleSetFiles {
  const thread = createSideThread<ThreadQuestion, never>(new URL('./start-thread.mjs', import.meta.url), options);
  return {
    // The thread answers each kind of question with its own kind of answer.
    read: (content) => thread.ask({ kind: 'read', content }),
    take: (content, choice) => thread.ask({ kind: 'take', content, choice }),
    write: (document, source) => thread.ask({ kind: 'write', document, ...(source ? { source } : {}) }),
    close: () => thread.close(),
  };
}
