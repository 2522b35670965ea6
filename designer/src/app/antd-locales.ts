import type { ConfigProviderProps } from 'antd';
import en from 'antd/es/locale/en_US.js';
import zhCN from 'antd/es/locale/zh_CN.js';
import type { Locale } from '../i18n/message.ts';

type AntdLocale = NonNullable<ConfigProviderProps['locale']>;

/** antd types these files as CommonJS, but the bundler reads them as ES modules: take either form. */
function localeOf(module: AntdLocale | { readonly default: AntdLocale }): AntdLocale {
  return 'default' in module ? module.default : module;
}

/** antd's own texts, by our language. */
export const antdLocales: Readonly<Record<Locale, AntdLocale>> = { 'zh-CN': localeOf(zhCN), en: localeOf(en) };
