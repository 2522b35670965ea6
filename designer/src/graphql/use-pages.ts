import { useRef, useState } from 'react';
import { useClient, type TypedDocumentNode } from 'urql';
import type { Connection } from './model.ts';
import { problemOf, type Problem } from './problem.ts';

/** Further pages after a first one that is read elsewhere. */
export interface FurtherPages<Node> {
  /** The first page with all that were read after it. */
  readonly nodes: readonly Node[];
  readonly hasMore: boolean;
  readonly isReading: boolean;
  readonly problem: Problem | undefined;
  readonly more: () => void;
}

interface Read<Node> {
  readonly first: Connection<Node>;
  readonly pages: readonly Connection<Node>[];
}

/** Reads the pages after `first`, one each time that more are asked for. Another first page begins anew. */
export function useFurtherPages<Node, Data, Variables extends { after: string | null }>(document: TypedDocumentNode<Data, Variables>, variables: Variables, first: Connection<Node> | undefined, connectionOf: (data: Data) => Connection<Node> | undefined): FurtherPages<Node> {
  const client = useClient();
  const [read, setRead] = useState<Read<Node> | undefined>();
  const [isReading, setReading] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>();
  const latest = useRef(first);
  latest.current = first;
  const pages = first === undefined || read?.first !== first ? [] : read.pages;
  const last = pages.at(-1) ?? first;

  async function next(): Promise<void> {
    if (first === undefined || last === undefined || isReading) return;
    setReading(true);
    setProblem(undefined);
    const { data, error } = await client.query(document, { ...variables, after: last.pageInfo.endCursor }, { requestPolicy: 'network-only' }).toPromise();
    setReading(false);
    if (latest.current !== first) return;
    const page = data === undefined ? undefined : connectionOf(data);
    if (page !== undefined) setRead({ first, pages: [...pages, page] });
    else if (error !== undefined) setProblem(problemOf(error));
  }

  return {
    nodes: [...(first === undefined ? [] : [first]), ...pages].flatMap(({ edges }) => edges.map(({ node }) => node)),
    hasMore: last?.pageInfo.hasNextPage === true,
    isReading,
    problem,
    more: () => void next(),
  };
}
