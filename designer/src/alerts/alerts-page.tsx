import type { ReactNode } from 'react';
export function AlertsPage(): ReactNode { return null; }
