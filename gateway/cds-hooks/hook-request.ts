import { z } from 'zod';

/** A FHIR resource that was not looked into yet. */
export type Resource = Readonly<Record<string, unknown>> & { readonly resourceType: string };

const resourceSchema = z.looseObject({ resourceType: z.string().min(1).max(64) });
/** So many medication orders are judged for one request: more is no order session, and would keep others waiting. */
export const maximumOrders = 100;

const bundleSchema = z.looseObject({
  resourceType: z.literal('Bundle'),
  entry: z.array(z.looseObject({ resource: resourceSchema.optional() })).max(2_000).optional(),
});

/**
 * What a CDS client posts to a service. CDS Hooks 2.0 §"Calling a CDS Service"; older clients name the user beside the context
 * and leave the encounter out. `fhirServer` and its authorisation are never used: everything comes by prefetch.
 */
export const hookRequestSchema = z.looseObject({
  hook: z.string().min(1).max(64),
  hookInstance: z.string().min(1).max(128),
  userId: z.string().max(256).optional(),
  user: z.string().max(256).optional(),
  context: z.looseObject({
    patientId: z.string().min(1).max(128),
    encounterId: z.string().max(128).optional(),
    userId: z.string().max(256).optional(),
    selections: z.array(z.string().max(512)).max(500).optional(),
    draftOrders: bundleSchema.optional(),
  }),
  // A bundle is read whole or refused: orders and allergies that are lost would pass as none.
  prefetch: z.record(z.string().max(128), z.union([bundleSchema, resourceSchema.refine(({ resourceType }) => resourceType !== 'Bundle'), z.null()])).optional(),
});
export type HookRequest = z.infer<typeof hookRequestSchema>;

/** Resources of a bundle; entries without one are left out. */
export function resourcesOf(bundle: z.infer<typeof bundleSchema> | undefined): readonly Resource[] {
  return (bundle?.entry ?? []).flatMap(({ resource }) => (resource ? [resource] : []));
}

/** Whatever the client prefetched, under whatever keys: single resources and bundles alike, in one list. */
export function prefetchedResources({ prefetch = {} }: HookRequest): readonly Resource[] {
  return Object.values(prefetch).flatMap((value) => {
    if (value === null) return [];
    const bundle = bundleSchema.safeParse(value);
    return bundle.success ? resourcesOf(bundle.data) : [value];
  });
}
