import { BinaryPayloadConverter, CompositePayloadConverter, JsonPayloadConverter, UndefinedPayloadConverter, type EncodingType, type Payload, type PayloadConverterWithEncoding } from '@temporalio/common';
import type { BundleEncoding } from '#activities';
import type { ProcessBundle } from '#engine';

/** A published bundle as a workflow receives it: its bytes, parsed only by who asks. */
export class PublishedBundle {
  readonly #bytes: Uint8Array;

  /** `bytes`: the bundle as JSON in UTF-8. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  read(): ProcessBundle {
    // Checked when it was published.
    return JSON.parse(new TextDecoder().decode(this.#bytes)) as ProcessBundle;
  }
}

const encoding: BundleEncoding = 'careloop/bundle';

/** Most instances find their plan compiled, and need no bundle: of an order loop that is a quarter of a megabyte. */
const bundleConverter: PayloadConverterWithEncoding = {
  encodingType: encoding as EncodingType,
  // Sent as a reference, see `bundleArgument`.
  toPayload: () => undefined,
  fromPayload: <T>(payload: Payload): T => new PublishedBundle(payload.data ?? new Uint8Array()) as T,
};

/** How values become payloads in workflows: as the SDK does it, and bundles. The SDK looks for an export of this name. */
export const payloadConverter = new CompositePayloadConverter(new UndefinedPayloadConverter(), new BinaryPayloadConverter(), bundleConverter, new JsonPayloadConverter());
