/** Any JSON value, readonly. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
/** Variables by name. */
export type Variables = { readonly [name: string]: Json };
