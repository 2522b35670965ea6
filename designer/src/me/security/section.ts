import { useState } from 'react';
import type { SecurityOverview } from '../../session/security-overview.ts';

/** What a section of one's own security is given. */
export interface SecuritySectionProps {
  readonly overview: SecurityOverview;
  /** Reads the overview again after a change. */
  readonly onChange: () => Promise<void>;
}

/** Opens and closes the form of a section. */
export function useOpenForm(onChange: () => Promise<void>): { readonly isOpen: boolean; readonly open: () => void; readonly close: () => void; readonly done: () => void } {
  const [isOpen, setOpen] = useState(false);
  return {
    isOpen,
    open: () => setOpen(true),
    close: () => setOpen(false),
    done: () => {
      setOpen(false);
      void onChange();
    },
  };
}
