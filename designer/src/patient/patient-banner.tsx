import type { ReactNode } from 'react';
import type { Patient } from '../graphql/model.ts';
import { useText, type Text } from '../i18n/use-text.ts';
import { EmergencyBanner } from '../patient-access/emergency-banner.tsx';
import { Masked } from '../policy/masked.tsx';
import { StateMark } from '../status/state-mark.tsx';

/** `67 岁`; the server's age, since it knows the hospital's day. */
export function ageOf(patient: Patient, { t }: Text): string {
  return patient.age === null ? t('common.noData') : t('patient.age', { age: patient.age });
}

/** 男 / 女 by the FHIR code. */
export function genderOf(patient: Patient, { lookup }: Text): string {
  return lookup(`patient.gender.${patient.gender}`, patient.gender);
}

/** The patient in a list: name, sex, age, inpatient number; never bed alone. `maskedFields`: of the row that the patient belongs to. */
export function PatientCell({ patient, maskedFields = [] }: { readonly patient: Patient | null; readonly maskedFields?: readonly string[] }): ReactNode {
  const text = useText();
  if (patient === null && maskedFields.includes('patient')) return <Masked />;
  if (patient === null) return <span className="muted">{text.t('patient.none')}</span>;
  return (
    <span className="patient-cell">
      <strong>{patient.name}</strong> <span className="nowrap">{genderOf(patient, text)} · {ageOf(patient, text)}</span>
      <span className="muted nowrap">{patient.maskedFields.includes('encounter') ? <Masked /> : (patient.encounter?.id ?? text.t('common.noData'))}</span>
    </span>
  );
}

function Allergies({ patient }: { readonly patient: Patient }): ReactNode {
  const { t, lookup } = useText();
  // Hidden is not the same as none: whoever is to treat the patient has to see the difference.
  if (patient.maskedFields.includes('allergies')) return <Masked />;
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
  const isStayHidden = patient.maskedFields.includes('encounter');
  return (
    <section className="patient-banner" aria-label={t('patient.region')}>
      <EmergencyBanner patientId={patient.patientId} />
      <p className="patient-identity">
        <strong>{patient.name}</strong>
        <span>{genderOf(patient, text)}</span>
        <span className="nowrap">
          <span className="label">{t('patient.birthDate')}</span> {patient.birthDate === null ? <Masked /> : text.date(patient.birthDate)} ({ageOf(patient, text)})
        </span>
        <span className="nowrap">
          <span className="label">{t('patient.encounter')}</span> {isStayHidden ? <Masked /> : (encounter?.id ?? t('common.noData'))}
        </span>
        <span className="nowrap">
          <span className="label">{t('patient.bed')}</span> {isStayHidden ? (
            <Masked />
          ) : encounter === null ? (
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
