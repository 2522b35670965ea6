/** A file that the app has made. */
export interface MadeFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: string;
}

/** Gives a file to the browser, which saves it where the person wants it. */
export function saveFile({ fileName, mediaType, content }: MadeFile): void {
  const address = URL.createObjectURL(new Blob([content], { type: mediaType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
