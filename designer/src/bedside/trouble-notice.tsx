import type { ReactNode } from 'react';
import { ProblemCode } from '../feedback/feedback.tsx';
import { useText } from '../i18n/use-text.ts';
import type { MessageKey } from '../i18n/messages.ts';
import { StateMark } from '../status/state-mark.tsx';
import type { Trouble } from './scan-machine.ts';

const sentences: Readonly<Record<Exclude<Trouble['kind'], 'refused' | 'problem'>, MessageKey>> = {
  unknownWristband: 'bedside.unknownWristband',
  noSuchPatient: 'bedside.manual.noPatient',
  nothingDue: 'bedside.notDue',
  ended: 'bedside.taskEnded',
  expired: 'bedside.expired',
};

/** Each trouble has its own sentence; it stays until the next scan. */
export function TroubleNotice({ trouble }: { readonly trouble: Trouble }): ReactNode {
  const { t } = useText();
  const words = trouble.kind === 'problem' ? t(trouble.problem.kind === 'network' ? 'bedside.network' : 'problem.unexpected') : trouble.kind === 'refused' ? trouble.refusal.message : t(sentences[trouble.kind]);
  return (
    <div className="band band-attention" role="alert" data-state={trouble.kind}>
      <StateMark state="attention" bare />
      <div>
        <p>{words}</p>
        {trouble.kind === 'problem' ? <ProblemCode code={trouble.problem.code} /> : trouble.kind === 'refused' ? <ProblemCode code={trouble.refusal.checkCode ?? trouble.refusal.code} /> : null}
      </div>
    </div>
  );
}
