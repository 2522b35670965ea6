import type { ComponentType, ReactNode } from 'react';
import { createBrowserRouter, Navigate } from 'react-router';
import { Loading } from '../feedback/feedback.tsx';
import { RequireViewer, useViewer } from '../session/viewer.tsx';
import { homePath } from '../shell/navigation.ts';
import { Shell } from '../shell/shell.tsx';
import { useIsNarrow } from './media.ts';
import { RouteProblem, UnknownRoute } from './route-problem.tsx';

function Home(): ReactNode {
  const viewer = useViewer();
  return <Navigate to={homePath(viewer.roles, useIsNarrow())} replace />;
}

/** A page in a chunk of its own. */
const page = (load: () => Promise<ComponentType>) => ({ lazy: async () => ({ Component: await load() }) });

/** Every address of the app. */
export const router = createBrowserRouter([
  { path: '/login', ...page(async () => (await import('../session/login-page.tsx')).LoginPage), errorElement: <RouteProblem />, hydrateFallbackElement: <Loading /> },
  { path: '/recover', ...page(async () => (await import('../recovery/recover-page.tsx')).RecoverPage), errorElement: <RouteProblem />, hydrateFallbackElement: <Loading /> },
  { path: '/login/second-factor', ...page(async () => (await import('../session/second-factor-page.tsx')).SecondFactorPage), errorElement: <RouteProblem />, hydrateFallbackElement: <Loading /> },
  {
    path: '/',
    element: (
      <RequireViewer>
        <Shell />
      </RequireViewer>
    ),
    errorElement: <RouteProblem />,
    hydrateFallbackElement: <Loading />,
    children: [
      {
        errorElement: <RouteProblem />,
        children: [
          { index: true, element: <Home /> },
          { path: 'tasks', ...page(async () => (await import('../tasks/tasks-page.tsx')).TasksPage) },
          { path: 'tasks/:id', ...page(async () => (await import('../tasks/task-page.tsx')).TaskPage) },
          { path: 'bedside', ...page(async () => (await import('../bedside/bedside-page.tsx')).BedsidePage) },
          { path: 'bedside/setup', ...page(async () => (await import('../bedside/setup-page.tsx')).SetupPage) },
          { path: 'instances', ...page(async () => (await import('../instances/instances-page.tsx')).InstancesPage) },
          { path: 'instances/:id', ...page(async () => (await import('../instances/instance-page.tsx')).InstancePage) },
          { path: 'processes', ...page(async () => (await import('../processes/processes-page.tsx')).ProcessesPage) },
          { path: 'processes/check', ...page(async () => (await import('../processes/check-page.tsx')).CheckPage) },
          { path: 'processes/of/:key', ...page(async () => (await import('../processes/process-page.tsx')).ProcessPage) },
          { path: 'rules', ...page(async () => (await import('../rules/rules-page.tsx')).RulesPage) },
          { path: 'rules/:key', ...page(async () => (await import('../rules/rule-set-page.tsx')).RuleSetPage) },
          { path: 'exceptions', ...page(async () => (await import('../exceptions/exceptions-page.tsx')).ExceptionsPage) },
          { path: 'alerts', ...page(async () => (await import('../alerts/alerts-page.tsx')).AlertsPage) },
          { path: 'audit', ...page(async () => (await import('../audit/audit-page.tsx')).AuditPage) },
          { path: 'find-patient', ...page(async () => (await import('../patient-access/find-patient-page.tsx')).FindPatientPage) },
          { path: 'patients/:id', ...page(async () => (await import('../patient-access/patient-page.tsx')).PatientPage) },
          { path: 'patients/:id/access-log', ...page(async () => (await import('../patient-access/access-log-page.tsx')).AccessLogPage) },
          { path: 'privacy', ...page(async () => (await import('../patient-access/privacy-page.tsx')).PrivacyPage) },
          { path: 'admin/clients', ...page(async () => (await import('../clients/clients-page.tsx')).ClientsPage) },
          { path: 'admin/clients/:id', ...page(async () => (await import('../clients/client-page.tsx')).ClientPage) },
          { path: 'admin/people', ...page(async () => (await import('../people/people-page.tsx')).PeoplePage) },
          { path: 'admin/people/:id', ...page(async () => (await import('../people/person-page.tsx')).PersonPage) },
          { path: 'admin/wards', ...page(async () => (await import('../wards/wards-page.tsx')).WardsPage) },
          { path: 'admin/licences', ...page(async () => (await import('../licences/licences-page.tsx')).LicencesPage) },
          { path: 'policy', ...page(async () => (await import('../policy/policy-page.tsx')).PolicyPage) },
          { path: 'about', ...page(async () => (await import('../about/about-page.tsx')).AboutPage) },
          { path: 'me', ...page(async () => (await import('../me/me-page.tsx')).MePage) },
          { path: 'admin/recovery', ...page(async () => (await import('../recovery/recovery-page.tsx')).RecoveryPage) },
          { path: 'admin/security', ...page(async () => (await import('../recovery/security-page.tsx')).SecurityPage) },
          { path: 'me/security', ...page(async () => (await import('../me/security/security-page.tsx')).SecurityPage) },
          { path: '*', element: <UnknownRoute /> },
        ],
      },
    ],
  },
]);
