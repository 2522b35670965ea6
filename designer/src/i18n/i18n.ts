import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { locales, type Locale } from './message.ts';
import { resourcesFor } from './messages.ts';

const storageKey = 'careloop.locale';

/** The language of this device: the one chosen, else the browser's, else Chinese. */
export function initialLocale(): Locale {
  const asked = new URLSearchParams(window.location.search).get('lang') ?? window.localStorage.getItem(storageKey);
  const chosen = locales.find((locale) => locale === asked);
  if (chosen !== undefined) return chosen;
  return window.navigator.language.toLowerCase().startsWith('en') ? 'en' : 'zh-CN';
}

/** Starts i18next with all texts bundled, so that no screen waits for them. */
export function startI18n(): void {
  void i18next.use(initReactI18next).init({
    lng: initialLocale(),
    fallbackLng: false,
    initAsync: false,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: Object.fromEntries(locales.map((locale) => [locale, { translation: resourcesFor(locale) }])),
  });
  document.documentElement.lang = currentLocale();
}

/** The language in use now. */
export function currentLocale(): Locale {
  return i18next.language === 'en' ? 'en' : 'zh-CN';
}

/** Switches the language at once and remembers it on this device. */
export function changeLocale(locale: Locale): void {
  window.localStorage.setItem(storageKey, locale);
  document.documentElement.lang = locale;
  void i18next.changeLanguage(locale);
}
