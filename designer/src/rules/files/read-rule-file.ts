import { decodeText, maximumFileBytes } from '../../processes/read-model-file.ts';

/** Why a file was not sent; the words are those of the check of processes. */
export type RuleFileTrouble = 'tooLarge' | 'encoding' | 'unreadable';

export type ReadRuleFile = { readonly ok: true; readonly content: string } | { readonly ok: false; readonly trouble: RuleFileTrouble };

/** Reads a file that somebody chose, by its own encoding. */
export async function readRuleFile(file: Pick<File, 'size' | 'arrayBuffer'>): Promise<ReadRuleFile> {
  if (file.size > maximumFileBytes) return { ok: false, trouble: 'tooLarge' };
  let content: string | undefined;
  try {
    content = decodeText(new Uint8Array(await file.arrayBuffer()));
  } catch {
    return { ok: false, trouble: 'unreadable' };
  }
  if (content === undefined) return { ok: false, trouble: 'encoding' };
  // Another encoding may have been shorter.
  return new TextEncoder().encode(content).length > maximumFileBytes ? { ok: false, trouble: 'tooLarge' } : { ok: true, content };
}
