import { useRef, useState } from 'react';
import { useClient } from 'urql';
import { sendCommand, type Refusal } from '../graphql/command.ts';
import type { UntakenFile } from '../app/upload-failure-notice.tsx';
import type { Problem } from '../graphql/problem.ts';
import { checkModelDocument, type CheckedModel, type ModelInput } from './documents.ts';
import { readModel } from './read-model.ts';

/** How far the check of a file is. `key` tells one check from the next. */
export type ModelCheckStage =
  | { readonly stage: 'empty' }
  | { readonly stage: 'checking'; readonly file: File; readonly sinceMs: number }
  | { readonly stage: 'refused'; readonly file: File; readonly refusal: Refusal }
  | { readonly stage: 'problem'; readonly file: File; readonly problem: Problem }
  | { readonly stage: 'checked'; readonly file: File; readonly key: number; readonly model: CheckedModel };

/** Counted over the whole session: layouts are kept by it. */
let lastKey = 0;

/** Checks one file at a time; the answer about one that nobody waits for any more is dropped. */
export function useModelCheck(): { readonly stage: ModelCheckStage; readonly untaken: UntakenFile | undefined; readonly check: (file: File) => void; readonly forget: () => void } {
  const client = useClient();
  const [stage, setStage] = useState<ModelCheckStage>({ stage: 'empty' });
  const [untaken, setUntaken] = useState<UntakenFile>();
  const latest = useRef(0);

  async function run(file: File): Promise<void> {
    const key = (latest.current = lastKey += 1);
    const tell = (next: ModelCheckStage): void => {
      if (latest.current === key) setStage(next);
    };
    const sinceMs = Date.now();
    const read = await readModel(file);
    if (latest.current !== key) return;
    setUntaken(read.ok ? undefined : { name: file.name, failure: read.failure });
    if (!read.ok) return;
    tell({ stage: 'checking', file, sinceMs });
    const result = await sendCommand<CheckedModel, { input: ModelInput }>(client, checkModelDocument, { input: read.input });
    if (result.kind === 'accepted') tell({ stage: 'checked', file, key, model: result.payload });
    else tell(result.kind === 'refused' ? { stage: 'refused', file, refusal: result.refusal } : { stage: 'problem', file, problem: result.problem });
  }

  return {
    stage,
    untaken,
    check: (file) => void run(file),
    forget: () => {
      latest.current = lastKey += 1;
      setStage({ stage: 'empty' });
    },
  };
}
