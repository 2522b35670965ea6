import type { Found, ResourceDoor } from './kind.ts';
import type { Bundle, OperationOutcome } from './resources.ts';
import { linkOf, type Search } from './search/read-search.ts';
import type { SealedFor, SealedValues } from './search/sealed-values.ts';

/** The answer to a search, R4 §3.1.1.3: what matches, links to this page's search and the next page, and what has to be said beside it. */
export async function searchBundle(door: Pick<ResourceDoor, 'type'>, search: Search, { resources, next, total, isHiding }: Found, { sealed, of, base }: { readonly sealed: SealedValues; readonly of: SealedFor; readonly base: string }): Promise<Bundle> {
  const address = `${base}/${door.type}`;
  const matches = resources.map((resource) => ({ ...(resource.id === undefined ? {} : { fullUrl: `${base}/${resource.resourceType}/${resource.id}` }), resource, search: { mode: 'match' } as const }));
  const remark = remarksOf(search, isHiding);
  const entry = [...matches, ...(remark === undefined ? [] : [{ resource: remark, search: { mode: 'outcome' } as const }])];
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(total === undefined ? {} : { total }),
    link: [
      { relation: 'self', url: `${address}?${await linkOf(search, sealed, of)}` },
      ...(next === undefined ? [] : [{ relation: 'next' as const, url: `${address}?${await linkOf(search, sealed, of, next)}` }]),
    ],
    ...(entry.length === 0 ? {} : { entry }),
  };
}

/** What a client has to know of an answer that is not all that it may take it for. */
function remarksOf({ ignored }: Search, isHiding: boolean): OperationOutcome | undefined {
  const issue: OperationOutcome['issue'] = [
    ...(isHiding ? [{ severity: 'warning' as const, code: 'suppressed' as const, diagnostics: 'The access policy hides something that this search may have found: what is not here may exist.' }] : []),
    ...ignored.map((name) => ({ severity: 'warning' as const, code: 'not-supported' as const, diagnostics: `The parameter ${name} is not supported and was left out.`, location: [`http.${name}`] })),
  ];
  return issue.length === 0 ? undefined : { resourceType: 'OperationOutcome', issue };
}
