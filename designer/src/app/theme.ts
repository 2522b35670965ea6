import { theme, type ThemeConfig } from 'antd';

/** antd's tokens for one colour scheme; 48 px targets on phones and PDAs, 36 px elsewhere. */
export function themeFor(dark: boolean, narrow: boolean, reducedMotion: boolean): ThemeConfig {
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: dark ? '#3c89e8' : '#0958d9',
      // antd lightens it under the pointer, below the contrast that white words need.
      ...(dark ? {} : { colorPrimaryHover: '#0a4fc2' }),
      colorSuccess: dark ? '#8fe3b5' : '#08784f',
      colorWarning: dark ? '#ffb84d' : '#8f6a00',
      colorError: dark ? '#f5655a' : '#820014',
      colorLink: dark ? '#6aa8f0' : '#0958d9',
      colorTextPlaceholder: dark ? '#8c8c8c' : '#767676',
      colorTextDescription: dark ? '#a6a6a6' : '#595959',
      // What was entered stays readable when its form can no longer be changed.
      colorTextDisabled: dark ? '#a6a6a6' : '#595959',
      colorBorder: dark ? '#5a5a5a' : '#8c8c8c',
      borderRadius: 8,
      // The page's own: it differs by language, see base.css.
      fontFamily: 'inherit',
      fontSize: narrow ? 16 : 14,
      controlHeight: narrow ? 48 : 36,
      controlHeightLG: narrow ? 56 : 44,
      controlHeightSM: narrow ? 44 : 28,
      motion: !reducedMotion,
      wireframe: false,
    },
    components: {
      Tabs: dark ? { itemSelectedColor: '#6aa8f0', inkBarColor: '#6aa8f0', itemHoverColor: '#8fc0ff' } : {},
      // As above; words on a button without colour stay light.
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500, ...(dark ? { colorPrimaryHover: '#2f6cbb', defaultHoverColor: '#8fc0ff', defaultHoverBorderColor: '#8fc0ff' } : {}) },
    },
  };
}
