import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useText } from '../../i18n/use-text.ts';
import { useViewer } from '../../session/viewer.tsx';
import { railEntries } from '../../shell/navigation.ts';
import type { RuleSetUse } from '../model.ts';

/** The steps of current process versions that ask the rule set, and by which version each judges. */
export function UsedIn({ uses }: { readonly uses: readonly RuleSetUse[] }): ReactNode {
  const text = useText();
  const { t } = text;
  const viewer = useViewer();
  const mayOpen = railEntries(viewer.roles).some(({ id }) => id === 'processes');
  return (
    <section className="card" aria-label={t('rules.usedIn')}>
      <h2>{t('rules.usedIn')}</h2>
      {uses.length === 0 ? <p className="muted">{t('rules.usedNowhere')}</p> : null}
      <ul className="plain-list">
        {uses.map((use) => (
          <li key={`${use.process.id}${use.elementId}`}>
            {mayOpen ? <Link className="underlined" to={`/processes/of/${use.process.key}`}>{text.of(use.process.name, use.process.key)}</Link> : text.of(use.process.name, use.process.key)} · {text.of(use.elementName, use.elementId)}{' '}
            <span className="muted">{use.binding === 'pinned' ? t('rules.binding.pinned', { version: use.version ?? '' }) : t('rules.binding.inEffect')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
