export type ThemeChoice = 'system' | 'light' | 'dark'

/** theme-boot.js reads it before the first paint. localStorage, so that no cookie is set for a taste. */
const storageKey = 'theme'

/** What the person chose on this browser; `system` until they do. */
export function chosenTheme(): ThemeChoice {
  const chosen = document.documentElement.dataset.theme
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system'
}

export function chooseTheme(choice: ThemeChoice): void {
  if (choice === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = choice
  try {
    if (choice === 'system') localStorage.removeItem(storageKey)
    else localStorage.setItem(storageKey, choice)
  } catch {
    // Storage may be switched off; the choice then lasts as long as the page.
  }
}
