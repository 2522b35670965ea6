import { Input, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';
import { instantOf } from '../rules/effective-time.ts';
import { useCommand } from '../rules/use-command.ts';
import { FieldsDialog } from '../feedback/fields-dialog.tsx';
import { recordQualificationCommand } from './commands.ts';
import { enumOf } from './model.ts';
import { MomentField } from './moment-field.tsx';

const licences = ['physician-licence', 'nurse-licence', 'pharmacist-licence'] as const;

/** Records a licence as it stands on the certificate. */
export function QualificationDialog({ personId, name, onClose }: { readonly personId: string; readonly name: string; readonly onClose: (done: boolean) => void }): ReactNode {
  const { t } = useText();
  const [code, setCode] = useState<string | undefined>();
  const [identifier, setIdentifier] = useState('');
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const send = useCommand(recordQualificationCommand);
  const [validFrom, validUntil] = [instantOf(from), instantOf(until)];
  const missing = code === undefined ? t('people.licence.codeMissing') : identifier.trim() === '' ? t('people.licence.numberMissing') : validFrom === undefined ? t('people.licence.fromMissing') : undefined;
  return (
    <FieldsDialog
      title={t('people.licence.title', { name })}
      effect={t('people.licence.effect')}
      action={t('people.licence.action')}
      missing={missing}
      onClose={() => onClose(false)}
      onAct={async () => {
        const outcome = await send({ personId, code: enumOf(code ?? ''), identifier: identifier.trim(), validFrom: validFrom ?? '', ...(validUntil === undefined ? {} : { validUntil }) });
        if (outcome.kind === 'accepted') onClose(true);
        return outcome;
      }}
    >
      <div className="field">
        <span>{t('people.licence')}</span>
        <Select aria-label={t('people.licence')} value={code ?? null} placeholder={t('people.licence.codeMissing')} onChange={(value: string) => setCode(value)} options={licences.map((value) => ({ value, label: t(`people.licence.${value}`) }))} />
      </div>
      <label className="field">
        <span>{t('people.licence.number')}</span>
        <Input value={identifier} maxLength={64} onChange={(event) => setIdentifier(event.target.value)} />
      </label>
      <div className="people-period">
        <MomentField label={t('people.from')} value={from} empty={t('people.licence.fromMissing')} onChange={setFrom} />
        <MomentField label={t('people.until')} value={until} empty={t('people.until.open')} onChange={setUntil} />
      </div>
    </FieldsDialog>
  );
}
