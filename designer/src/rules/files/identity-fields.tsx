import { Input, Select } from 'antd';
import { useId, type ReactNode } from 'react';
import { useText } from '../../i18n/use-text.ts';
import type { RuleSetDomain } from '../rule-set-domain.ts';
import { keyProblem } from './rule-set-key.ts';

export interface IdentityFieldsProps {
  readonly ruleSetKey: string;
  readonly domain: RuleSetDomain | undefined;
  /** Those that the person may write in; one that stands fast is the only one. */
  readonly domains: readonly RuleSetDomain[];
  readonly onKey: (key: string) => void;
  readonly onDomain: (domain: RuleSetDomain) => void;
}

/** The key and the domain of a rule set that is to be made. */
export function IdentityFields({ ruleSetKey, domain, domains, onKey, onDomain }: IdentityFieldsProps): ReactNode {
  const { t } = useText();
  const id = useId();
  const problem = keyProblem(ruleSetKey);
  return (
    <>
      <label className="field" htmlFor={id}>
        <span>{t('ruleFiles.key')}</span>
        <Input id={id} value={ruleSetKey} maxLength={128} spellCheck={false} autoCapitalize="none" onChange={(event) => onKey(event.target.value.trim())} aria-invalid={problem === 'form'} aria-describedby={`${id}-help`} {...(problem === 'form' ? { status: 'error' as const } : {})} />
        <span id={`${id}-help`} className={problem === 'form' ? 'field-error' : 'muted small'}>
          {t('ruleFiles.key.help')}
        </span>
      </label>
      <label className="field">
        <span>{t('ruleFiles.domain')}</span>
        <Select aria-label={t('ruleFiles.domain')} value={domain ?? null} placeholder={t('rules.compare.choose')} onChange={(chosen: RuleSetDomain | null) => (chosen === null ? undefined : onDomain(chosen))} options={domains.map((value) => ({ value, label: t(`rules.domain.${value}`) }))} />
      </label>
    </>
  );
}
