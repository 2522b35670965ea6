import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { Page } from '../app/page.tsx';
import { Segments } from '../app/segments.tsx';
import '../app/styles/people.css';
import { Empty, Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { problemOf } from '../graphql/problem.ts';
import { useText } from '../i18n/use-text.ts';
import type { State } from '../status/state.ts';
import { StateMark } from '../status/state-mark.tsx';
import { endingLicencesDocument, licenceStages, type EndingLicence, type LicenceStage } from './documents.ts';
import { useLossWords } from './losses.ts';

const states: Readonly<Record<LicenceStage, State>> = { ENDED: 'overdue', WITHIN_7_DAYS: 'attention', WITHIN_30_DAYS: 'attention', WITHIN_60_DAYS: 'waiting' };
/** The edge of a line, as role assignments have it. */
const edges: Readonly<Record<LicenceStage, string>> = { ENDED: 'QUALIFICATION_MISSING', WITHIN_7_DAYS: 'QUALIFICATION_MISSING', WITHIN_30_DAYS: 'QUALIFICATION_MISSING', WITHIN_60_DAYS: 'AHEAD' };

function LicenceLine({ licence }: { readonly licence: EndingLicence }): ReactNode {
  const text = useText();
  const { t } = text;
  const lossesOf = useLossWords();
  const { person, code, identifier, validUntil, stage, daysLeft, losses } = licence;
  return (
    <li className="people-line" data-licence={stage} data-status={edges[stage]}>
      <div className="people-line-head">
        <strong>
          <Link to={`/admin/people/${encodeURIComponent(person.id)}`}>{person.displayName}</Link>
        </strong>
        <span>{text.lookup(`people.licence.${code}`, code)}</span>
        {identifier === null ? null : <span className="muted small">{t('licences.number', { number: identifier })}</span>}
      </div>
      <p>
        <StateMark state={states[stage]}>{stage === 'ENDED' ? t('licences.ended', { time: text.dateTime(validUntil) }) : t(daysLeft === 0 ? 'licences.endsToday' : 'licences.ends', { time: text.dateTime(validUntil), days: daysLeft })}</StateMark>
      </p>
      <p>{losses.length === 0 ? t('licences.noLoss') : t(stage === 'ENDED' ? 'licences.lost' : 'licences.loses', { losses: lossesOf(licence) })}</p>
    </li>
  );
}

/** 执业资格: which end or have ended, and what their people lose by that. The stage stands in the address. */
export function LicencesPage(): ReactNode {
  const { t } = useText();
  const [params, setParams] = useSearchParams();
  const stage = licenceStages.find((each) => each === params.get('stage')) ?? null;
  const [result, again] = useQuery({ query: endingLicencesDocument, variables: { stage }, requestPolicy: 'cache-and-network' });
  const found = result.data?.endingLicences;
  const counts = found && { ENDED: found.ended, WITHIN_7_DAYS: found.within7Days, WITHIN_30_DAYS: found.within30Days, WITHIN_60_DAYS: found.within60Days };
  const all = counts === undefined ? 0 : Object.values(counts).reduce((sum, count) => sum + count, 0);
  const total = stage === null ? all : (counts?.[stage] ?? 0);
  return (
    <Page
      page="licences"
      title="licences.title"
      ready={found !== undefined || result.error !== undefined}
      aside={
        <Segments
          label={t('people.show')}
          value={stage ?? 'ALL'}
          onChange={(value) => setParams(value === 'ALL' ? {} : { stage: value }, { replace: true })}
          options={[{ value: 'ALL' as const, label: t('licences.stage.ALL', { count: all }) }, ...licenceStages.map((value) => ({ value, label: t(`licences.stage.${value}`, { count: counts?.[value] ?? 0 }) }))]}
        />
      }
    >
      <p className="muted">{t('licences.lead')}</p>
      {result.error === undefined ? null : <ProblemNotice problem={problemOf(result.error)} onRetry={() => again({ requestPolicy: 'network-only' })} />}
      {found === undefined ? (
        result.error === undefined ? <Loading rows={5} /> : null
      ) : found.licences.length === 0 ? (
        <Empty>{t('licences.none')}</Empty>
      ) : (
        <ul className="people-lines" aria-label={t('licences.title')}>
          {found.licences.map((licence) => (
            <LicenceLine key={licence.id} licence={licence} />
          ))}
        </ul>
      )}
      {found !== undefined && found.licences.length < total ? <p className="muted">{t('licences.more', { shown: found.licences.length, count: total })}</p> : null}
    </Page>
  );
}
