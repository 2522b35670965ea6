import type { ReactNode } from 'react';
export function BedsidePage(): ReactNode { return null; }
