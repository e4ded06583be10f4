import { useEffect, useState } from 'react'
import { Button, IconButton } from './button.tsx'
import { useHydrated } from './hydrated.ts'

/** Puts `text` on the clipboard and says so. Drawn only where scripts run; the text itself must be on the page. */
export function CopyButton({ text, label = 'Copy', words }: { text: string; label?: string | undefined; words?: boolean | undefined }) {
  const [copied, setCopied] = useState(false)
  const hydrated = useHydrated()
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2_000)
    return () => clearTimeout(timer)
  }, [copied])
  if (!hydrated) return null
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return (
    <>
      {words ? (
        <Button type="button" size="sm" icon={copied ? 'check' : 'copy'} onClick={copy}>
          {copied ? 'Copied' : label}
        </Button>
      ) : (
        <IconButton size="sm" icon={copied ? 'check' : 'copy'} label={copied ? 'Copied' : label} onClick={copy} />
      )}
      <span role="status" className="sr-only">
        {copied ? 'Copied' : ''}
      </span>
    </>
  )
}
