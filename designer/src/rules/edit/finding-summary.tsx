import type { ReactNode } from 'react';
import type { RuleSetDocument } from '#rules';
import { useText } from '../../i18n/use-text.ts';
import { StateMark } from '../../status/state-mark.tsx';
import type { RuleFinding } from '../model.ts';

/** Findings that are listed; one mistake in a declaration may show at every rule. */
const listed = 20;

/** What keeps the draft from being reviewed, each with its rule and its place. */
export function FindingSummary({ findings, document }: { readonly findings: readonly RuleFinding[]; readonly document: RuleSetDocument | undefined }): ReactNode {
  const text = useText();
  const { t } = text;
  if (findings.length === 0) return null;
  const nameOf = (ruleId: string): string => text.of(document?.rules.find(({ id }) => id === ruleId)?.name, ruleId);
  return (
    <section className="notice notice-failed" aria-label={t('rules.findings')}>
      <StateMark state="failed" bare />
      <div>
        <p>
          <strong>{t('rules.findings.count', { count: findings.length })}</strong>
        </p>
        <ul className="plain-list">
          {findings.slice(0, listed).map(({ code, path, ruleId, message }, index) => (
            <li key={`${path}${index}`} data-code={code}>
              {text.lookup(`rules.finding.${code}`, code)}
              {ruleId == null ? '' : `: ${nameOf(ruleId)}`} <code>{path}</code>
              <span className="muted small block" lang="en">
                {message}
              </span>
            </li>
          ))}
        </ul>
        {findings.length > listed ? <p className="muted">{t('rules.findings.more', { count: findings.length - listed })}</p> : null}
      </div>
    </section>
  );
}
