import { Button } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { Segments } from '../../app/segments.tsx';
import '../../app/styles/rule-trials.css';
import { Empty, Loading, ProblemNotice } from '../../feedback/feedback.tsx';
import { ReasonDialog } from '../../feedback/reason-dialog.tsx';
import { problemOf } from '../../graphql/problem.ts';
import { useText } from '../../i18n/use-text.ts';
import type { DraftEditing } from '../edit/use-draft-editing.ts';
import type { RuleSetDetail } from '../model.ts';
import { useCommand } from '../use-command.ts';
import { draftOf, newDraft } from './case-draft.ts';
import { CaseForm } from './case-form.tsx';
import { CaseRows } from './case-rows.tsx';
import { ContentCases } from './content-cases.tsx';
import { CoverageList } from './coverage-list.tsx';
import { deleteCaseDocument, ruleCasesDocument } from './documents.ts';
import type { SavedCase } from './model.ts';
import { runAllCases } from './run-document.ts';
import { triedSides, useTriedDocument, type TriedSide } from './use-tried-document.ts';

export interface TestBenchTabProps {
  readonly ruleSet: RuleSetDetail;
  readonly editing: DraftEditing;
}

/** 测试台: saved cases and those of the content under the version in effect, the review or the draft as it stands on this page; how far they try each rule; a case to write. */
export function TestBenchTab({ ruleSet, editing }: TestBenchTabProps): ReactNode {
  const text = useText();
  const { t } = text;
  const [params, setParams] = useSearchParams();
  const [result, again] = useQuery({ query: ruleCasesDocument, variables: { key: ruleSet.key }, requestPolicy: 'cache-and-network' });
  const sides = triedSides(ruleSet, editing.isDirty);
  const side = sides.find((each) => each === params.get('against')) ?? sides[0];
  const { tried, problem } = useTriedDocument(ruleSet, side, editing);
  const compiled = tried?.kind === 'compiled' ? tried.compiled : undefined;
  const cases = result.data?.ruleCases;
  const given = result.data?.contentRuleCases;
  const run = useMemo(() => (compiled === undefined || cases === undefined || given === undefined ? undefined : runAllCases(compiled, cases, given)), [compiled, cases, given]);
  const refresh = (): void => again({ requestPolicy: 'network-only' });
  const show = (changes: Readonly<Record<string, string | undefined>>): void => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined) next.delete(name);
      else next.set(name, value);
    }
    setParams(next);
  };
  const chosen = params.get('case');
  const open = chosen === null || chosen === 'new' ? undefined : cases?.find(({ id, name }) => id === chosen || name === chosen);
  const content = (run?.content ?? (given ?? []).map((each) => ({ each, result: undefined }))).filter(({ each }) => chosen === null || each.name === chosen);
  const mayWrite = ruleSet.viewerCan.edit;
  const contentCases = <ContentCases ruleSetKey={ruleSet.key} rows={content} document={compiled?.document} mayMark={ruleSet.viewerCan.approve} onMarked={refresh} />;

  if (result.error !== undefined) return <ProblemNotice problem={problemOf(result.error)} onRetry={refresh} />;
  return (
    <>
      <div className="trial-bar">
        <Segments label={t('trials.against')} value={side} onChange={(against) => show({ against })} options={sides.map((value) => ({ value, label: sideLabel(value) }))} />
        {run === undefined || run.count === 0 ? null : (
          <strong role="status" data-failed={run.failed}>
            {run.failed === 0 ? t('trials.allPassed', { count: run.count }) : t('trials.someFailed', { failed: run.failed, count: run.count })}
          </strong>
        )}
        {mayWrite && chosen === null && cases !== undefined && cases.length + content.length > 0 ? (
          <Button type="primary" disabled={compiled === undefined} onClick={() => show({ case: 'new' })}>
            {t('trials.case.new')}
          </Button>
        ) : null}
      </div>
      {problem === undefined ? null : <ProblemNotice problem={problem} />}
      {side === undefined ? <p className="muted">{t('trials.noDocument')}</p> : null}
      {tried?.kind === 'invalid' ? <p className="notice notice-attention">{t('trials.invalid', { count: tried.findings })}</p> : null}
      {cases === undefined || (tried === undefined && side !== undefined && problem === undefined) ? (
        <Loading rows={6} />
      ) : chosen !== null ? (
        open === undefined && content.length > 0 ? (
          <>
            <p>
              <Button onClick={() => show({ case: undefined })}>{t('trials.case.back')}</Button>
            </p>
            {contentCases}
          </>
        ) : open === undefined && chosen !== 'new' ? (
          <Empty action={<Button onClick={() => show({ case: undefined })}>{t('trials.case.back')}</Button>}>{t('trials.case.gone')}</Empty>
        ) : compiled === undefined ? null : (
          <OpenCase
            key={open === undefined ? 'new' : open.id}
            ruleSet={ruleSet}
            compiled={compiled}
            open={open}
            mayWrite={mayWrite}
            onChanged={() => {
              show({ case: undefined });
              refresh();
            }}
            onReload={refresh}
            onClose={() => show({ case: undefined })}
          />
        )
      ) : cases.length === 0 && content.length === 0 ? (
        <Empty
          action={
            mayWrite ? (
              <Button type="primary" disabled={compiled === undefined} onClick={() => show({ case: 'new' })}>
                {t('trials.case.new')}
              </Button>
            ) : undefined
          }
        >
          {t(mayWrite ? 'trials.cases.none' : 'trials.cases.noneToRead')}
        </Empty>
      ) : (
        <div className="trial-columns">
          <div>
            <section className="card" aria-label={t('trials.cases')}>
              {cases.length === 0 ? <p className="muted">{t(mayWrite ? 'trials.cases.none' : 'trials.cases.noneToRead')}</p> : <CaseRows cases={cases} results={run?.results} document={compiled?.document} onOpen={(id) => show({ case: id })} />}
            </section>
            {contentCases}
          </div>
          {run === undefined ? null : <CoverageList coverage={run.coverage} />}
        </div>
      )}
    </>
  );

  function sideLabel(value: TriedSide): string {
    if (value === 'inEffect') return t('trials.side.inEffect', { version: ruleSet.inEffect?.version ?? '' });
    if (value === 'review') return t('rules.compare.review', { version: ruleSet.review?.version ?? '' });
    return t(editing.isDirty ? 'trials.side.unsaved' : 'rules.compare.draft');
  }
}

interface OpenCaseProps {
  readonly ruleSet: RuleSetDetail;
  readonly compiled: Parameters<typeof CaseForm>[0]['compiled'];
  readonly open: SavedCase | undefined;
  readonly mayWrite: boolean;
  readonly onChanged: () => void;
  readonly onReload: () => void;
  readonly onClose: () => void;
}

function OpenCase({ ruleSet, compiled, open, mayWrite, onChanged, onReload, onClose }: OpenCaseProps): ReactNode {
  const text = useText();
  const { t } = text;
  const [base] = useState(() => (open === undefined ? newDraft(Date.now()) : draftOf(open)));
  const [isDeleting, setDeleting] = useState(false);
  const send = useCommand(deleteCaseDocument);
  return (
    <>
      {open === undefined ? null : (
        <p className="muted">
          {t('trials.case.saved', { person: open.savedBy.displayName, time: text.dateTime(open.savedAt) })}
          {open.fromDecision === null ? '' : ` · ${t('trials.case.fromDecision')}`}
        </p>
      )}
      <CaseForm
        ruleSetKey={ruleSet.key}
        compiled={compiled}
        base={base}
        saved={open}
        isReadOnly={!mayWrite}
        onSaved={onChanged}
        onReload={onReload}
        onClose={onClose}
        aside={
          open === undefined || !mayWrite ? undefined : (
            <Button danger onClick={() => setDeleting(true)}>
              {t('trials.case.delete')}
            </Button>
          )
        }
      />
      {isDeleting && open !== undefined ? (
        <ReasonDialog
          title={t('trials.case.deleteTitle', { name: open.name })}
          effect={t('trials.case.deleteEffect')}
          action={t('trials.case.delete')}
          onAct={(reason) => send({ id: open.id, expectedRevision: open.revision, reason })}
          onClose={(done) => {
            setDeleting(false);
            if (done) onChanged();
          }}
        />
      ) : null}
    </>
  );
}
