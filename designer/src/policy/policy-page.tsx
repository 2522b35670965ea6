import { Input, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { Page } from '../app/page.tsx';
import '../app/styles/policy.css';
import { Empty, Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { problemOf } from '../graphql/problem.ts';
import { useText } from '../i18n/use-text.ts';
import { accessPolicyDocument, type AccessPolicy, type PolicyField } from './documents.ts';
import { foundOperations, groupCells, rolesOfGrid } from './policy-words.ts';

interface SectionProps {
  readonly policy: AccessPolicy;
  /** The one role that is looked at. */
  readonly role: string | undefined;
}

/** Relations by name; what each means stands in the list above, and in the hint. */
function Relations({ policy, relations }: { readonly policy: AccessPolicy; readonly relations: readonly string[] }): ReactNode {
  const text = useText();
  return (
    <ul className="policy-chips">
      {relations.map((relation) => {
        const words = policy.relations.find((each) => each.relation === relation);
        return (
          <li key={relation} className="chip" data-relation={relation} title={text.of(words?.definition)}>
            {text.of(words?.name, relation)}
          </li>
        );
      })}
    </ul>
  );
}

function Definitions({ policy }: { readonly policy: AccessPolicy }): ReactNode {
  const text = useText();
  return (
    <section className="card">
      <h2>{text.t('policy.relations')}</h2>
      <p className="muted">{text.t('policy.relationsLead')}</p>
      <dl className="policy-definitions">
        {policy.relations.map(({ relation, name, definition }) => (
          <div key={relation}>
            <dt>{text.of(name, relation)}</dt>
            <dd>{text.of(definition)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Grid({ policy, role }: SectionProps): ReactNode {
  const text = useText();
  const { t } = text;
  return (
    <section className="card">
      <h2>{t('policy.rows')}</h2>
      <p className="muted">{t('policy.rowsLead')}</p>
      <table className="policy-grid">
        <thead>
          <tr>
            <th scope="col">{t('policy.role')}</th>
            {policy.types.map(({ type, name }) => (
              <th key={type} scope="col">{text.of(name, type)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rolesOfGrid(policy, role).map((each) => (
            <tr key={each.role}>
              <th scope="row">{text.of(each.name, each.role)}</th>
              {policy.types.map(({ type, name, cells }) => {
                const cell = cells.find((one) => one.role === each.role);
                return (
                  <td key={type} data-label={text.of(name, type)}>
                    {cell === undefined ? <span className="muted">{t('policy.none')}</span> : <Relations policy={policy} relations={cell.relations} />}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function FieldList({ policy, role, fields }: SectionProps & { readonly fields: readonly PolicyField[] }): ReactNode {
  const text = useText();
  const roleName = (key: string): string => text.of(policy.roles.find((each) => each.role === key)?.name, key);
  return (
    <ul className="policy-fields">
      {fields.map(({ key, name, cells }) => {
        const groups = groupCells(cells, role);
        return (
          <li key={key}>
            <p>
              <strong>{text.of(name, key)}</strong> <code className="muted">{key}</code>
            </p>
            {groups.length === 0 ? <p className="muted">{text.t('policy.hidden')}</p> : null}
            {groups.map((group) => (
              <div key={group.relations.join(' ')} className="policy-group">
                {role === undefined ? <span>{group.roles.map(roleName).join(text.locale === 'zh-CN' ? '、' : ', ')}</span> : null}
                <Relations policy={policy} relations={group.relations} />
              </div>
            ))}
          </li>
        );
      })}
    </ul>
  );
}

function Fields({ policy, role }: SectionProps): ReactNode {
  const text = useText();
  const { t } = text;
  return (
    <section className="card">
      <h2>{t('policy.fields')}</h2>
      <p className="muted">{t('policy.fieldsLead')}</p>
      {policy.types.filter(({ fields }) => fields.length > 0).map(({ type, name, fields }) => (
        <details key={type} className="policy-details">
          <summary>
            {text.of(name, type)} <span className="muted">{t('policy.fieldCount', { count: fields.length })}</span>
          </summary>
          <FieldList policy={policy} role={role} fields={fields} />
        </details>
      ))}
    </section>
  );
}

function Labels({ policy, role }: SectionProps): ReactNode {
  const text = useText();
  const { t } = text;
  return (
    <section className="card">
      <h2>{t('policy.labels')}</h2>
      <p className="muted">{t('policy.labelsLead')}</p>
      {policy.labels.map(({ code, name, fields }) => (
        <details key={code} className="policy-details">
          <summary>
            {text.of(name, code)} <code>{code}</code> <span className="muted">{t('policy.fieldCount', { count: fields.length })}</span>
          </summary>
          <FieldList policy={policy} role={role} fields={fields} />
        </details>
      ))}
    </section>
  );
}

function Operations({ policy, role }: SectionProps): ReactNode {
  const text = useText();
  const { t } = text;
  const [search, setSearch] = useState('');
  const found = foundOperations(policy, role, search);
  return (
    <section className="card">
      <h2>{t('policy.operations')}</h2>
      <p className="muted">{t('policy.operationsLead')}</p>
      <Input allowClear className="policy-search" aria-label={t('policy.search')} placeholder={t('policy.search')} value={search} onChange={(event) => setSearch(event.target.value)} />
      <p className="muted" role="status">{t('policy.found', { count: found.length })}</p>
      <ul className="policy-operations">
        {found.map(({ operation, name, roles }) => (
          <li key={operation}>
            <span>
              <strong>{text.of(name, operation)}</strong> <code className="muted">{operation}</code>
            </span>
            {role === undefined ? (
              <span className="muted">{roles.length === policy.roles.length ? t('policy.everyone') : roles.map((each) => text.of(policy.roles.find((one) => one.role === each)?.name, each)).join(text.locale === 'zh-CN' ? '、' : ', ')}</span>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Who sees and does what, in the words of the table that the gateway enforces; of one role where one is chosen. */
export function PolicyPage(): ReactNode {
  const text = useText();
  const { t } = text;
  const [params, setParams] = useSearchParams();
  const [result, again] = useQuery({ query: accessPolicyDocument, variables: {} });
  const policy = result.data?.accessPolicy;
  const role = policy?.roles.find((each) => each.role === params.get('role'))?.role;
  const choose = (chosen: string | undefined): void => setParams(chosen === undefined ? {} : { role: chosen }, { replace: true });
  return (
    <Page page="policy" title="policy.title" wide ready={policy !== undefined || result.error !== undefined}>
      {result.error === undefined ? null : <ProblemNotice problem={problemOf(result.error)} onRetry={() => again({ requestPolicy: 'network-only' })} />}
      {policy === undefined ? (
        result.error === undefined ? <Loading rows={6} /> : null
      ) : policy.roles.length === 0 ? (
        <Empty>{t('common.noData')}</Empty>
      ) : (
        <div className="policy-page">
          <p>{t('policy.lead')}</p>
          <label className="policy-role">
            <span>{t('policy.pickRole')}</span>
            <Select allowClear showSearch={{ optionFilterProp: 'label' }} placeholder={t('policy.allRoles')} value={role ?? null} onChange={(chosen: string | null | undefined) => choose(chosen ?? undefined)} options={policy.roles.map((each) => ({ value: each.role, label: text.of(each.name, each.role) }))} />
          </label>
          <Grid policy={policy} role={role} />
          <Definitions policy={policy} />
          <Fields policy={policy} role={role} />
          <Labels policy={policy} role={role} />
          <Operations policy={policy} role={role} />
        </div>
      )}
    </Page>
  );
}
