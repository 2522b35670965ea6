import type { ReactNode } from 'react';
import type { Patient } from '../graphql/model.ts';
import { useText, type Text } from '../i18n/use-text.ts';
import { EmergencyBanner } from '../patient-access/emergency-banner.tsx';
import { StateMark } from '../status/state-mark.tsx';

/** `67 岁`; the server's age, since it knows the hospital's day. */
export function ageOf(patient: Patient, { t }: Text): string {
  return patient.age === null ? t('common.noData') : t('patient.age', { age: patient.age });
}

/** 男 / 女 by the FHIR code. */
export function genderOf(patient: Patient, { lookup }: Text): string {
  return lookup(`patient.gender.${patient.gender}`, patient.gender);
}

/** The patient in a list: name, sex, age, inpatient number; never bed alone. */
export function PatientCell({ patient }: { readonly patient: Patient | null }): ReactNode {
  const text = useText();
  if (patient === null) return <span className="muted">{text.t('patient.none')}</span>;
  return (
    <span className="patient-cell">
      <strong>{patient.name}</strong> <span className="nowrap">{genderOf(patient, text)} · {ageOf(patient, text)}</span>
      <span className="muted nowrap">{patient.encounter?.id ?? text.t('common.noData')}</span>
    </span>
  );
}

function Allergies({ patient }: { readonly patient: Patient }): ReactNode {
  const { t, lookup } = useText();
  if (patient.allergies.length > 0) {
    return (
      <ul className="allergies">
        {patient.allergies.map((allergy) => (
          <li key={`${allergy.substance}-${allergy.reactionClass}`}>
            <StateMark state="failed" bare /> {lookup(`substance.${allergy.substance}`, allergy.substance)} — {lookup(`patient.reaction.${allergy.reactionClass}`, allergy.reactionClass)}
          </li>
        ))}
      </ul>
    );
  }
  return patient.allergyStatus === 'none-known' ? <span>{t('patient.allergiesNone')}</span> : <StateMark state="attention">{t('patient.allergiesNotAsked')}</StateMark>;
}

/** The same facts about a patient in the same order on every screen. Merely reads; never truncates. */
export function PatientBanner({ patient }: { readonly patient: Patient }): ReactNode {
  const text = useText();
  const { t } = text;
  const { encounter } = patient;
  return (
    <section className="patient-banner" aria-label={t('patient.region')}>
      <EmergencyBanner patientId={patient.patientId} />
      <p className="patient-identity">
        <strong>{patient.name}</strong>
        <span>{genderOf(patient, text)}</span>
        <span className="nowrap">
          <span className="label">{t('patient.birthDate')}</span> {text.date(patient.birthDate)} ({ageOf(patient, text)})
        </span>
        <span className="nowrap">
          <span className="label">{t('patient.encounter')}</span> {encounter?.id ?? t('common.noData')}
        </span>
        <span className="nowrap">
          <span className="label">{t('patient.bed')}</span> {encounter === null ? (
            t('common.noData')
          ) : (
            <>
              <span className="ward-name">{text.of(encounter.wardName)}</span> {encounter.bed}
            </>
          )} <span className="muted small">({t('patient.bedHint')})</span>
        </span>
        {patient.isSynthetic ? <span className="demo-mark">{t('patient.synthetic')}</span> : null}
      </p>
      <div className="patient-allergies">
        <span className="label">{t('patient.allergies')}</span>
        <Allergies patient={patient} />
      </div>
    </section>
  );
}
