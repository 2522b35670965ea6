import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useViewer } from '../session/viewer.tsx';
import { useText } from '../i18n/use-text.ts';
import { StateMark } from '../status/state-mark.tsx';
import '../app/styles/patient-access.css';
import { EmergencyDialog } from './emergency-dialog.tsx';
import { IdentityLine } from './identity-line.tsx';
import type { PatientIdentity } from './model.ts';
import { useOpenAccesses } from './open-accesses.tsx';
import { overseers } from './overseers.ts';

/** A patient who was found: the way to them, or why there is none and the emergency access; for who oversees, who saw them. */
export function FoundPatient({ patient, onOpen }: { readonly patient: PatientIdentity; readonly onOpen: () => void }): ReactNode {
  const { t } = useText();
  const { accesses } = useOpenAccesses();
  const [isAsking, setAsking] = useState(false);
  const isOverseer = useViewer().roles.some((role) => overseers.includes(role));
  const isVisible = patient.isVisible || accesses.some((access) => access.patient.patientId === patient.patientId);
  return (
    <article className="card found-patient" data-patient={patient.patientId} data-visible={isVisible}>
      <IdentityLine patient={patient} />
      {isOverseer ? (
        <Link className="operate-link" to={`/patients/${patient.patientId}/access-log`}>
          {t('privacy.log')}
        </Link>
      ) : isVisible ? (
        <Button type="primary" size="large" onClick={onOpen}>
          {t('access.open')}
        </Button>
      ) : (
        <>
          <p>
            <StateMark state="attention">{t('access.noRelation')}</StateMark>
          </p>
          <p>{t('access.noRelationHelp')}</p>
          <Button type="primary" size="large" onClick={() => setAsking(true)}>
            {t('access.title')}
          </Button>
        </>
      )}
      {isAsking ? <EmergencyDialog patient={patient} onClose={() => setAsking(false)} onTaken={onOpen} /> : null}
    </article>
  );
}
