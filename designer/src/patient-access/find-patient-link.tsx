import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useText } from '../i18n/use-text.ts';
import { useViewer } from '../session/viewer.tsx';
import { accessTakers } from './open-accesses.tsx';

/** Where a page shows nothing, perhaps for want of a care relationship: the way to the patient in an emergency. */
export function FindPatientLink(): ReactNode {
  const { t } = useText();
  const viewer = useViewer();
  if (!viewer.roles.some((role) => accessTakers.includes(role))) return null;
  return (
    <p>
      {t('access.noRelationHelp')} <Link to="/find-patient">{t('access.findTitle')}</Link>
    </p>
  );
}
