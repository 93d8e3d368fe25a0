/** The turning arrow, and the name. */
export function Logo() {
  return (
    <span className="logo">
      <svg viewBox="0 0 16 16" width="18" height="18" aria-hidden="true" className="logo-mark">
        <path
          d="M13.6 12.9V8.4a4 4 0 0 0-4-4H3M5.9 1.2 2.6 4.4l3.3 3.2"
          fill="none"
          stroke="currentColor"
          strokeWidth="2.1"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
        <path d="M2.6 12.9h6.3" stroke="currentColor" strokeWidth="2.1" strokeLinecap="round" strokeOpacity=".38" />
      </svg>
      <span className="logo-name">Recourse</span>
    </span>
  );
}
