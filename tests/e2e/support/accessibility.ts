import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds on the page that is serious or critical under WCAG 2.2 A and AA: rule and place, one a line. */
export async function accessibilityProblems(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    // Put there by the line before.
    const { axe: engine } = window as unknown as { readonly axe: typeof axe };
    const { violations } = await engine.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
  });
}
