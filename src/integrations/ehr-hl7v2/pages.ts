import type { Pages } from '#platform/page.tsx'
import { consoleFeeds } from './pages/console-feeds.tsx'
import { consoleMessage, consoleMessageText } from './pages/console-message.tsx'
import { consoleSender } from './pages/console-sender.tsx'

export const feedsPages: Pages = {
  '/console/feeds': consoleFeeds,
  '/console/feeds/senders/:id': consoleSender,
  '/console/feeds/messages/:id': consoleMessage,
  '/console/feeds/messages/:id/text': consoleMessageText,
}
