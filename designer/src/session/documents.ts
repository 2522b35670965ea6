import { defineDocument } from '../graphql/client.ts';
import { localized } from '../graphql/fragments.ts';
import type { Viewer } from '../graphql/model.ts';

/** Who is signed in. */
export const viewerDocument = defineDocument<{ viewer: Viewer | null }, Record<string, never>>(`
  query Viewer { viewer { id username displayName kind roles unit unitName ${localized} assignments { role unit unitName ${localized} onBehalfOf { id displayName } } } }
`);
