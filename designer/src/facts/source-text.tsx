import type { ReactNode } from 'react';

/** An address in a source, up to a blank or to punctuation that ends a clause. */
const address = /(https?:\/\/[^\s<>"，。；、）]+[^\s<>"，。；、）.,;:!?)\]])/;

/** Where a rule comes from, with its addresses as links that open beside the page. */
export function SourceText({ children }: { readonly children: string }): ReactNode {
  return children.split(address).map((part, index) =>
    index % 2 === 0 ? part : (
      <a key={index} className="source-link" href={part} target="_blank" rel="noreferrer">
        {part}
      </a>
    ),
  );
}
