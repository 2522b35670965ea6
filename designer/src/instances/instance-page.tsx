import { Tabs } from 'antd';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { Page } from '../app/page.tsx';
import { FactList } from '../facts/fact-list.tsx';
import { Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { useLive } from '../graphql/live.tsx';
import { problemOf } from '../graphql/problem.ts';
import { useText } from '../i18n/use-text.ts';
import { OperatePanel } from '../operate/operate-panel.tsx';
import { mayOperate } from '../operate/operations.ts';
import { PickBar } from '../operate/pick-bar.tsx';
import { useOperating } from '../operate/use-operating.ts';
import { FindPatientLink } from '../patient-access/find-patient-link.tsx';
import { PatientBanner } from '../patient/patient-banner.tsx';
import { Masked } from '../policy/masked.tsx';
import { useViewer } from '../session/viewer.tsx';
import { CaseMark } from './case-mark.tsx';
import { definitionDocument, instanceChangedSubscription, instanceDocument, type InstanceDetail } from './documents.ts';
import { instanceNumber } from './instance-number.ts';
import { InstanceTimeline } from './instance-timeline.tsx';
import { elementStates } from './picture/element-states.ts';
import { ProcessPicture } from './picture/process-picture.tsx';
import { readProcessGraph } from './picture/process-graph.ts';
import { RelatedInstances } from './related-instances.tsx';
import { StepList } from './step-list.tsx';
import { WhereaboutsHeader } from './whereabouts-header.tsx';

/** One case: where it is, its live picture, its timeline, its data, and what can be done. */
export function InstancePage(): ReactNode {
  const { id = '' } = useParams();
  return <OneInstance key={id} id={id} />;
}

function OneInstance({ id }: { readonly id: string }): ReactNode {
  const text = useText();
  const [changes, setChanges] = useState(0);
  const [result, again] = useQuery({ query: instanceDocument, variables: { id }, requestPolicy: 'cache-and-network' });
  const refresh = (): void => {
    again({ requestPolicy: 'network-only' });
    setChanges((before) => before + 1);
  };
  const live = useMemo(() => ({ query: instanceChangedSubscription, field: 'processInstanceChanged', variables: { id } }), [id]);
  useLive<{ readonly cursor: string }>(live, refresh);
  // What was read stays while a newer reading fails, with what the person is writing beside it.
  const [seen, setSeen] = useState<InstanceDetail | null | undefined>();
  const current = result.data?.processInstance;
  if (current !== undefined && current !== seen) setSeen(current);
  const instance = current ?? seen;
  return (
    <Page
      page="instance"
      title="instances.title"
      wide
      ready={instance !== undefined || result.error !== undefined}
      heading={instance == null ? undefined : `${text.of(instance.definition.name)} ${instanceNumber(instance)}`}
      aside={instance == null ? undefined : <InstanceMark instance={instance} />}
    >
      {result.error === undefined ? null : <ProblemNotice problem={problemOf(result.error)} onRetry={refresh} />}
      {instance === undefined && result.error === undefined ? <Loading rows={8} /> : null}
      {instance === null ? <ProblemNotice problem={{ kind: 'notFound', code: 'INSTANCE_NOT_FOUND' }} /> : null}
      {instance === null ? <FindPatientLink /> : null}
      {instance == null ? null : <Detail id={id} instance={instance} changes={changes} refresh={refresh} />}
    </Page>
  );
}

function InstanceMark({ instance }: { readonly instance: InstanceDetail }): ReactNode {
  const text = useText();
  const viewer = useViewer();
  return (
    <>
      {mayOperate(viewer.roles) ? (
        <Link className="operate-link" to="?tab=actions" onClick={() => document.getElementById('case-panel')?.scrollIntoView({ block: 'start' })}>
          {text.t('operate.open')}
        </Link>
      ) : null}
      <span className="muted">{text.t('instance.version', { version: instance.definition.version })}</span>
      <span className="chip">
        <CaseMark instance={instance} />
      </span>
    </>
  );
}

const tabs = ['timeline', 'data', 'actions'] as const;

function Detail({ id, instance, changes, refresh }: { readonly id: string; readonly instance: InstanceDetail; readonly changes: number; readonly refresh: () => void }): ReactNode {
  const text = useText();
  const { t, locale } = text;
  const [params, setParams] = useSearchParams();
  const [selectedId, setSelectedId] = useState<string | undefined>();
  const [definition, readDefinition] = useQuery({ query: definitionDocument, variables: { id } });
  const { hash } = instance.definition;
  const shown = definition.data?.processInstance?.definition.hash;
  useEffect(() => {
    // The case has moved to another version: its picture is another one.
    if (shown !== undefined && shown !== hash) readDefinition({ requestPolicy: 'network-only' });
  }, [shown, hash, readDefinition]);
  const document = definition.data?.processInstance?.definition.document;
  const graph = useMemo(() => readProcessGraph(document, locale), [document, locale]);
  const states = useMemo(() => elementStates(graph, instance), [graph, instance]);
  const { roles } = useViewer();
  // Exceptions stand there too, for whoever sees the case.
  const hasActions = mayOperate(roles) || instance.incidents.length > 0;
  const tab = tabs.find((each) => each === params.get('tab') && (each !== 'actions' || hasActions)) ?? 'timeline';
  const operating = useOperating(instance, graph, tab === 'actions');
  const turnTo = (key: string): void => {
    const next = new URLSearchParams(params);
    if (key === 'timeline') next.delete('tab');
    else next.set('tab', key);
    setParams(next, { replace: true });
  };
  return (
    <>
      {instance.patient === null ? null : <PatientBanner patient={instance.patient} />}
      {document === undefined ? null : <WhereaboutsHeader graph={graph} instance={instance} />}
      <RelatedInstances instance={instance} />
      <div className="instance-columns">
        <div>
          {operating.overlay === undefined ? null : <PickBar {...operating.picking} />}
          {document === undefined ? <Loading rows={5} /> : <ProcessPicture layoutKey={`${shown ?? hash}:${locale}`} graph={graph} states={states} onSelect={setSelectedId} overlay={operating.overlay} />}
          {document === undefined ? null : <StepList graph={graph} states={states} selectedId={selectedId} />}
        </div>
        <section className="card instance-side" id="case-panel">
          <Tabs
            activeKey={tab}
            onChange={turnTo}
            items={[
              { key: 'timeline', label: t('instance.tab.timeline'), children: <InstanceTimeline id={id} changes={changes} /> },
              { key: 'data', label: t('instance.tab.data'), children: instance.maskedFields.includes('variables') ? <Masked /> : Object.keys(instance.variables ?? {}).length === 0 ? <p className="muted">{t('instance.data.empty')}</p> : <FactList data={instance.variables} label={t('instance.tab.data')} /> },
              ...(hasActions ? [{ key: 'actions', label: t('instance.tab.actions'), children: <OperatePanel instance={instance} graph={graph} operating={operating} onChanged={refresh} /> }] : []),
            ]}
          />
        </section>
      </div>
    </>
  );
}
