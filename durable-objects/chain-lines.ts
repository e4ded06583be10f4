/** Longest line that is looked at, in characters; an entry is far shorter. Keeps a hostile file from filling memory. */
const LONGEST = 1_000_000

/**
 * The lines of a UTF-8 stream, cut at LF only (readline would also cut at U+2028, which JSON allows inside a string). A last
 * LF ends the last line. Throws a TypeError on bytes that are not UTF-8 and a RangeError on an endless line.
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let held = ''
  for await (const chunk of chunks) {
    const parts = (held + decoder.decode(chunk, { stream: true })).split('\n')
    held = parts.pop() ?? ''
    if (held.length > LONGEST) throw new RangeError('line too long')
    yield* parts
  }
  held += decoder.decode()
  if (held !== '') yield held
}
