import type { MessageKey } from '../i18n/messages.ts';

/** One entry of the rail. */
export interface Entry {
  readonly id: 'scan' | 'tasks' | 'instances' | 'processes' | 'rules' | 'exceptions' | 'alerts' | 'audit' | 'people' | 'wards' | 'licences' | 'policy' | 'recovery' | 'find' | 'privacy' | 'security' | 'clients' | 'about' | 'me';
  readonly path: string;
  readonly label: MessageKey;
  /** Roles that find it; everyone when absent. The gateway decides again. */
  readonly roles?: readonly string[];
}

/** Those who care for patients, and to whom alerts go. */
export const carers = ['nurse', 'head-nurse', 'doctor', 'pharmacist'];

const entries: readonly Entry[] = [
  { id: 'scan', path: '/bedside', label: 'nav.scan', roles: ['nurse', 'head-nurse'] },
  { id: 'tasks', path: '/tasks', label: 'nav.tasks', roles: [...carers, 'operator', 'process-owner'] },
  { id: 'alerts', path: '/alerts', label: 'nav.alerts', roles: carers },
  { id: 'exceptions', path: '/exceptions', label: 'nav.exceptions', roles: ['operator', 'process-owner'] },
  { id: 'audit', path: '/audit', label: 'nav.audit', roles: ['auditor'] },
  { id: 'instances', path: '/instances', label: 'nav.instances', roles: [...carers, 'operator', 'process-owner', 'auditor'] },
  { id: 'processes', path: '/processes', label: 'nav.processes', roles: ['operator', 'process-owner'] },
  { id: 'rules', path: '/rules', label: 'nav.rules', roles: [...carers, 'finance', 'process-owner', 'operator', 'auditor'] },
  { id: 'people', path: '/admin/people', label: 'nav.people', roles: ['system-administrator', 'security-administrator', 'auditor'] },
  { id: 'wards', path: '/admin/wards', label: 'nav.wards', roles: ['system-administrator', 'security-administrator', 'auditor'] },
  { id: 'licences', path: '/admin/licences', label: 'nav.licences', roles: ['security-administrator', 'auditor'] },
  { id: 'privacy', path: '/privacy', label: 'nav.privacy', roles: ['privacy-officer', 'auditor'] },
  { id: 'find', path: '/find-patient', label: 'nav.find', roles: [...carers, 'privacy-officer'] },
  { id: 'policy', path: '/policy', label: 'nav.policy', roles: ['auditor', 'privacy-officer', 'security-administrator', 'process-owner'] },
  { id: 'recovery', path: '/admin/recovery', label: 'nav.recovery', roles: ['system-administrator', 'security-administrator'] },
  { id: 'security', path: '/admin/security', label: 'nav.security', roles: ['security-administrator'] },
  { id: 'clients', path: '/admin/clients', label: 'nav.clients', roles: ['security-administrator'] },
  { id: 'about', path: '/about', label: 'nav.about' },
];
const me: Entry = { id: 'me', path: '/me', label: 'nav.me' };

/** What a person of these roles finds in the left rail, in order. */
export function railEntries(roles: readonly string[]): readonly Entry[] {
  return entries.filter((entry) => entry.roles === undefined || entry.roles.some((role) => roles.includes(role)));
}

/** The bottom bar of a phone or PDA: 扫码, 任务, 消息 first, and oneself. At most four places and 我. */
export function barEntries(roles: readonly string[]): readonly Entry[] {
  const places = railEntries(roles).filter((entry) => entry.id !== 'about');
  return [...places.slice(0, places.some((entry) => entry.id === 'scan') ? 3 : 4), me];
}

/** Where a person starts: a nurse with a PDA scans, everyone else begins with the first list of the role. */
export function homePath(roles: readonly string[], isNarrow: boolean): string {
  // Without a role: where it says so.
  if (roles.length === 0) return me.path;
  const [first, ...others] = railEntries(roles);
  if (first?.id === 'scan' && !isNarrow) return others[0]?.path ?? first.path;
  if (roles.includes('operator')) return '/exceptions';
  // Who only owns processes has few tasks of their own.
  return roles.every((role) => role === 'process-owner') ? '/processes' : (first?.path ?? '/about');
}
