/** Where the HTTP server says who is at the other end; callers cannot set it. */
export const clientAddressHeader = 'x-careloop-client-address';
