import { KeyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { Loading } from '../feedback/feedback.tsx';
import { useText } from '../i18n/use-text.ts';
import { AddPasskey } from '../me/security/add-passkey.tsx';
import { EnrolOneTimeCode } from '../me/security/enrol-one-time-code.tsx';
import { leave } from '../shell/shell.tsx';
import type { AuthRefusal } from './auth-door.ts';
import { AuthRefusalNotice } from './auth-refusal-notice.tsx';
import { LoginFrame } from './login-frame.tsx';
import { passkeyObstacle, showPasskey } from './passkey.ts';
import { useSecurityOverview, type SecurityOverview } from './security-overview.ts';
import { safeReturnPath } from './sign-in.ts';

/** For who must have a second factor: brings the first one, or asks for the passkey that is there. Nothing else is reached before. */
export function SecondFactorPage(): ReactNode {
  const { t } = useText();
  const [params] = useSearchParams();
  const { state } = useSecurityOverview();
  const next = safeReturnPath(params.get('next'));
  if (state.kind === 'refused' && state.code === 'UNAUTHENTICATED') return <Navigate to="/login" replace />;
  if (state.kind === 'ready' && !state.overview.isMissing) return <Navigate to={next} replace />;
  return (
    <LoginFrame page="second-factor" title="enrol.title" ready={state.kind !== 'loading'}>
      <h2>{t('enrol.title')}</h2>
      {state.kind === 'loading' ? <Loading /> : null}
      {state.kind === 'refused' ? <AuthRefusalNotice refusal={state} /> : null}
      {state.kind === 'ready' ? <Choice overview={state.overview} onDone={() => window.location.assign(next)} /> : null}
    </LoginFrame>
  );
}

function Choice({ overview, onDone }: { readonly overview: SecurityOverview; readonly onDone: () => void }): ReactNode {
  const { t } = useText();
  const [way, setWay] = useState<'oneTimeCode' | 'passkey' | undefined>();
  const [refusal, setRefusal] = useState<Pick<AuthRefusal, 'key' | 'code'> | undefined>();
  const { person, passkeys } = overview;
  const back = (
    <button type="button" className="text-button" onClick={() => void leave(person.id)}>
      {t('enrol.leave')}
    </button>
  );

  async function show(): Promise<void> {
    const shown = await showPasskey();
    if (shown.kind === 'done') onDone();
    else setRefusal(shown.kind === 'refused' ? shown : { key: 'passkey.stopped', code: '' });
  }

  if (passkeys.length > 0) {
    return (
      <>
        <p>{t('enrol.showPasskey', { name: person.displayName })}</p>
        <Button type="primary" size="large" block icon={<KeyOutlined aria-hidden />} onClick={() => void show()}>
          {t('passkey.signIn')}
        </Button>
        <div className="sign-in-answer">
          <AuthRefusalNotice refusal={refusal} />
        </div>
        {back}
      </>
    );
  }
  if (way === 'oneTimeCode') return <EnrolOneTimeCode onDone={onDone} onClose={() => setWay(undefined)} />;
  if (way === 'passkey') return <AddPasskey onDone={onDone} onClose={() => setWay(undefined)} />;
  return (
    <>
      <p>{t('enrol.why', { name: person.displayName })}</p>
      <div className="sign-in-ways">
        <Button type="primary" size="large" block onClick={() => setWay('oneTimeCode')}>
          {t('enrol.oneTimeCode')}
        </Button>
        {passkeyObstacle() === undefined ? (
          <Button size="large" block onClick={() => setWay('passkey')}>
            {t('enrol.passkey')}
          </Button>
        ) : (
          <p className="muted small">{t(`passkey.obstacle.${passkeyObstacle() ?? 'browser'}`)}</p>
        )}
      </div>
      {back}
    </>
  );
}
