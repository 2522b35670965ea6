import { Button, Select } from 'antd';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { Loading, ProblemNotice } from '../../feedback/feedback.tsx';
import { RefusalNotice } from '../../feedback/refusal-notice.tsx';
import { problemOf } from '../../graphql/problem.ts';
import { useText } from '../../i18n/use-text.ts';
import { readProcessGraph, type ProcessGraph } from '../../instances/picture/process-graph.ts';
import { StateMark } from '../../status/state-mark.tsx';
import type { OperationProps } from '../hold-operations.tsx';
import { OperationForm } from '../operation-form.tsx';
import { migrateInstanceDocument, versionsDocument, type Version } from './documents.ts';
import { generalFindings } from './mapping-rows.ts';
import { MappingTable } from './mapping-table.tsx';
import { useMigrationPlan, type MigrationDraft } from './use-migration-plan.ts';

/** Moves a running case to another version: choose it, look at where each step goes, check, then move. */
export function MigrateOperation({ graph, ...props }: OperationProps & { readonly graph: ProcessGraph }): ReactNode {
  const text = useText();
  const { t } = text;
  const { instance, onClose } = props;
  const [result] = useQuery({ query: versionsDocument, variables: { id: instance.id }, requestPolicy: 'cache-and-network' });
  const [chosen, setChosen] = useState<Version | undefined>();
  // The version that the case had when this was opened, and its steps: both change once it has moved.
  const [from] = useState({ hash: instance.definition.hash, graph });
  const versions = result.data?.processInstance?.definition.versions.filter(({ hash }) => hash !== from.hash) ?? [];
  const label = ({ version, isCurrent, publishedAt }: Version): string => [t('instance.version', { version }), ...(isCurrent ? [t('migrate.current')] : []), text.dateTime(publishedAt)].join(' · ');
  return (
    <section className="operation" aria-label={t('migrate.title')}>
      <h3>{t('migrate.title')}</h3>
      {result.error === undefined ? null : <ProblemNotice problem={problemOf(result.error)} />}
      {result.data === undefined && result.error === undefined ? <Loading rows={2} /> : null}
      {result.data !== undefined && versions.length === 0 ? <p className="muted">{t('migrate.noVersions')}</p> : null}
      {versions.length === 0 ? null : (
        <label className="field">
          <span>{t('migrate.version')}</span>
          <Select className="operation-pick" aria-label={t('migrate.version')} placeholder={t('migrate.version')} value={chosen?.hash ?? null} onChange={(hash: string | null) => setChosen(versions.find((version) => version.hash === hash))} options={versions.map((version) => ({ value: version.hash, label: label(version) }))} />
        </label>
      )}
      {chosen === undefined ? <div className="row-actions end"><Button onClick={onClose}>{t('common.keep')}</Button></div> : <MigrateTo key={chosen.hash} version={chosen} source={from.graph} {...props} />}
    </section>
  );
}

function MigrateTo({ version, source, ...props }: OperationProps & { readonly version: Version; readonly source: ProcessGraph }): ReactNode {
  const { t, locale } = useText();
  const { instance } = props;
  const draft = useMigrationPlan(instance.id, version.hash);
  const document = draft.plan?.target.document;
  const target = useMemo(() => readProcessGraph(document, locale), [document, locale]);
  const { again } = draft;
  const standing = instance.activeElements.map(({ elementInstanceId }) => elementInstanceId).join();
  const checked = useRef(standing);
  useEffect(() => {
    // The case has moved on: what was checked is no longer so.
    if (checked.current === standing) return;
    checked.current = standing;
    again();
  }, [standing, again]);
  const canMigrate = draft.plan?.canMigrate === true && !draft.isChecking;
  return (
    <OperationForm
      {...props}
      onChanged={() => {
        props.onChanged();
        again();
      }}
      effect={<p>{t('migrate.effect', { from: instance.definition.version, to: version.version })}</p>}
      action={t('migrate.action', { version: version.version })}
      document={migrateInstanceDocument}
      input={{ targetHash: version.hash, mapping: draft.mapping }}
      missing={canMigrate ? undefined : t(draft.isChecking ? 'migrate.checking' : 'migrate.cannot')}
      hasTakenEffect={instance.definition.hash === version.hash}
      outcome={t('migrate.done', { version: version.version })}
    >
      {(editable) =>
        !editable ? null : (
          <>
            {draft.problem === undefined ? null : <ProblemNotice problem={draft.problem} onRetry={draft.again} />}
            {draft.refusal === undefined ? null : <RefusalNotice refusal={draft.refusal} />}
            {draft.rows.length === 0 ? draft.isChecking ? <Loading rows={4} /> : null : (
              <>
                <DryRun draft={draft} />
                <MappingTable rows={draft.rows} source={source} target={target} onEdit={draft.edit} />
              </>
            )}
          </>
        )
      }
    </OperationForm>
  );
}

/** What the dry run says about the whole. */
function DryRun({ draft }: { readonly draft: MigrationDraft }): ReactNode {
  const text = useText();
  const { t } = text;
  const { plan, rows, isChecking, reset } = draft;
  const state = isChecking || plan === undefined ? 'checking' : plan.canMigrate ? 'can' : 'cannot';
  return (
    <div className={`notice ${state === 'can' ? 'notice-done' : state === 'cannot' ? 'notice-failed' : ''}`} role="status" data-state={state}>
      <div>
        <StateMark state={state === 'can' ? 'done' : state === 'cannot' ? 'failed' : 'running'}>{t(`migrate.${state}`)}</StateMark>
        <p className="muted small">{t('migrate.summary', { active: rows.filter((row) => row.isActive).length, changed: rows.filter((row) => row.isChanged).length, findings: plan?.findings.length ?? 0 })}</p>
        {generalFindings(plan?.findings ?? [], rows).map((finding, index) => (
          <p key={index}>{text.of(finding.message)}</p>
        ))}
        {rows.some((row) => row.isEdited) ? (
          <Button size="small" onClick={reset}>
            {t('migrate.reset')}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
