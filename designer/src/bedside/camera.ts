/** Stops the camera. */
export type StopCamera = () => void;

/** The part of the Barcode Detection API that is used; Chrome on Android has it. */
interface NativeDetector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}
type NativeDetectorClass = new (options: { readonly formats: readonly string[] }) => NativeDetector;

const nativeFormats = ['data_matrix', 'qr_code', 'code_128', 'ean_13', 'ean_8'];
const everyMs = 120;

function nativeDetector(): NativeDetector | undefined {
  const detectorClass = (window as { readonly BarcodeDetector?: NativeDetectorClass }).BarcodeDetector;
  return detectorClass === undefined ? undefined : new detectorClass({ formats: nativeFormats });
}

async function readNatively(detector: NativeDetector, video: HTMLVideoElement, onCode: (code: string) => void): Promise<StopCamera> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1_280 } } });
  video.srcObject = stream;
  await video.play();
  let stopped = false;
  const look = async (): Promise<void> => {
    if (stopped) return;
    const [found] = await detector.detect(video).catch(() => []);
    if (found !== undefined && found.rawValue !== '') onCode(found.rawValue);
    if (!stopped) setTimeout(() => void look(), everyMs);
  };
  void look();
  return () => {
    stopped = true;
    for (const track of stream.getTracks()) track.stop();
  };
}

/** Reads codes from the camera: by the browser's own detector, else by zxing with only the formats in use (loaded then). */
export async function startCamera(video: HTMLVideoElement, onCode: (code: string) => void): Promise<StopCamera> {
  const detector = nativeDetector();
  if (detector !== undefined) return readNatively(detector, video, onCode);
  const [{ BrowserMultiFormatReader }, { BarcodeFormat, DecodeHintType }] = await Promise.all([import('@zxing/browser'), import('@zxing/library')]);
  const formats = [BarcodeFormat.DATA_MATRIX, BarcodeFormat.QR_CODE, BarcodeFormat.CODE_128, BarcodeFormat.EAN_13, BarcodeFormat.EAN_8];
  const reader = new BrowserMultiFormatReader(new Map<number, unknown>([[DecodeHintType.POSSIBLE_FORMATS, formats]]));
  const controls = await reader.decodeFromConstraints({ video: { facingMode: 'environment' } }, video, (result) => {
    if (result !== undefined && result !== null) onCode(result.getText());
  });
  return () => controls.stop();
}
