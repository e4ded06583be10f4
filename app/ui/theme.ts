export type ThemeChoice = 'system' | 'light' | 'dark'

const storageKey = 'theme'

/**
 * Runs before the first paint, from an inline script with the page's nonce, so that a chosen theme never flashes the other one.
 * The choice lies in localStorage: no cookie is set for it.
 */
export const themeScript = `try{var t=localStorage.getItem('${storageKey}');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch(e){}`

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
