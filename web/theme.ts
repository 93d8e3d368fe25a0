import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** Mantine asks for ten shades; every shade in use is one of the two that `theme.css` names. */
const tuple = (light: string, dark: string): MantineColorsTuple => [
  dark,
  dark,
  dark,
  dark,
  dark,
  light,
  light,
  light,
  light,
  light,
];

export const theme = createTheme({
  fontFamily: 'var(--sans)',
  fontFamilyMonospace: 'var(--mono)',
  defaultRadius: 7,
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 4 },
  colors: { accent: tuple('#2c51c4', '#3d63dc'), red: tuple('#b02f1b', '#ff947c') },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '14px', xl: '16px' },
  respectReducedMotion: true,
  components: {
    Modal: { defaultProps: { transitionProps: { duration: 0 } } },
    Menu: { defaultProps: { transitionProps: { duration: 0 }, shadow: 'float' } },
    Popover: { defaultProps: { transitionProps: { duration: 0 }, shadow: 'float' } },
    Select: { defaultProps: { comboboxProps: { transitionProps: { duration: 0 }, shadow: 'float' } } },
  },
  shadows: { float: '0 6px 20px var(--shadow-float)' },
});

/** Mantine's own colours, said in ours: they turn with the scheme by themselves. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-bright': 'var(--text)',
    '--mantine-color-dimmed': 'var(--text3)',
    '--mantine-color-placeholder': 'var(--text3)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-error': 'var(--brick)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--sunken)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'var(--control)',
    '--mantine-color-disabled': 'var(--sunken)',
    '--mantine-color-disabled-color': 'var(--text3)',
    '--mantine-primary-color-filled': 'var(--accent-solid)',
    '--mantine-primary-color-filled-hover': 'var(--accent-press)',
  },
  light: {},
  dark: {},
});
