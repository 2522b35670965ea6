import { Button, ConfigProvider, Input, Select } from 'antd';
import { useId, useMemo, useState, type ReactNode } from 'react';
import type { CompiledRuleSet } from '#rules';
import { ProblemNotice } from '../../feedback/feedback.tsx';
import { RefusalNotice } from '../../feedback/refusal-notice.tsx';
import type { CommandResult } from '../../graphql/command.ts';
import { useText } from '../../i18n/use-text.ts';
import { useViewer } from '../../session/viewer.tsx';
import { sealedDrafts } from '../../tasks/sealed-drafts.ts';
import { factName, inputsOf } from '../difference/condition-words.ts';
import { useCommand } from '../use-command.ts';
import { CaseConflict } from './case-conflict.tsx';
import { caseOf, draftOf, draftProblem, fieldsOf, saveInputOf, withEntry, type CaseDraft } from './case-draft.ts';
import { localEntry, suggestionsOf } from './case-fields.ts';
import { CaseResult } from './case-result.tsx';
import { CaseValueField, needsAge } from './case-value-field.tsx';
import { saveCaseDocument } from './documents.ts';
import { ExpectedFields } from './expected-fields.tsx';
import { forgetCase, keepCase, readKeptCase } from './kept-case.ts';
import type { SavedCase } from './model.ts';

export interface CaseFormProps {
  readonly ruleSetKey: string;
  readonly compiled: CompiledRuleSet;
  /** An empty case, or the saved one as it was opened. */
  readonly base: CaseDraft;
  /** The case as it is saved now; another person may have changed it meanwhile. */
  readonly saved: SavedCase | undefined;
  readonly isReadOnly: boolean;
  readonly onSaved: () => void;
  /** Reads the saved case anew. */
  readonly onReload: () => void;
  readonly onClose: () => void;
  /** Another act on the case, such as deleting it. */
  readonly aside?: ReactNode;
}

/** A case by the rule set's inputs, with what the chosen document decides about it as it is written. */
export function CaseForm({ ruleSetKey, compiled, base: opened, saved, isReadOnly, onSaved, onReload, onClose, aside }: CaseFormProps): ReactNode {
  const text = useText();
  const { t } = text;
  const id = useId();
  const viewer = useViewer();
  const send = useCommand(saveCaseDocument);
  const [base, setBase] = useState(opened);
  const [kept] = useState(() => readKeptCase(sealedDrafts, viewer.id, ruleSetKey, base, Date.now()));
  const [draft, setDraft] = useState(kept ?? base);
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<CommandResult<unknown> | undefined>();
  const { document } = compiled;
  const inputs = useMemo(() => new Map(document.inputs.map((input) => [input.name, input])), [document]);
  const words = useMemo(() => inputsOf(document), [document]);
  const suggestions = useMemo(() => suggestionsOf(document), [document]);
  const ruleCase = useMemo(() => caseOf(draft, document), [draft, document]);
  const problem = draftProblem(draft, document);
  const isChanged = draft !== base;
  const isOvertaken = saved !== undefined && saved.revision !== draft.revision;
  // What nobody has touched here follows what is saved.
  if (isOvertaken && !isChanged) start(draftOf(saved));

  const change = (next: CaseDraft): void => {
    setDraft(next);
    keepCase(sealedDrafts, viewer.id, ruleSetKey, next, Date.now());
  };
  function start(from: CaseDraft): void {
    setBase(from);
    setDraft(from);
    setOutcome(undefined);
  }
  const drop = (): void => {
    forgetCase(sealedDrafts, viewer.id, ruleSetKey, base.id);
    start(isOvertaken ? draftOf(saved) : base);
  };
  async function save(revision: number): Promise<void> {
    setTried(true);
    if (problem !== undefined || ruleCase === undefined) return;
    setBusy(true);
    const answer = await send(saveInputOf(ruleSetKey, { ...draft, revision }, ruleCase));
    setBusy(false);
    setOutcome(answer);
    if (answer.kind === 'refused' && answer.refusal.code === 'CASE_CHANGED') onReload();
    if (answer.kind !== 'accepted') return;
    forgetCase(sealedDrafts, viewer.id, ruleSetKey, base.id);
    onSaved();
  }

  return (
    <div className="case-columns">
      <section className="card" aria-label={t('trials.case.form')}>
        {kept === undefined || !isChanged ? null : <p className="muted">{t('trials.case.kept')}</p>}
        <label className="field" htmlFor={`${id}-name`}>
          <span>{t('trials.case.name')}</span>
          <Input id={`${id}-name`} disabled={isReadOnly} maxLength={200} value={draft.name} placeholder={t('trials.case.nameExample')} onChange={(event) => change({ ...draft, name: event.target.value })} {...(isTried && problem === 'name' ? { status: 'error' as const } : {})} />
        </label>
        <ConfigProvider componentDisabled={isReadOnly}>
          <fieldset className="case-values" disabled={isReadOnly}>
            <legend>{t('trials.case.values')}</legend>
            <div className="case-value">
              <label className="case-value-name" htmlFor={`${id}-at`}>
                {t('trials.case.at')}
              </label>
              <div className="case-value-entry">
                <Input id={`${id}-at`} type="datetime-local" step={1} value={draft.at === '' ? '' : localEntry(draft.at)} onChange={(event) => change({ ...draft, at: instantOrNone(event.target.value) })} />
                <span className="muted small">{t('trials.case.atAbout')}</span>
              </div>
            </div>
            {fieldsOf(draft, document).map((field) => {
              const input = inputs.get(field.name);
              return (
                <CaseValueField
                  key={field.name}
                  field={field}
                  input={input}
                  label={factName(field.name, undefined, words, text)}
                  suggestions={suggestions.get(field.name) ?? []}
                  ageMs={draft.agesMs[field.name]}
                  onChange={(entry) => change(withEntry(draft, field.name, entry, needsAge(input)))}
                  onAge={(ageMs) => change({ ...draft, agesMs: withAge(draft.agesMs, field.name, ageMs) })}
                />
              );
            })}
          </fieldset>
        </ConfigProvider>
        <h3>{t('trials.expected')}</h3>
        <ExpectedFields expected={draft.expected} document={document} isReadOnly={isReadOnly} onChange={(expected) => change({ ...draft, expected })} />
        <label className="field">
          <span>{t('trials.case.tags')}</span>
          <Select mode="tags" aria-label={t('trials.case.tags')} disabled={isReadOnly} value={[...draft.tags]} tokenSeparators={[',', '，', '、']} onChange={(tags: string[]) => change({ ...draft, tags })} />
        </label>
        {isOvertaken && isChanged ? <CaseConflict document={document} mine={ruleCase === undefined ? undefined : { ...ruleCase, tags: draft.tags }} theirs={saved} isBusy={isBusy} onKeepMine={() => void save(saved.revision)} onTakeTheirs={drop} /> : null}
        {outcome?.kind === 'refused' && outcome.refusal.code !== 'CASE_CHANGED' ? <RefusalNotice refusal={outcome.refusal} /> : null}
        {outcome?.kind === 'problem' ? <ProblemNotice problem={outcome.problem} onRetry={() => void save(draft.revision)} /> : null}
        {isTried && problem !== undefined ? <p className="field-error">{t(`trials.case.lacks.${problem}`)}</p> : null}
        <p className="row-actions end">
          {aside}
          {isChanged && !isReadOnly ? <Button onClick={drop}>{t('trials.case.drop')}</Button> : null}
          <Button onClick={onClose}>{t('trials.case.back')}</Button>
          {isReadOnly || (isOvertaken && isChanged) ? null : (
            <Button type="primary" loading={isBusy} onClick={() => void save(draft.revision)}>
              {t('trials.case.save')}
            </Button>
          )}
        </p>
      </section>
      <section className="card case-side" aria-label={t('trials.result')}>
        <h2>{t('trials.result')}</h2>
        <CaseResult compiled={compiled} ruleCase={ruleCase} isReadOnly={isReadOnly} onExpect={({ outputs, ...decided }) => change({ ...draft, expected: { ...decided, ...(outputs === undefined ? {} : { outputs }) } })} />
      </section>
    </div>
  );
}

function instantOrNone(entered: string): string {
  const at = new Date(entered);
  return entered === '' || Number.isNaN(at.getTime()) ? '' : at.toISOString();
}

function withAge(ages: CaseDraft['agesMs'], name: string, ageMs: number | undefined): CaseDraft['agesMs'] {
  const { [name]: _before, ...others } = ages;
  return ageMs === undefined ? others : { ...others, [name]: ageMs };
}
