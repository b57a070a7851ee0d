/** Three arches of the hall, the middle one lit. */
export function LogoMark() {
  return (
    <svg viewBox="0 0 38 30" aria-hidden="true">
      <path
        fill="none"
        stroke="currentColor"
        strokeWidth="3.2"
        strokeLinecap="round"
        d="M2 28V16a5 5 0 0 1 10 0v12M12 28V11a7 7 0 0 1 14 0v17M26 28V16a5 5 0 0 1 10 0v12"
      />
      <path fill="none" stroke="var(--miel)" strokeWidth="3.2" strokeLinecap="round" d="M19 20v8" />
    </svg>
  );
}
