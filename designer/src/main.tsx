import '@fontsource-variable/noto-sans-sc/index.css';
import './app/styles/tokens.css';
import './app/styles/base.css';
import './app/styles/shell.css';
import './app/styles/work.css';
import './app/styles/sessions.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { giveStylesTheirNonce } from './app/style-nonce.ts';
import { startI18n } from './i18n/i18n.ts';
import { followOtherPages, forgetOldDrafts, sealedDrafts } from './tasks/sealed-drafts.ts';

giveStylesTheirNonce(document);
startI18n();
forgetOldDrafts(window.localStorage, Date.now());
followOtherPages(sealedDrafts);

const root = document.getElementById('root');
if (root === null) throw new Error('Expected an element with id "root" in index.html, but there is none');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
