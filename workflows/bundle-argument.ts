import { RawValue } from '@temporalio/common';
import type { BundleEncoding } from '#activities';
import type { PublishedBundle } from './payload-converter.ts';

const encoding: BundleEncoding = 'careloop/bundle';

/**
 * The bundle as an argument of the workflow: only its hash goes into the history; the payload codec puts
 * the published bytes in its place.
 */
export function bundleArgument(hash: string): PublishedBundle {
  const encode = (value: string): Uint8Array => new TextEncoder().encode(value);
  // A RawValue stands for the bundle on the wire; the workflow receives the bundle itself.
  return RawValue.fromPayload({ metadata: { encoding: encode(encoding) }, data: encode(hash) }) as unknown as PublishedBundle;
}
