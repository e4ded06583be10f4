import { Icon } from './icon.tsx'

export type MatrixMark = 'yes' | 'no' | 'part'
export type MatrixRow = { label: string; note?: string | undefined; marks: readonly MatrixMark[] }

const words = { yes: 'yes', no: 'no', part: 'in part' }

/** Who may do what: rows of rights under columns of roles. A mark is a shape and, for those who hear it, a word. */
export function Matrix({ caption, columns, rows }: { caption: string; columns: readonly string[]; rows: readonly MatrixRow[] }) {
  return (
    <div className="overflow-x-auto" role="region" aria-label={caption} tabIndex={0}>
      <table className="cs-table">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Right</th>
            {columns.map((column) => (
              <th key={column} scope="col" className="text-center!">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.label}>
              <th scope="row" className="text-sm! font-normal! whitespace-normal! text-ink!">
                {row.label}
                {row.note ? <span className="block text-xs text-ink-3">{row.note}</span> : null}
              </th>
              {columns.map((column, at) => (
                <td key={column} className="text-center">
                  <Mark mark={row.marks[at] ?? 'no'} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Mark({ mark }: { mark: MatrixMark }) {
  const look = { yes: 'text-accent', no: 'text-ink-3 opacity-50', part: 'text-warn' }[mark]
  return (
    <span className={`inline-grid align-middle ${look}`} title={words[mark]}>
      {mark === 'part' ? (
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden fill="none" stroke="currentColor" strokeWidth="1.5">
          <circle cx="8" cy="8" r="4.5" />
          <path d="M8 3.5a4.5 4.5 0 0 1 0 9z" fill="currentColor" stroke="none" />
        </svg>
      ) : (
        <Icon name={mark === 'yes' ? 'check' : 'minus'} size={mark === 'yes' ? 16 : 12} />
      )}
      <span className="sr-only">{words[mark]}</span>
    </span>
  )
}
