import { useMemo, useState, type ReactNode } from 'react';
import type { Drawing } from '#bpmn';
import { CopyButton } from '../feedback/copy-button.tsx';
import { useText } from '../i18n/use-text.ts';
import { useLayout } from '../instances/picture/use-layout.ts';
import type { Layout } from '../instances/picture/read-layout.ts';
import { StateMark } from '../status/state-mark.tsx';
import type { CheckedModel } from './documents.ts';
import { joinGraphs, joinLayouts, readDrawnGraph } from './drawn-graph.ts';
import { FindingList } from './finding-list.tsx';
import { findingsAsText } from './findings-text.ts';
import { ModelOutline, ModelPicture, type LookedAt } from './model-picture.tsx';

export interface CheckResultProps {
  /** Tells this check from others: pictures are laid out once for each. */
  readonly checkKey: number;
  readonly fileName: string;
  readonly model: CheckedModel;
}

/** What the check said about a file: the verdict, the picture with its marks, and every finding in words. */
export function CheckResult({ checkKey, fileName, model }: CheckResultProps): ReactNode {
  const text = useText();
  const { t } = text;
  const { findings, findingCount, processes, picture } = model;
  const [lookedAt, setLookedAt] = useState<LookedAt>({ elementId: null, count: 0 });
  const [selectedId, setSelectedId] = useState<string | undefined>();
  const errors = findings.filter(({ severity }) => severity === 'ERROR').length;
  const isExecutable = processes.length > 0 && processes.every((process) => process.isExecutable);
  const isDrawn = picture !== null && picture.elements.length > 0;
  const drawnIds = useMemo(() => new Set([...(picture?.elements ?? []).map(({ id }) => id), ...(picture?.flows ?? []).map(({ flowId }) => flowId)]), [picture]);
  const verdict = isExecutable ? t('check.executable') : picture === null ? t('check.nothing') : t('check.notExecutable', { errors: errors + Math.max(0, findingCount - findings.length) });
  function show(elementId: string): void {
    setLookedAt(({ count }) => ({ elementId, count: count + 1 }));
    document.querySelector('.picture')?.scrollIntoView({ block: 'nearest' });
  }
  return (
    <>
      <section className={`notice ${isExecutable ? 'notice-done' : 'notice-failed'}`} role="status" data-state={isExecutable ? 'executable' : 'notExecutable'}>
        <StateMark state={isExecutable ? 'done' : 'failed'} bare />
        <div>
          <p>
            <strong>{verdict}</strong> <span className="muted">{fileName}</span>
          </p>
          {processes.map((process) => (
            <p key={process.processId} className="small">
              {processes.length === 1 ? null : (
                <>
                  <strong>{text.of(process.name, process.processId)}</strong>: {t(process.isExecutable ? 'check.executable' : 'check.severity.ERROR')} ·{' '}
                </>
              )}
              {t(`check.explored.${process.exploration}`)}
            </p>
          ))}
        </div>
      </section>
      <div className="check-columns">
        <div>
          {isDrawn ? <FilePicture checkKey={checkKey} picture={picture} model={model} lookedAt={lookedAt} onSelect={setSelectedId} /> : <p className="muted">{t('check.notDrawn')}</p>}
        </div>
        <section className="card check-findings">
          <header className="row-actions">
            <h2>
              {t('check.findings')} {findingCount === 0 ? '' : findingCount}
            </h2>
            {findings.length === 0 ? null : (
              <CopyButton size="small" text={() => findingsAsText(fileName, verdict, model, text)} label={t('check.copy')} />
            )}
          </header>
          {findings.length === 0 ? <p className="muted">{t('check.none')}</p> : null}
          {findingCount > findings.length ? <p className="muted">{t('check.more', { shown: findings.length, count: findingCount })}</p> : null}
          <FindingList findings={findings} selectedId={selectedId} isDrawn={(elementId) => drawnIds.has(elementId)} onShow={show} />
        </section>
      </div>
    </>
  );
}

const noPlaces: Layout = { boxes: new Map(), flows: new Map() };

function FilePicture({ checkKey, picture, model, lookedAt, onSelect }: { readonly checkKey: number; readonly picture: Drawing; readonly model: CheckedModel; readonly lookedAt: LookedAt; readonly onSelect: (elementId: string | undefined) => void }): ReactNode {
  const { locale } = useText();
  const drawn = useMemo(() => readDrawnGraph(picture), [picture]);
  const isAllPlaced = drawn.unplaced.elements.length === 0;
  const made = useLayout(`file:${checkKey}:${locale}`, drawn.unplaced);
  const layout = useMemo(() => (isAllPlaced ? drawn.placed.layout : made === undefined || made === 'failed' ? made : joinLayouts(drawn.placed.graph.elements.length === 0 ? noPlaces : drawn.placed.layout, made)), [isAllPlaced, drawn, made]);
  const graph = useMemo(() => joinGraphs(drawn.placed.graph, drawn.unplaced), [drawn]);
  return (
    <>
      <ModelPicture graph={graph} whole={drawn.whole} layout={layout} findings={model.findings} lookedAt={lookedAt} onSelect={onSelect} />
      <ModelOutline graph={drawn.whole} />
    </>
  );
}
