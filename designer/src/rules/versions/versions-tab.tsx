import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { Segments } from '../../app/segments.tsx';
import { Empty } from '../../feedback/feedback.tsx';
import { useText } from '../../i18n/use-text.ts';
import type { RuleSetDetail } from '../model.ts';
import { ComparePanel } from './compare-panel.tsx';
import { PastReviews } from './past-reviews.tsx';
import { ReviewCard } from './review-card.tsx';
import { SuspensionsCard } from './suspensions-card.tsx';
import { UsedIn } from './used-in.tsx';
import { VersionRules } from './version-rules.tsx';
import { VersionTimeline } from './version-timeline.tsx';

export interface VersionsTabProps {
  readonly ruleSet: RuleSetDetail;
  readonly onChanged: () => void;
}

/** 版本: the open review, suspensions, the timeline, the rules of a version or what differs between two. All choices stand in the address. */
export function VersionsTab({ ruleSet, onChanged }: VersionsTabProps): ReactNode {
  const { t } = useText();
  const [params, setParams] = useSearchParams();
  const { versions, inEffect } = ruleSet;
  const selected = (versions.find(({ version }) => version === params.get('version')) ?? versions.find(({ version }) => version === inEffect?.version) ?? versions[0])?.version;
  const before = versions[versions.findIndex(({ version }) => version === inEffect?.version) + 1];
  const from = params.get('from') ?? (before === undefined ? '' : `v:${before.version}`);
  const to = params.get('to') ?? (inEffect === null ? '' : `v:${inEffect.version}`);
  const isComparing = params.get('view') === 'compare';
  const show = (changes: Readonly<Record<string, string>>): void => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries(changes)) next.set(name, value);
    setParams(next, { replace: true });
  };
  /** The panel stands beside the timeline, or far below it on a phone; the keyboard goes there too. */
  const toPanel = (): void => {
    const panel = document.getElementById('version-panel');
    panel?.focus({ preventScroll: true });
    panel?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <>
      {ruleSet.review === null ? null : <ReviewCard key={ruleSet.review.id} ruleSet={ruleSet} review={ruleSet.review} onChanged={onChanged} />}
      <SuspensionsCard ruleSet={ruleSet} onChanged={onChanged} />
      <div className="version-columns">
        <section className="card" aria-label={t('rules.timeline')}>
          <h2>{t('rules.timeline')}</h2>
          {versions.length === 0 ? (
            <Empty>{t('rules.noVersions')}</Empty>
          ) : (
            <VersionTimeline
              ruleSet={ruleSet}
              selected={isComparing ? undefined : selected}
              onSelect={(version) => {
                show({ view: 'rules', version });
                toPanel();
              }}
              onCompare={(left, right) => {
                show({ view: 'compare', from: `v:${left}`, to: `v:${right}` });
                toPanel();
              }}
              onChanged={onChanged}
            />
          )}
        </section>
        {selected === undefined ? null : (
          <section className="card" id="version-panel" tabIndex={-1} aria-label={t('rules.panel')}>
            <Segments
              label={t('rules.panel')}
              value={isComparing ? 'compare' : 'rules'}
              onChange={(view) => show({ view })}
              options={[
                { value: 'rules', label: t('rules.rulesOf', { version: selected }) },
                { value: 'compare', label: t('rules.panel.compare') },
              ]}
            />
            {isComparing ? <ComparePanel ruleSet={ruleSet} from={from} to={to} onChange={(left, right) => show({ from: left, to: right })} /> : <VersionRules key={selected} ruleSet={ruleSet} version={selected} onChanged={onChanged} />}
          </section>
        )}
      </div>
      <UsedIn uses={ruleSet.usedIn} />
      <PastReviews ruleSet={ruleSet} />
    </>
  );
}
