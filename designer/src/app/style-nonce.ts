/**
 * Lets styles that the app writes at run time pass the content security policy (CSP3 §2.3): each style element that
 * is made gets the nonce that the gateway put into this page. antd takes a nonce for most of its styles, but its scroll
 * lock and scroll bar measure take none. Elements that come with markup are made by no call of ours and stay without.
 */
export function giveStylesTheirNonce(page: Document): void {
  const nonce = page.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.nonce;
  if (nonce === undefined || nonce === '') return;
  const create = page.createElement.bind(page) as (name: string, options?: ElementCreationOptions) => HTMLElement;
  page.createElement = (name: string, options?: ElementCreationOptions) => {
    const element = create(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  };
}
