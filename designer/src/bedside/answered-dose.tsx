import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';
import { DoseLine } from './dose-line.tsx';
import type { Context } from './scan-machine.ts';

const answeredAt: ReadonlySet<string> = new Set(['submitting', 'unsent', 'pending', 'submitted', 'refused']);

/** Which dose it is that was just answered: it stays in sight until the next wristband, whatever became of the record. */
export function AnsweredDose({ at, context }: { readonly at: string; readonly context: Context }): ReactNode {
  const { t } = useText();
  const dose = context.verified?.dose ?? context.identified?.doses.find(({ task }) => task.id === context.chosenTaskId);
  if (!answeredAt.has(at) || dose === undefined) return null;
  return (
    <section className="card answered" aria-label={t('bedside.thisDose')}>
      <DoseLine dose={dose} />
    </section>
  );
}
