import { AlertOutlined, ApiOutlined, ApartmentOutlined, AuditOutlined, BellOutlined, CheckSquareOutlined, DeploymentUnitOutlined, EyeOutlined, FileProtectOutlined, IdcardOutlined, InfoCircleOutlined, KeyOutlined, PartitionOutlined, SafetyOutlined, ScanOutlined, TableOutlined, TeamOutlined, UserOutlined, UserSwitchOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { Entry } from './navigation.ts';

const icons: Readonly<Record<Entry['id'], ReactNode>> = {
  scan: <ScanOutlined aria-hidden />,
  tasks: <CheckSquareOutlined aria-hidden />,
  instances: <DeploymentUnitOutlined aria-hidden />,
  processes: <PartitionOutlined aria-hidden />,
  rules: <TableOutlined aria-hidden />,
  exceptions: <AlertOutlined aria-hidden />,
  alerts: <BellOutlined aria-hidden />,
  audit: <AuditOutlined aria-hidden />,
  policy: <FileProtectOutlined aria-hidden />,
  find: <UserSwitchOutlined aria-hidden />,
  privacy: <EyeOutlined aria-hidden />,
  recovery: <KeyOutlined aria-hidden />,
  security: <SafetyOutlined aria-hidden />,
  clients: <ApiOutlined aria-hidden />,
  people: <TeamOutlined aria-hidden />,
  wards: <ApartmentOutlined aria-hidden />,
  licences: <IdcardOutlined aria-hidden />,
  about: <InfoCircleOutlined aria-hidden />,
  me: <UserOutlined aria-hidden />,
};

/** The icon of an entry; the word beside it carries the meaning. */
export function EntryIcon({ id }: { readonly id: Entry['id'] }): ReactNode {
  return icons[id];
}
