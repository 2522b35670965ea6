import { useEffect, useRef, type ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';

/**
 * The field into which a scanner in injection mode puts its text. It takes the focus whenever nothing else that is
 * typed into has it, and opens no on-screen keyboard.
 */
export function ScanTarget(): ReactNode {
  const { t } = useText();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const take = (): void => {
      const { activeElement } = document;
      if (activeElement === null || activeElement === document.body) field.current?.focus({ preventScroll: true });
    };
    take();
    const timer = setInterval(take, 500);
    return () => clearInterval(timer);
  }, []);
  return <input ref={field} className="visually-hidden" data-scan-target="" inputMode="none" autoComplete="off" aria-label={t('scanner.target')} defaultValue="" />;
}
