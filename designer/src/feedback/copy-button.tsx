import { Button, type ButtonProps } from 'antd';
import { useState, type ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';

export interface CopyButtonProps extends Pick<ButtonProps, 'size' | 'type'> {
  /** What to copy, made when it is asked for. */
  readonly text: () => string;
  /** The verb on the button. */
  readonly label: string;
}

/** Copies a text. Absent where the browser allows none: it does so on https and localhost alone. */
export function CopyButton({ text, label, ...look }: CopyButtonProps): ReactNode {
  const { t } = useText();
  const [isCopied, setCopied] = useState(false);
  if (!('clipboard' in navigator)) return null;
  return (
    <Button {...look} onClick={() => void navigator.clipboard.writeText(text()).then(() => setCopied(true), () => undefined)}>
      {isCopied ? t('common.copied') : label}
    </Button>
  );
}
