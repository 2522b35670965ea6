import type { ReactNode } from 'react';
import { useNow } from '../app/clock.ts';
import { useText, type Text } from '../i18n/use-text.ts';
import type { State } from '../status/state.ts';
import { StateMark } from '../status/state-mark.tsx';
import type { InstanceDetail } from './documents.ts';
import type { ProcessGraph } from './picture/process-graph.ts';
import { whereabouts, type Place, type Waiting } from './whereabouts.ts';

const marks: Readonly<Record<Waiting['kind'], State>> = { person: 'running', failed: 'failed', unknown: 'unknown', event: 'waiting', system: 'running' };

/** Roles in the reader's words. */
function roleNames(roles: readonly string[], text: Text): string {
  return roles.map((role) => text.lookup(`role.${role}`, role)).join(text.locale === 'zh-CN' ? '、' : ', ');
}

function waitingWords(waiting: Waiting, text: Text): string {
  if (waiting.kind === 'person') {
    const who = text.t('instance.wait.person', { who: waiting.name ?? roleNames(waiting.roles, text) });
    return waiting.dueAt === undefined ? who : `${who} · ${text.t('task.due')} ${text.dateTime(waiting.dueAt)}`;
  }
  return text.t(`instance.wait.${waiting.kind}`);
}

function PlaceRow({ place, nowMs }: { readonly place: Place; readonly nowMs: number }): ReactNode {
  const text = useText();
  return (
    <li data-element={place.elementId}>
      <StateMark state={marks[place.waiting.kind]} bare />
      <strong>{place.name}</strong>
      <span>{waitingWords(place.waiting, text)}</span>
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
      {status === 'completed' || status === 'cancelled' || status === 'failed' ? (
        <p>
          <StateMark state={status === 'completed' ? 'done' : status}>{t(`instance.ended.${status}`)}</StateMark> {instance.endedAt === null ? '' : text.dateTime(instance.endedAt)}
        </p>
      ) : places.length === 0 ? (
        <p className="muted">{t(status === 'created' ? 'instance.starting' : 'instance.wait.system')}</p>
      ) : (
        <ul>
          {places.map((place, index) => (
            <PlaceRow key={`${place.elementId}-${index}`} place={place} nowMs={now} />
          ))}
        </ul>
      )}
    </section>
  );
}
