import type { ReactNode } from 'react';
import { useNow } from '../app/clock.ts';
import { roleNames } from '../session/role-names.ts';
import { useText, type Text } from '../i18n/use-text.ts';
import type { State } from '../status/state.ts';
import { StateMark } from '../status/state-mark.tsx';
import type { InstanceDetail } from './documents.ts';
import { elementName, kindWord } from './picture/element-words.ts';
import type { GraphElement } from './picture/graph-element.ts';
import type { ProcessGraph } from './picture/process-graph.ts';
import { whereabouts, type Place, type Waiting } from './whereabouts.ts';

const marks: Readonly<Record<Waiting['kind'], State>> = { person: 'running', verifier: 'attention', failed: 'failed', unknown: 'unknown', event: 'waiting', process: 'running', choice: 'waiting', system: 'running' };

/** Who or what it waits for; for an event, which kind. */
function waitingWords(waiting: Waiting, element: GraphElement | undefined, text: Text): string {
  if (waiting.kind === 'event' && element !== undefined) return kindWord(element, text);
  if (waiting.kind === 'person' || waiting.kind === 'verifier') {
    const who = text.t(`instance.wait.${waiting.kind}`, { who: waiting.name ?? roleNames(waiting.roles, text) });
    return waiting.dueAt === undefined ? who : `${who} · ${text.t('task.due')} ${text.dateTime(waiting.dueAt)}`;
  }
  return text.t(`instance.wait.${waiting.kind}`);
}

function PlaceRow({ place, element, nowMs }: { readonly place: Place; readonly element: GraphElement | undefined; readonly nowMs: number }): ReactNode {
  const text = useText();
  const name = element === undefined ? place.elementId : elementName(element, text);
  const words = waitingWords(place.waiting, element, text);
  return (
    <li data-element={place.elementId}>
      <StateMark state={marks[place.waiting.kind]} bare />
      <strong>{name}</strong>
      {words === name ? null : <span>{words}</span>}
      {place.since === null ? null : <span className="muted nowrap">{text.t('instance.wait.for', { time: text.duration(nowMs - Date.parse(place.since)) })}</span>}
    </li>
  );
}

/** 现在在哪 · 在等什么, before the picture. */
export function WhereaboutsHeader({ graph, instance }: { readonly graph: ProcessGraph; readonly instance: InstanceDetail }): ReactNode {
  const text = useText();
  const { t } = text;
  const now = useNow();
  const places = whereabouts(graph, instance, instance.tasks);
  const { status } = instance;
  return (
    <section className="whereabouts" aria-label={`${t('instance.where')} · ${t('instance.waitingFor')}`}>
      <h2>
        {t('instance.where')} · {t('instance.waitingFor')}
      </h2>
      {status === 'paused' ? (
        <p>
          <StateMark state="paused" bare /> {t('operate.paused')}
        </p>
      ) : null}
      {status === 'completed' || status === 'cancelled' || status === 'failed' ? (
        <p>
          <StateMark state={status === 'completed' ? 'done' : status}>{t(`instance.ended.${status}`)}</StateMark> {instance.errorCode === null ? null : <strong>· {t('instance.errorCode', { code: instance.errorCode })} ·</strong>} {instance.endedAt === null ? '' : text.dateTime(instance.endedAt)}
          {status === 'failed' ? <span className="muted block">{t('instance.failedHelp')}</span> : null}
        </p>
      ) : places.length === 0 ? (
        <p className="muted">{t(status === 'created' ? 'instance.starting' : 'instance.wait.system')}</p>
      ) : (
        <ul>
          {places.map((place, index) => (
            <PlaceRow key={`${place.elementId}-${index}`} place={place} element={graph.byId.get(place.elementId)} nowMs={now} />
          ))}
        </ul>
      )}
    </section>
  );
}
