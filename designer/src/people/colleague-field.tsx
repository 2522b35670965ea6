import { Select } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { useText } from '../i18n/use-text.ts';
import { colleaguesDocument } from './documents.ts';
import { enumOf } from './model.ts';

const restMs = 300;

/** Chooses a colleague who has the licence for a role. */
export function ColleagueField({ label, role, value, onChange }: { readonly label: string; readonly role: string; readonly value: string | undefined; readonly onChange: (id: string) => void }): ReactNode {
  const { t } = useText();
  const [search, setSearch] = useState('');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(search), restMs);
    return () => clearTimeout(timer);
  }, [search]);
  const [result] = useQuery({ query: colleaguesDocument, variables: { role: enumOf(role), search: asked }, requestPolicy: 'network-only' });
  const people = result.data?.colleaguesForRole ?? [];
  return (
    <div className="field">
      <span>{label}</span>
      <Select
        aria-label={label}
        showSearch={{ onSearch: setSearch, filterOption: false }}
        value={value ?? null}
        placeholder={t('people.colleague.find')}
        loading={result.fetching}
        notFoundContent={result.fetching ? t('common.loading') : t('people.colleague.none')}
        onChange={(id: string) => onChange(id)}
        options={people.map(({ id, displayName }) => ({ value: id, label: displayName }))}
      />
    </div>
  );
}
