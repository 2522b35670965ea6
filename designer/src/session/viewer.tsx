import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { useQuery } from 'urql';
import { Loading, ProblemNotice } from '../feedback/feedback.tsx';
import type { Viewer } from '../graphql/model.ts';
import { problemOf } from '../graphql/problem.ts';
import { sealedDrafts } from '../tasks/sealed-drafts.ts';
import { viewerDocument } from './documents.ts';
import { SessionGateContext } from './session-gate.ts';

const ViewerContext = createContext<Viewer | undefined>(undefined);

/** The person who is signed in. Only inside `RequireViewer`. */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (viewer === undefined) throw new Error('Expected a signed-in viewer, but there is none');
  return viewer;
}

/** Shows its children to a signed-in person; sends everybody else to the sign-in page and back. */
export function RequireViewer({ children }: { readonly children: ReactNode }): ReactNode {
  const [result, again] = useQuery({ query: viewerDocument, variables: {} });
  const location = useLocation();
  const gate = useContext(SessionGateContext);
  const viewer = result.data?.viewer;
  useEffect(() => {
    if (viewer) gate?.opened({ id: viewer.id, username: viewer.username, displayName: viewer.displayName });
  }, [gate, viewer]);
  const hasDrafts = useDrafts(viewer?.id, viewer?.draftKey ?? null);
  if (viewer !== undefined && viewer !== null && !hasDrafts) return <Loading />;
  if (viewer !== undefined && viewer !== null) return <ViewerContext value={viewer}>{children}</ViewerContext>;
  // The client leads on to the page that brings the factor.
  const lacksFactor = result.error?.graphQLErrors.some((each) => each.extensions['code'] === 'SECOND_FACTOR_REQUIRED') === true;
  if (result.fetching || result.stale || lacksFactor) return <Loading />;
  const signedOut = viewer === null || isSignedOut(result.error);
  if (!signedOut && result.error !== undefined) return <ProblemNotice problem={problemOf(result.error)} onRetry={() => again({ requestPolicy: 'network-only' })} />;
  const next = `${location.pathname}${location.search}`;
  return <Navigate to={next === '/' ? '/login' : `/login?next=${encodeURIComponent(next)}`} replace />;
}

/** Whether the person's drafts were read: forms begin with them. */
function useDrafts(personId: string | undefined, key: string | null): boolean {
  const [readOf, setReadOf] = useState<string | undefined>();
  useEffect(() => {
    if (personId === undefined) return undefined;
    let isOld = false;
    // A device without a store has no drafts; the work goes on.
    const read = sealedDrafts.open(window.localStorage, personId, key).catch(() => undefined);
    void read.then(() => (isOld ? undefined : setReadOf(personId)));
    return () => {
      isOld = true;
    };
  }, [personId, key]);
  return readOf === personId;
}

function isSignedOut(error: { readonly response?: unknown; readonly graphQLErrors: readonly { readonly extensions: Record<string, unknown> }[] } | undefined): boolean {
  if (error === undefined) return true;
  const status: unknown = (error.response as { status?: unknown } | undefined)?.status;
  return status === 401 || error.graphQLErrors.some((each) => each.extensions['code'] === 'UNAUTHENTICATED');
}
