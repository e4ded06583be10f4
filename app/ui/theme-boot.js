// Loaded before the first paint, so that a chosen theme never flashes the other one. A file and not an inline script:
// the policy then needs no exception. It believes only the two words it knows. Its partner is theme.ts.
try {
  const chosen = localStorage.getItem('theme')
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen
} catch {
  // Storage is switched off: the system's theme holds.
}
