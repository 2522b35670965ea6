import { renderToStaticMarkup } from 'react-dom/server';
import { SourceText } from './source-text.tsx';

const drawn = (source: string): string => renderToStaticMarkup(<SourceText>{source}</SourceText>);

describe('where a rule comes from', () => {
  it('has its address as a link that ends where the sentence goes on, in both languages', () => {
    expect(drawn('指南（https://example.org/a?b=1#c）。第 3 页')).toContain('href="https://example.org/a?b=1#c"');
    expect(drawn('See http://example.org/a/b.')).toMatch(/>http:\/\/example\.org\/a\/b<\/a>\.$/);
  });

  it('makes nothing else a link, and no mark-up of what it is given', () => {
    expect(drawn('Label, section 4.2')).toBe('Label, section 4.2');
    expect(drawn('javascript:alert(1) <b>')).toBe('javascript:alert(1) &lt;b&gt;');
  });
});
