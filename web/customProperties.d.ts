import 'react';

declare module 'react' {
  interface CSSProperties {
    /** Custom properties carry geometry from a component to its style sheet. */
    [name: `--${string}`]: string | undefined;
  }
}
