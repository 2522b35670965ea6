import type { Database } from '#database';
import type { AccessRecord } from '../graphql/access-record.ts';
import type { Language } from '../graphql/language.ts';
import type { Loaders } from '../graphql/loaders.ts';
import type { ProcessBundles } from '../graphql/process-bundles.ts';
import type { Access } from '../identity/access.ts';
import type { Viewer } from '../identity/viewer.ts';
import type { Visibility } from '../identity/visibility.ts';
import type { FieldRights } from './rights.ts';

/** What the answer to one request has at hand. */
export interface FhirContext {
  readonly database: Database;
  readonly viewer: Viewer;
  /** Which rows the viewer sees. */
  readonly visibility: Visibility;
  /** Which rows the viewer sees by a role that also sees this field of them. */
  readonly visibilityBy: (field: string) => Visibility;
  /** What the viewer sees of a row at hand. */
  readonly access: Access;
  readonly rights: FieldRights;
  readonly loaders: Loaders;
  readonly bundles: ProcessBundles;
  readonly reads: AccessRecord;
  readonly language: Language;
  /** Address of the door, without a slash at its end. */
  readonly base: string;
}
