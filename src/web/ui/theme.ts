import {
  createTheme,
  type CSSVariablesResolver,
  Anchor,
  Badge,
  Button,
  Checkbox,
  Input,
  Paper,
  Select,
  Switch,
  Table,
  Tabs,
  Tooltip,
} from '@mantine/core';
import { light, night, palette, type Tone } from './tokens.ts';

const system = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif";

/** Mantine in the portal's colours: neutral, dense, readable; contrast is tested in `tokens.test.ts`. */
export const theme = createTheme({
  fontFamily: `Inter, ${system}`,
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'Liberation Mono', Menlo, monospace",
  headings: {
    fontFamily: `Inter, ${system}`,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  black: palette.gray[9],
  colors: palette,
  primaryColor: 'brand',
  primaryShade: { light: 6, dark: 6 },
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '6px', md: '8px', lg: '12px', xl: '20px' },
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Anchor: Anchor.extend({ defaultProps: { underline: 'hover' } }),
    Badge: Badge.extend({ defaultProps: { tt: 'none', fw: 500, radius: 'sm' } }),
    Button: Button.extend({ defaultProps: { size: 'sm' }, styles: { label: { fontWeight: 500 } } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'sm' } }),
    // Help stands below the field, the error below the help: nothing moves the field away from its label.
    InputWrapper: Input.Wrapper.extend({
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
      styles: { label: { fontWeight: 500, marginBottom: 4 }, description: { marginTop: 4 }, error: { marginTop: 4 } },
    }),
    Paper: Paper.extend({ defaultProps: { withBorder: true } }),
    Select: Select.extend({ defaultProps: { checkIconPosition: 'right', allowDeselect: false } }),
    Switch: Switch.extend({ defaultProps: { size: 'sm' } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 0, fz: 'md' } }),
    Tabs: Tabs.extend({ defaultProps: { keepMounted: false } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 250, events: { hover: true, focus: true, touch: true } } }),
  },
});

/** Our own variables beside Mantine's (`--rs-...`), and Mantine's where its defaults miss AA. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: schemeVariables(light),
  dark: {
    ...schemeVariables(night),
    // Mantine's own tint of the brand can hardly be told from the page.
    '--mantine-color-brand-light': '#302f6e',
    '--mantine-color-brand-light-hover': '#3a3985',
  },
});

function schemeVariables(scheme: typeof light): Record<string, string> {
  const variables: Record<string, string> = {
    '--rs-page': scheme.page,
    '--rs-surface': scheme.surface,
    '--rs-sunken': scheme.sunken,
    '--rs-line': scheme.line,
    '--mantine-color-body': scheme.surface,
    '--mantine-color-text': scheme.text,
    '--mantine-color-dimmed': scheme.textSoft,
    '--mantine-color-anchor': scheme.link,
    '--mantine-color-placeholder': scheme.placeholder,
    '--mantine-color-error': scheme.error,
    '--mantine-color-default': scheme.field,
    '--mantine-color-default-border': scheme.lineStrong,
    '--mantine-color-disabled-color': scheme.textSoft,
  };
  for (const tone of Object.keys(scheme.tones) as Tone[]) {
    variables[`--rs-${tone}-ink`] = scheme.tones[tone].ink;
    variables[`--rs-${tone}-soft`] = scheme.tones[tone].soft;
    variables[`--rs-${tone}-mark`] = scheme.tones[tone].mark;
  }
  return variables;
}
