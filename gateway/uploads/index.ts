/** What a file that somebody hands over is, by its content. Runs in the browser too: nothing here needs Node. */
export { maximumUploadBytes } from './limits.ts';
export { recogniseBytes, recogniseText, type Content, type ContentKind } from './recognise.ts';
export { refusalOf, tooLarge, type Purpose, type UploadRefusal } from './refusal.ts';
