/** The mark and the name, as on every page. */
export function Brand() {
  return (
    <span className="brand">
      <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
        <rect width="32" height="32" rx="7" fill="var(--mantine-primary-color-filled)" />
        <g fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round">
          <circle cx="16" cy="16" r="2.6" fill="#fff" stroke="none" />
          <path d="M10.8 21.2a7.4 7.4 0 0 1 0-10.4M21.2 10.8a7.4 7.4 0 0 1 0 10.4M7 25a12.7 12.7 0 0 1 0-18M25 7a12.7 12.7 0 0 1 0 18" />
        </g>
      </svg>
      Ringside
    </span>
  );
}
