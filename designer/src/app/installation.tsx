import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { isLocalizedText, type LocalizedText } from '../i18n/localized-text.ts';

/** A way to sign in by the hospital's own directory. */
export interface SignOn {
  readonly id: string;
  readonly name: LocalizedText;
}

/** What the server says of itself to everybody. */
interface Installation {
  readonly isDemo: boolean;
  readonly signOn: readonly SignOn[];
}

const unknown: Installation = { isDemo: false, signOn: [] };
const InstallationContext = createContext(unknown);

/** True when the server says that its hospital is the demo; false until it has answered. */
export function useIsDemo(): boolean {
  return useContext(InstallationContext).isDemo;
}

/** The hospital's own ways to sign in; none until the server has answered. */
export function useSignOn(): readonly SignOn[] {
  return useContext(InstallationContext).signOn;
}

/** Reads what the server says of itself to everybody: whether it is the demo, and how else people sign in. */
export function readInstallation(answer: unknown): Installation {
  if (typeof answer !== 'object' || answer === null) return unknown;
  const signOn = 'signOn' in answer && Array.isArray(answer.signOn) ? answer.signOn.filter(isSignOn) : [];
  return { isDemo: 'isDemo' in answer && answer.isDemo === true, signOn };
}

function isSignOn(value: unknown): value is SignOn {
  if (typeof value !== 'object' || value === null) return false;
  const { id, name } = value as Readonly<Record<string, unknown>>;
  return typeof id === 'string' && /^[\w-]+$/.test(id) && isLocalizedText(name);
}

/** Asks once for the whole app, since the sign-in page needs it too. */
export function InstallationProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [installation, setInstallation] = useState(unknown);
  useEffect(() => {
    const abort = new AbortController();
    fetch('/installation.json', { signal: abort.signal })
      .then((response) => response.json())
      .then((answer: unknown) => setInstallation(readInstallation(answer)))
      // A server that does not answer is said elsewhere.
      .catch(() => undefined);
    return () => abort.abort();
  }, []);
  return <InstallationContext value={installation}>{children}</InstallationContext>;
}
