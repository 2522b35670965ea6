import type { ReactNode } from 'react';
export function InstancesPage(): ReactNode { return null; }
