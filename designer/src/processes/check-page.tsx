import { Button } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { DropZone } from '../app/drop-zone.tsx';
import { Page } from '../app/page.tsx';
import { UploadFailureNotice } from '../app/upload-failure-notice.tsx';
import '../app/styles/processes.css';
import { ProblemNotice } from '../feedback/feedback.tsx';
import { RefusalNotice } from '../feedback/refusal-notice.tsx';
import { useText } from '../i18n/use-text.ts';
import { StateMark } from '../status/state-mark.tsx';
import { CheckResult } from './check-result.tsx';
import { useModelCheck, type ModelCheckStage } from './use-model-check.ts';

/** Choose or drop a file; see whether it can be executed, and why not. Nothing is stored. */
export function CheckPage(): ReactNode {
  const { t } = useText();
  const { stage, untaken, check, forget } = useModelCheck();
  const isWide = stage.stage === 'checked';
  return (
    <Page page="check" title="check.title" wide={isWide} ready aside={<Link to="/processes">{t('processes.title')}</Link>}>
      {stage.stage === 'empty' ? <p className="prose">{t('check.lead')}</p> : null}
      <DropZone accept=".bpmn,.xml,.json" hint={t('check.drop')} stage={stage.stage} isEmpty={stage.stage === 'empty'} isSmall={isWide} onFile={check} />
      {untaken === undefined ? null : <UploadFailureNotice {...untaken} />}
      <Progress stage={stage} onStop={forget} onRetry={check} />
      {stage.stage === 'checked' ? <CheckResult key={stage.key} checkKey={stage.key} fileName={stage.file.name} model={stage.model} /> : null}
    </Page>
  );
}

function Progress({ stage, onStop, onRetry }: { readonly stage: ModelCheckStage; readonly onStop: () => void; readonly onRetry: (file: File) => void }): ReactNode {
  const { t } = useText();
  if (stage.stage === 'empty' || stage.stage === 'checked') return null;
  if (stage.stage === 'checking') {
    return (
      <section className="notice" role="status" data-state={stage.stage}>
        <StateMark state="running" bare />
        <div>
          <p>
            {t('check.checking', { name: stage.file.name })} <Seconds sinceMs={stage.sinceMs} />
          </p>
          <Button size="small" onClick={onStop}>
            {t('check.stop')}
          </Button>
        </div>
      </section>
    );
  }
  const retry = <Button onClick={() => onRetry(stage.file)}>{t('common.retry')}</Button>;
  return stage.stage === 'refused' ? (
    <>
      <RefusalNotice refusal={stage.refusal} />
      {retry}
    </>
  ) : (
    <ProblemNotice problem={stage.problem} onRetry={() => onRetry(stage.file)} />
  );
}

/** How long somebody has waited; nothing in the first seconds. */
function Seconds({ sinceMs }: { readonly sinceMs: number }): ReactNode {
  const { t } = useText();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(Math.floor((Date.now() - sinceMs) / 1_000)), 1_000);
    return () => clearInterval(timer);
  }, [sinceMs]);
  return seconds < 2 ? null : <span className="muted nowrap">{t('check.seconds', { seconds })}</span>;
}
