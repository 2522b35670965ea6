import { useState, type ReactNode } from 'react';
import { useClient } from 'urql';
import { Segments } from '../app/segments.tsx';
import { ReasonDialog } from '../feedback/reason-dialog.tsx';
import { sendCommand } from '../graphql/command.ts';
import { Intention } from '../graphql/intention.ts';
import { useText } from '../i18n/use-text.ts';
import { reviewAccessDocument } from './documents.ts';
import { reviewOutcomes, type EmergencyAccess, type ReviewOutcome } from './model.ts';

/** A finding with its comment; a correction names the review that it corrects. */
export function ReviewDialog({ access, onClose }: { readonly access: EmergencyAccess; readonly onClose: (done: boolean) => void }): ReactNode {
  const { t } = useText();
  const client = useClient();
  const [outcome, setOutcome] = useState<ReviewOutcome | undefined>();
  const [intention] = useState(() => new Intention());
  const corrects = access.reviews[0]?.id ?? null;
  return (
    <ReasonDialog
      title={t('privacy.review')}
      effect={corrects === null ? t('privacy.reviewEffect', { name: access.person.displayName }) : t('privacy.correctEffect')}
      action={t('privacy.submit')}
      label={t('privacy.comment')}
      missing={outcome === undefined ? t('privacy.chooseOutcome') : undefined}
      onClose={onClose}
      onAct={async (comment) => {
        const content = { accessId: access.id, outcome: outcome ?? 'NEEDS_INQUIRY', comment, corrects };
        return sendCommand(client, reviewAccessDocument, { input: { ...content, idempotencyKey: intention.keyFor(content) } });
      }}
    >
      <p>
        <Segments label={t('privacy.finding')} value={outcome} onChange={setOutcome} options={reviewOutcomes.map((value) => ({ value, label: t(`privacy.outcome.${value}`) }))} />
      </p>
    </ReasonDialog>
  );
}
