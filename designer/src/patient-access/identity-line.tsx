import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';
import type { PatientIdentity } from './model.ts';

/** Name, ward, bed and year of birth: as much as tells one patient from another. */
export function IdentityLine({ patient }: { readonly patient: PatientIdentity }): ReactNode {
  const { t, of } = useText();
  return (
    <p className="identity-line">
      <strong>{patient.name}</strong>
      {patient.birthYear === null ? null : <span>{patient.wardName === null ? t('access.noStay') : `${of(patient.wardName)} ${t('access.bed', { bed: patient.bed ?? '' })}`}</span>}
      {patient.birthYear === null ? null : <span>{t('access.born', { year: patient.birthYear })}</span>}
      {patient.isSynthetic ? <span className="demo-mark">{t('patient.synthetic')}</span> : null}
    </p>
  );
}
