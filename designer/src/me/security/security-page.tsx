import type { ReactNode } from 'react';
import { Page } from '../../app/page.tsx';
import { Loading } from '../../feedback/feedback.tsx';
import { useText } from '../../i18n/use-text.ts';
import { OwnLicenceNotices } from '../../licences/own-licence-notices.tsx';
import { AuthRefusalNotice } from '../../session/auth-refusal-notice.tsx';
import { useSecurityOverview, type SecurityOverview } from '../../session/security-overview.ts';
import { StateMark } from '../../status/state-mark.tsx';
import { SessionsSection } from '../sessions/sessions-section.tsx';
import { OneTimeCodeSection } from './one-time-code-section.tsx';
import { PasskeySection } from './passkey-section.tsx';
import { PasswordSection } from './password-section.tsx';
import type { SecuritySectionProps } from './section.ts';

/** The page's parts, in order. */
const sections: readonly ((props: SecuritySectionProps) => ReactNode)[] = [PasskeySection, OneTimeCodeSection, PasswordSection, SessionsSection];

/** With what one signs in: passkeys, one-time code, password; and where one is signed in. */
export function SecurityPage(): ReactNode {
  const { t } = useText();
  const { state, reload } = useSecurityOverview();
  return (
    <Page page="security" title="security.title" ready={state.kind !== 'loading'}>
      <OwnLicenceNotices />
      {state.kind === 'loading' ? <Loading /> : null}
      {state.kind === 'refused' ? <AuthRefusalNotice refusal={state} /> : null}
      {state.kind === 'ready' ? (
        <>
          <Standing overview={state.overview} />
          {sections.map((Section, index) => (
            <Section key={index} overview={state.overview} onChange={reload} />
          ))}
        </>
      ) : null}
      <p className="muted small">{t('security.record')}</p>
    </Page>
  );
}

/** How this session came to be, and whether a second factor is wanted. */
function Standing({ overview: { authenticatedBy, demand, oneTimeCode, passkeys } }: { readonly overview: SecurityOverview }): ReactNode {
  const { t, lookup } = useText();
  const hasFactor = oneTimeCode !== null || passkeys.length > 0;
  return (
    <section className="notice" aria-label={t('security.standing')}>
      <StateMark state={hasFactor ? 'done' : 'attention'} bare />
      <div>
        <p>{t(hasFactor ? 'security.hasFactor' : 'security.noFactor')}</p>
        <p className="muted">
          {t('security.signedInBy', { way: lookup(`security.by.${authenticatedBy}`, authenticatedBy) })} {t(`security.demand.${demand}`)}
        </p>
      </div>
    </section>
  );
}
