import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';

const DemoContext = createContext(false);

/** True when the server says that its hospital is the demo; false until it has answered. */
export function useIsDemo(): boolean {
  return useContext(DemoContext);
}

/** Reads what the server says of itself to everybody: only whether it is the demo. */
export function readIsDemo(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'isDemo' in answer && answer.isDemo === true;
}

/** Asks once for the whole app, since the sign-in page needs it too. */
export function InstallationProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [isDemo, setIsDemo] = useState(false);
  useEffect(() => {
    const abort = new AbortController();
    fetch('/installation.json', { signal: abort.signal })
      .then((response) => response.json())
      .then((answer: unknown) => setIsDemo(readIsDemo(answer)))
      // A server that does not answer is said elsewhere.
      .catch(() => undefined);
    return () => abort.abort();
  }, []);
  return <DemoContext value={isDemo}>{children}</DemoContext>;
}
