import type { ReactNode } from 'react';
import { ProblemCode } from '../feedback/feedback.tsx';
import type { Patient } from '../graphql/model.ts';
import { useText, type Text } from '../i18n/use-text.ts';
import type { MessageKey } from '../i18n/messages.ts';
import { StateMark } from '../status/state-mark.tsx';
import type { Trouble } from './scan-machine.ts';

const sentences: Readonly<Record<Exclude<Trouble['kind'], 'refused' | 'problem' | 'otherWristband'>, MessageKey>> = {
  unknownWristband: 'bedside.unknownWristband',
  noSuchPatient: 'bedside.manual.noPatient',
  nothingDue: 'bedside.notDue',
  ended: 'bedside.taskEnded',
  expired: 'bedside.expired',
};

export interface TroubleNoticeProps {
  readonly trouble: Trouble;
  /** The patient whose doses are shown. */
  readonly current: Patient | undefined;
  /** True once the checks have passed and only the record is still to arrive. */
  readonly isUnsent: boolean;
}

function wordsOf({ trouble, current, isUnsent }: TroubleNoticeProps, { t }: Pick<Text, 't'>): string {
  switch (trouble.kind) {
    case 'problem': {
      const isNetwork = trouble.problem.kind === 'network';
      if (isUnsent) return t(isNetwork ? 'bedside.unsent' : 'bedside.unsent.unexpected');
      return t(isNetwork ? 'bedside.network' : 'problem.unexpected');
    }
    case 'refused':
      return trouble.refusal.message;
    case 'otherWristband':
      return t('bedside.otherWristband', { other: trouble.patient.name, current: current?.name ?? t('common.noData') });
    default:
      return t(sentences[trouble.kind]);
  }
}

/** Each trouble has its own sentence; it stays until the next scan. */
export function TroubleNotice(props: TroubleNoticeProps): ReactNode {
  const { trouble } = props;
  const text = useText();
  const words = wordsOf(props, text);
  const advice = trouble.kind === 'refused' ? text.lookup(`advice.${trouble.refusal.code}`, '') : '';
  return (
    <div className="band band-attention" role="alert" data-state={trouble.kind}>
      <StateMark state="attention" bare />
      <div>
        <p>{words}</p>
        {advice === '' ? null : <p>{advice}</p>}
        {trouble.kind === 'problem' ? <ProblemCode code={trouble.problem.code} /> : trouble.kind === 'refused' ? <ProblemCode code={trouble.refusal.checkCode ?? trouble.refusal.code} /> : null}
      </div>
    </div>
  );
}
