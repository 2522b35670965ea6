import { useMemo, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useText } from '../i18n/use-text.ts';
import { roleNames } from '../session/role-names.ts';
import { partsOf, type NamedStep } from './process-parts.ts';

/** Who does what in a process, which rule sets judge in it, and which processes it calls. */
export function PartsCards({ document }: { readonly document: unknown }): ReactNode {
  const text = useText();
  const { t, locale } = text;
  const { people, ruleSets, called } = useMemo(() => partsOf(document), [document]);
  const named = (steps: readonly NamedStep[]): string => steps.map(({ name, elementId }) => text.of(name, elementId)).join(locale === 'zh-CN' ? '、' : ', ');
  return (
    <div className="process-parts">
      <section className="card" aria-label={t('processes.people')}>
        <h2>{t('processes.people')}</h2>
        {people.length === 0 ? <p className="muted">{t('processes.people.none')}</p> : null}
        <ul>
          {people.map(({ roles, steps }) => (
            <li key={roles.join()}>
              <strong>{roles.length === 0 ? t('processes.people.anyone') : roleNames(roles, text)}</strong> {named(steps)}
            </li>
          ))}
        </ul>
      </section>
      <section className="card" aria-label={t('processes.rules')}>
        <h2>{t('processes.rules')}</h2>
        {ruleSets.length === 0 ? <p className="muted">{t('processes.rules.none')}</p> : null}
        <ul>
          {ruleSets.map(({ key, pinned, steps }) => (
            <li key={`${key}@${pinned ?? ''}`}>
              <Link className="underlined" to={`/rules/${key}`}>
                {key}
              </Link>{' '}
              {named(steps)} <span className="muted">{pinned === undefined ? t('rules.binding.inEffect') : t('rules.binding.pinned', { version: pinned })}</span>
            </li>
          ))}
        </ul>
      </section>
      {called.length === 0 ? null : (
        <section className="card" aria-label={t('processes.called')}>
          <h2>{t('processes.called')}</h2>
          <ul>
            {called.map(({ key, steps }) => (
              <li key={key}>
                <Link className="underlined" to={`/processes/of/${key}`}>
                  {key}
                </Link>{' '}
                {named(steps)}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
