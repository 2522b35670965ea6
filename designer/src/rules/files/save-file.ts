import type { ExportedFile } from './model.ts';

/** Gives a file to the browser, which saves it where the person wants it. */
export function saveFile({ fileName, mediaType, content }: ExportedFile): void {
  const address = URL.createObjectURL(new Blob([content], { type: mediaType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
