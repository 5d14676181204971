/** Files that hold code which no reader of imports understands. */

/** Whether a path is that of one, by its ending. */
export function isUnreadCode(path: string): boolean {
  return ENDINGS.test(path)
}

/** The endings that may be left out of `main`, as those who compile such files do. */
export const UNREAD_ENDINGS: readonly string[] = ['.coffee', '.litcoffee', '.ls', '.civet', '.mdx']

const ENDINGS = /[^/]\.(?:civet|(?:lit)?coffee|elm|g[jt]s|iced|imba|ls|marko|mdx|purs|res?|riot)$/i
