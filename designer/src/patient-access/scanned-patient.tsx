import type { ReactNode } from 'react';
import { useQuery } from 'urql';
import { Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { problemOf } from '../graphql/problem.ts';
import { findPatientDocument } from './documents.ts';
import { FoundPatient } from './found-patient.tsx';

/** At the bedside: whose wristband it is, when it is nobody's whom the viewer may see. Nothing when it is nobody's. */
export function ScannedPatient({ wristband, onOpen }: { readonly wristband: string; readonly onOpen: () => void }): ReactNode {
  const [result] = useQuery({ query: findPatientDocument, variables: { wristband, encounterId: null, name: null }, requestPolicy: 'network-only' });
  if (result.error !== undefined) return <ProblemNotice problem={problemOf(result.error)} />;
  const [patient] = result.data?.findPatient.patients ?? [];
  if (patient === undefined) return result.fetching ? <Loading rows={2} /> : null;
  return <FoundPatient patient={patient} onOpen={onOpen} />;
}
