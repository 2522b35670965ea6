import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { RelatedInstance } from '../graphql/model.ts';
import { useText } from '../i18n/use-text.ts';
import { CaseMark } from './case-mark.tsx';
import type { InstanceDetail } from './documents.ts';
import { instanceNumber } from './instance-number.ts';

function Related({ instance }: { readonly instance: RelatedInstance }): ReactNode {
  const text = useText();
  return (
    <span className="related">
      <Link to={`/instances/${instance.processInstanceId}`}>
        {text.of(instance.definition.name)} {instanceNumber(instance)}
      </Link>
      <CaseMark instance={{ status: instance.status, incidents: [] }} />
    </span>
  );
}

/** The case that runs this one, and those that this one runs; nothing when there are none. */
export function RelatedInstances({ instance }: { readonly instance: Pick<InstanceDetail, 'calledBy' | 'calls'> }): ReactNode {
  const { t } = useText();
  const { calledBy, calls } = instance;
  if (calledBy === null && calls.length === 0) return null;
  return (
    <section className="whereabouts" aria-label={t('instance.related')}>
      <h2>{t('instance.related')}</h2>
      <ul>
        {calledBy === null ? null : (
          <li>
            <span className="label">{t('instance.calledBy')}</span> <Related instance={calledBy} />
          </li>
        )}
        {calls.map((call) => (
          <li key={call.id}>
            <span className="label">{t('instance.calls')}</span> <Related instance={call} />
          </li>
        ))}
      </ul>
    </section>
  );
}
