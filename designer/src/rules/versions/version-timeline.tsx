import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useNow } from '../../app/clock.ts';
import { useText } from '../../i18n/use-text.ts';
import { countWords } from '../backtest/result-words.ts';
import type { RuleSetDetail, RuleSetVersion } from '../model.ts';
import { judgesInstead } from '../rules-list.ts';
import { VersionMark } from '../rule-set-marks.tsx';
import { RecallDialog, RollBackDialog } from './act-dialogs.tsx';
import { RecalledCases } from './recalled-cases.tsx';

/** Versions that are drawn at first, besides what is in effect or chosen. */
const shownAtFirst = 10;

export interface VersionTimelineProps {
  readonly ruleSet: RuleSetDetail;
  readonly selected: string | undefined;
  readonly onSelect: (version: string) => void;
  readonly onCompare: (from: string, to: string) => void;
  readonly onChanged: () => void;
}

/** All versions, newest effect first: what each is now, since when, who published it, and what can be done about it. */
export function VersionTimeline({ ruleSet, ...props }: VersionTimelineProps): ReactNode {
  const { t } = useText();
  const [isWhole, setWhole] = useState(false);
  const { versions } = ruleSet;
  const needed = versions.findLastIndex(({ version, status }) => status === 'IN_EFFECT' || version === props.selected) + 1;
  const shown = isWhole ? versions.length : Math.max(shownAtFirst, needed);
  return (
    <>
      <ol className="version-timeline" aria-label={t('rules.timeline')}>
        {versions.slice(0, shown).map((version) => (
          <VersionItem key={version.version} ruleSet={ruleSet} version={version} {...props} />
        ))}
      </ol>
      {versions.length > shown ? (
        <p className="row-actions centre">
          <Button onClick={() => setWhole(true)}>{t('rules.earlierVersions', { count: versions.length - shown })}</Button>
        </p>
      ) : null}
    </>
  );
}

function VersionItem({ ruleSet, version, selected, onSelect, onCompare, onChanged }: VersionTimelineProps & { readonly version: RuleSetVersion }): ReactNode {
  const text = useText();
  const { t } = text;
  const now = useNow();
  const [open, setOpen] = useState<'recall' | 'rollBack' | undefined>();
  const { status, recall, review } = version;
  const current = ruleSet.inEffect?.version;
  // What stands on a button stands in its name too, for people who speak to the screen.
  const name = t('rules.version', { version: version.version });
  const mayRecall = ruleSet.viewerCan.suspend && status !== 'RECALLED' && judgesInstead(ruleSet.versions, version.version) !== undefined;
  const mayRollBack = ruleSet.viewerCan.edit && ruleSet.review === null && (status === 'SUPERSEDED' || (status === 'RECALLED' && current !== undefined));
  const close = (done: boolean): void => {
    setOpen(undefined);
    if (done) onChanged();
  };
  return (
    <li className="version" data-version={version.version} data-status={status} aria-current={selected === version.version}>
      <p className="rule-card-head">
        <strong>{name}</strong>
        <VersionMark status={status} />
      </p>
      <p>
        {t(status === 'SCHEDULED' ? 'rules.from' : 'rules.since', { time: text.dateTime(version.effectiveAt) })} <span className="muted">({text.relative(version.effectiveAt, now)})</span>
        {version.supersededAt === null ? null : <> · {t('rules.until', { time: text.dateTime(version.supersededAt) })}</>}
      </p>
      <p className="muted">
        {review === null ? t('rules.withFolder') : t('rules.publishedBy', { person: version.publishedBy.displayName, writer: review.requestedBy.displayName })} · {t('rules.decisions', { count: countWords(version.decisionCount) })}
      </p>
      {review === null ? null : <p className="muted">“{review.comment}”</p>}
      {recall === null ? null : (
        <>
          <p className="field-error">{t('rules.recalled', { person: recall.recalledBy.displayName, time: text.dateTime(recall.recalledAt), reason: recall.reason, version: recall.inEffectInstead })}</p>
          <RecalledCases ruleSet={ruleSet.key} version={version.version} />
        </>
      )}
      <p className="row-actions">
        <Button size="small" aria-label={`${t('rules.showRules')}: ${name}`} onClick={() => onSelect(version.version)}>
          {t('rules.showRules')}
        </Button>
        {current === undefined || current === version.version ? null : (
          <Button size="small" aria-label={`${t('rules.compareWithCurrent')}: ${name}`} onClick={() => (status === 'SCHEDULED' ? onCompare(current, version.version) : onCompare(version.version, current))}>
            {t('rules.compareWithCurrent')}
          </Button>
        )}
        {mayRollBack ? (
          <Button size="small" aria-label={`${t('rules.rollBack')}: ${name}`} onClick={() => setOpen('rollBack')}>
            {t('rules.rollBack')}
          </Button>
        ) : null}
        {mayRecall ? (
          <Button size="small" aria-label={`${t('rules.recall')}: ${name}`} onClick={() => setOpen('recall')}>
            {t('rules.recall')}
          </Button>
        ) : null}
      </p>
      {open === 'recall' ? <RecallDialog ruleSet={ruleSet} version={version} onClose={close} /> : null}
      {open === 'rollBack' ? <RollBackDialog ruleSet={ruleSet} version={version.version} onClose={close} /> : null}
    </li>
  );
}
