import { BankOutlined, KeyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { useIsDemo, useSignOn } from '../app/installation.tsx';
import type { MessageKey } from '../i18n/messages.ts';
import { useText } from '../i18n/use-text.ts';
import { StateMark } from '../status/state-mark.tsx';
import type { AuthRefusal } from './auth-door.ts';
import { CodeForm } from './code-form.tsx';
import { LoginFrame } from './login-frame.tsx';
import { offersPasskeysInField, passkeyObstacle, showPasskey } from './passkey.ts';
import { PasswordForm } from './password-form.tsx';
import { safeReturnPath, showSecondFactor } from './sign-in.ts';
import { signOnRefusal } from './sign-on-refusal.ts';

const notices: Readonly<Record<string, MessageKey>> = { expired: 'session.expired', link: 'session.linkUsed' };
/** A challenge of the server holds for five minutes: a page that waits longer, as on a shared device, asks for a fresh one. */
const freshChallengeMs = 4 * 60_000;

/** Name and password with a code where one has to follow; or a passkey, or the hospital's own sign-on. */
export function LoginPage(): ReactNode {
  const { t, of, locale } = useText();
  const [params] = useSearchParams();
  const isDemo = useIsDemo();
  const signOn = useSignOn();
  const [awaitsCode, setAwaitsCode] = useState(false);
  const [refusal, setRefusal] = useState<Pick<AuthRefusal, 'key' | 'code'> | undefined>(() => signOnRefusal(params.get('reason')));
  const notice = notices[params.get('reason') ?? ''];
  const next = safeReturnPath(params.get('next'));
  // A full load, so that nothing of the person before stays in memory.
  const goOn = (): void => window.location.assign(next);
  const passkey = usePasskey(goOn, setRefusal, !awaitsCode);

  if (awaitsCode) {
    return (
      <LoginFrame page="login" title="session.title">
        <h2>{t('factor.title')}</h2>
        <p className="muted">{t('factor.lead')}</p>
        <CodeForm
          action={t('session.submit')}
          onShow={async (shown) => {
            const result = await showSecondFactor(shown);
            if (result.kind === 'refused') return result;
            goOn();
            return undefined;
          }}
        />
        <button type="button" className="text-button" onClick={() => setAwaitsCode(false)}>
          {t('factor.startAgain')}
        </button>
      </LoginFrame>
    );
  }

  return (
    <LoginFrame page="login" title="session.title">
      {notice === undefined ? null : <p className="notice notice-attention" role="status"><StateMark state="attention" bare /> {t(notice)}</p>}
      <PasswordForm refusal={refusal} onSignedIn={goOn} onSecondFactor={() => setAwaitsCode(true)} />
      <div className="sign-in-ways">
        {passkey === undefined ? null : (
          <Button size="large" block icon={<KeyOutlined aria-hidden />} onClick={() => void passkey()}>
            {t('passkey.signIn')}
          </Button>
        )}
        {signOn.map(({ id, name }) => (
          <Button key={id} size="large" block icon={<BankOutlined aria-hidden />} href={`/api/auth/oidc/${id}/start?${new URLSearchParams({ returnTo: next, lang: locale })}`}>
            {t('session.signOn', { name: of(name) })}
          </Button>
        ))}
      </div>
      {isDemo ? <p className="muted small">{t('session.hint')}</p> : null}
    </LoginFrame>
  );
}

/** Offers passkeys in the field of the user name, and gives what the button does; undefined where this page can use none. */
function usePasskey(onSignedIn: () => void, onRefused: (refusal: Pick<AuthRefusal, 'key' | 'code'>) => void, isOffered: boolean): (() => Promise<void>) | undefined {
  const waiting = useRef<AbortController>(undefined);
  const answers = useRef({ onSignedIn, onRefused });
  useEffect(() => {
    answers.current = { onSignedIn, onRefused };
  });

  useEffect(() => {
    if (!isOffered) return undefined;
    let timer: number | undefined;
    async function offer(): Promise<void> {
      if (!(await offersPasskeysInField())) return;
      const abort = new AbortController();
      waiting.current = abort;
      timer = window.setTimeout(() => {
        abort.abort();
        void offer();
      }, freshChallengeMs);
      const shown = await showPasskey({ mediation: 'conditional', signal: abort.signal });
      if (shown.kind === 'done') answers.current.onSignedIn();
      // Nobody has asked for anything yet: only what was done with a passkey is worth a word.
      else if (shown.kind === 'refused' && shown.key.startsWith('passkey.') && shown.key !== 'passkey.address') answers.current.onRefused(shown);
    }
    void offer();
    return () => {
      window.clearTimeout(timer);
      waiting.current?.abort();
    };
  }, [isOffered]);

  if (passkeyObstacle() !== undefined) return undefined;
  return async () => {
    waiting.current?.abort();
    const shown = await showPasskey();
    if (shown.kind === 'done') onSignedIn();
    else onRefused(shown.kind === 'refused' ? shown : { key: 'passkey.stopped', code: '' });
  };
}
