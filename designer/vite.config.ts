import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { trustedDocuments } from './build/trusted-documents.ts';

const gateway = process.env['CARELOOP_GATEWAY'] ?? 'http://127.0.0.1:4000';
const root = fileURLToPath(new URL('.', import.meta.url));
const doors = ['/graphql', '/api', '/oauth', '/sign-in', '/healthz', '/readyz', '/installation.json'];

/**
 * Builds the web app into `designer/dist`, which the gateway serves. No inline script is produced, so that
 * the gateway may send `script-src 'self'`.
 */
export default defineConfig({
  root,
  plugins: [react(), trustedDocuments(root)],
  server: { port: 4173, proxy: Object.fromEntries(doors.map((path) => [path, { target: gateway, changeOrigin: false }])) },
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', modulePreload: { polyfill: false }, chunkSizeWarningLimit: 1500 },
});
