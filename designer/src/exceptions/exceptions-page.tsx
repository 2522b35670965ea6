import type { ReactNode } from 'react';
export function ExceptionsPage(): ReactNode { return null; }
