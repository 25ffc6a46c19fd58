/** The icons of the house, by their Lucide names. Add a line when a page needs one. */
export const iconNames = [
  'accessibility', 'activity', 'archive', 'arrow-down', 'arrow-left', 'arrow-right', 'arrow-up', 'award', 'baby', 'bandage', 'bell', 'bell-off', 'book-open',
  'briefcase-medical', 'building-2', 'bus', 'calendar', 'calendar-check', 'calendar-days', 'calendar-plus', 'calendar-x', 'car', 'chart-line', 'check', 'chevron-down',
  'chevron-left', 'chevron-right', 'chevron-up', 'circle', 'circle-alert', 'circle-check', 'circle-help', 'circle-user', 'circle-x', 'clipboard-check', 'clipboard-list',
  'clipboard-plus', 'clock', 'clock-alert', 'contact', 'copy', 'credit-card', 'database-backup', 'diamond', 'door-open', 'download', 'ellipsis', 'external-link', 'eye', 'eye-off',
  'file-check', 'file-clock', 'file-text', 'file-warning', 'files', 'fingerprint', 'flag', 'flask-conical', 'flower-2', 'folder', 'folder-open', 'graduation-cap', 'hand-heart',
  'hand-helping', 'handshake', 'heart', 'heart-handshake', 'heart-pulse', 'history', 'hourglass', 'house', 'image', 'inbox', 'info', 'key-round', 'key-square', 'keyboard', 'languages',
  'laptop', 'leaf', 'library', 'life-buoy', 'link', 'list', 'list-checks', 'list-todo', 'lock', 'lock-open', 'log-in', 'log-out', 'mail', 'mail-check', 'mail-plus', 'map', 'map-pin',
  'megaphone', 'menu', 'message-circle', 'message-square', 'messages-square', 'minus', 'monitor-smartphone', 'newspaper', 'notebook-pen', 'notebook-text', 'octagon-alert', 'palette',
  'paperclip', 'pause', 'pen-line', 'pencil', 'phone', 'phone-call', 'pill', 'pill-bottle', 'plus', 'printer', 'qr-code', 'receipt', 'refresh-cw', 'reply', 'rotate-ccw', 'ruler',
  'save', 'scale', 'scroll-text', 'search', 'send', 'server', 'settings', 'share-2', 'shield', 'shield-alert', 'shield-check', 'shield-plus', 'sliders-horizontal', 'smartphone', 'sparkles',
  'square-check', 'star', 'stethoscope', 'sun', 'syringe', 'target', 'test-tube', 'thermometer', 'thumbs-up', 'trash-2', 'triangle-alert', 'undo-2', 'upload', 'user', 'user-check',
  'user-cog', 'user-plus', 'user-round', 'user-round-check', 'user-round-plus', 'user-round-search', 'user-x', 'users', 'users-round', 'video', 'wallet', 'workflow', 'wrench', 'x', 'zap',
] as const
export type IconName = (typeof iconNames)[number]
