/** 218,904: the same on the server and in every browser. */
export const figure = (count: number): string => new Intl.NumberFormat('en-US').format(count)
