import { Button, Tabs } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { useNow } from '../app/clock.ts';
import { useIsNarrow } from '../app/media.ts';
import { Page } from '../app/page.tsx';
import '../app/styles/rules.css';
import '../app/styles/timeline.css';
import { Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { problemOf } from '../graphql/problem.ts';
import { useText } from '../i18n/use-text.ts';
import { roleNames } from '../session/role-names.ts';
import { useViewer } from '../session/viewer.tsx';
import { ruleSetDocument } from './documents.ts';
import { BacktestTab } from './backtest/backtest-tab.tsx';
import { ConflictDialog } from './edit/conflict-dialog.tsx';
import { EditTab } from './edit/edit-tab.tsx';
import { LeaveGuard } from './edit/leave-guard.tsx';
import { useDraftEditing } from './edit/use-draft-editing.ts';
import { ExportDialog } from './files/export-dialog.tsx';
import { ImportDialog } from './files/import-dialog.tsx';
import type { RuleSetDetail } from './model.ts';
import { nextScheduled } from './rules-list.ts';
import { ReturnedNotice } from './returned-notice.tsx';
import { RuleSetMarks } from './rule-set-marks.tsx';
import { maySeeTrials } from './rule-trial-roles.ts';
import { StatisticsTab } from './statistics/statistics-tab.tsx';
import { TestBenchTab } from './test-bench/bench-tab.tsx';
import { VersionsTab } from './versions/versions-tab.tsx';

/** One rule set: its versions and what is done about them, and its draft. */
export function RuleSetPage(): ReactNode {
  const { key = '' } = useParams();
  return <OneRuleSet key={key} ruleSetKey={key} />;
}

function OneRuleSet({ ruleSetKey }: { readonly ruleSetKey: string }): ReactNode {
  const text = useText();
  const { t } = text;
  const [result, again] = useQuery({ query: ruleSetDocument, variables: { key: ruleSetKey }, requestPolicy: 'cache-and-network' });
  const refresh = (): void => again({ requestPolicy: 'network-only' });
  useEffect(() => {
    // Somebody else may have acted while this window was out of sight.
    const look = (): void => {
      if (document.visibilityState === 'visible') again({ requestPolicy: 'network-only' });
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [again]);
  // A version whose time has come has taken over by itself.
  const now = useNow();
  const next = nextScheduled(result.data?.ruleSet?.versions ?? []);
  const isDue = next !== undefined && Date.parse(next.effectiveAt) <= now;
  useEffect(() => {
    if (isDue) again({ requestPolicy: 'network-only' });
  }, [isDue, again]);
  // What was read stays while a newer reading fails, with what the person is writing beside it.
  const [seen, setSeen] = useState<RuleSetDetail | null | undefined>();
  const current = result.data?.ruleSet;
  if (current !== undefined && current !== seen) setSeen(current);
  const ruleSet = current ?? seen;
  return (
    <Page page="rule-set" title="rules.title" wide ready={ruleSet !== undefined || result.error !== undefined} heading={ruleSet == null ? undefined : text.of(ruleSet.name, ruleSet.key)} aside={<PageActions ruleSet={ruleSet} onChanged={refresh} />}>
      {result.error === undefined ? null : <ProblemNotice problem={problemOf(result.error)} onRetry={refresh} />}
      {ruleSet === undefined && result.error === undefined ? <Loading rows={8} /> : null}
      {ruleSet === null ? <ProblemNotice problem={{ kind: 'notFound', code: 'RULE_SET_NOT_FOUND', message: t('rules.unknown') }} /> : null}
      {ruleSet == null ? null : <Detail ruleSet={ruleSet} refresh={refresh} />}
    </Page>
  );
}

/** The way back to the list, the record for who may search it, and the rule set as a file. */
function PageActions({ ruleSet, onChanged }: { readonly ruleSet: RuleSetDetail | null | undefined; readonly onChanged: () => void }): ReactNode {
  const { t } = useText();
  const { roles } = useViewer();
  const [params, setParams] = useSearchParams();
  const [open, setOpen] = useState<'export' | 'import' | undefined>();
  const close = (): void => setOpen(undefined);
  const imported = (): void => {
    close();
    const next = new URLSearchParams(params);
    next.set('tab', 'edit');
    setParams(next);
    onChanged();
  };
  return (
    <span className="row-actions">
      <Link to="/rules">{t('rules.all')}</Link>
      {ruleSet != null && roles.includes('auditor') ? <Link to={`/audit?rules=${encodeURIComponent(ruleSet.key)}`}>{t('rules.record')}</Link> : null}
      {ruleSet == null ? null : <Button onClick={() => setOpen('export')}>{t('ruleFiles.export')}</Button>}
      {ruleSet?.viewerCan.edit === true && ruleSet.review === null ? <Button onClick={() => setOpen('import')}>{t('ruleFiles.import')}</Button> : null}
      {ruleSet != null && open === 'export' ? <ExportDialog ruleSet={ruleSet} onClose={close} /> : null}
      {ruleSet != null && open === 'import' ? <ImportDialog ruleSetKey={ruleSet.key} onClose={close} onImported={imported} /> : null}
    </span>
  );
}

const tabs = ['versions', 'edit', 'test', 'backtest', 'statistics'] as const;
type Tab = (typeof tabs)[number];

function Detail({ ruleSet, refresh }: { readonly ruleSet: RuleSetDetail; readonly refresh: () => void }): ReactNode {
  const text = useText();
  const { t } = text;
  const viewer = useViewer();
  const [params, setParams] = useSearchParams();
  const isNarrow = useIsNarrow();
  const maySee = maySeeTrials(viewer);
  const tab: Tab = tabs.find((each) => each === params.get('tab') && (maySee || !(each === 'test' || each === 'backtest'))) ?? 'versions';
  // Above the tabs, so that turning to another one keeps what is being written.
  const editing = useDraftEditing(ruleSet, tab === 'edit' || tab === 'test', refresh);
  const { inEffect } = ruleSet;
  const turnTo = (key: string): void => {
    const next = new URLSearchParams(params);
    if (key === 'versions') next.delete('tab');
    else next.set('tab', key);
    setParams(next, { replace: true });
  };
  return (
    <>
      <p className="rule-set-facts">
        <code>{ruleSet.key}</code>
        <span>{t(`rules.domain.${ruleSet.domain}`)}</span>
        <span className="muted">{t('rules.owner', { role: roleNames([ruleSet.ownerRole], text) })}</span>
        <span>{inEffect === null ? t('rules.noneInEffect') : t('rules.inEffectSince', { version: inEffect.version, time: text.dateTime(inEffect.effectiveAt) })}</span>
        <RuleSetMarks ruleSet={ruleSet} />
      </p>
      <p className="muted small">{t('rules.intendedUse')}</p>
      {ruleSet.draft?.returned == null ? null : <ReturnedNotice returned={ruleSet.draft.returned} />}
      <Tabs
        // All tabs fit a phone's width: what does not goes into a menu, which is no tab to a screen reader.
        {...(isNarrow ? { tabBarGutter: 14 } : {})}
        activeKey={tab}
        onChange={turnTo}
        items={[
          { key: 'versions', label: t('rules.tab.versions'), children: <VersionsTab ruleSet={ruleSet} onChanged={refresh} /> },
          { key: 'edit', label: editing.isDirty ? `${t('rules.tab.edit')} ●` : t('rules.tab.edit'), children: <EditTab ruleSet={ruleSet} editing={editing} onChanged={refresh} onSubmitted={() => turnTo('versions')} /> },
          // Drawn while they are open only: cases run with every edit, and what is written in one is kept on the device.
          ...(maySee
            ? [
                { key: 'test', label: t('rules.tab.test'), children: tab === 'test' ? <TestBenchTab ruleSet={ruleSet} editing={editing} /> : null },
                { key: 'backtest', label: t('rules.tab.backtest'), children: tab === 'backtest' ? <BacktestTab ruleSet={ruleSet} isDirty={editing.isDirty} /> : null },
              ]
            : []),
          { key: 'statistics', label: t('rules.tab.statistics'), children: tab === 'statistics' ? <StatisticsTab ruleSet={ruleSet} /> : null },
        ]}
      />
      {editing.conflict === undefined || editing.edits === undefined ? null : <ConflictDialog conflict={editing.conflict} edits={editing.edits} onTakeTheirs={editing.takeTheirs} onPutMineOnTop={editing.putMineOnTop} onClose={editing.closeConflict} />}
      <LeaveGuard isDirty={editing.isDirty} onSave={editing.save} onDiscard={editing.discard} />
    </>
  );
}
