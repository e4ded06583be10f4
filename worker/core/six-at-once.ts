/** An invocation may have this many connections open at once, to databases, buckets and hosts together; more would wait. */
export const AT_ONCE = 6

/** The answers in the order of the items, with at most six of them asked for at a time. */
export async function sixAtOnce<T, U>(items: readonly T[], ask: (item: T) => Promise<U>): Promise<U[]> {
  const answers: U[] = []
  const queue = [...items.entries()]
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) answers[next[0]] = await ask(next[1])
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  return answers
}
