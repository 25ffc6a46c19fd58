import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '#platform/root.ts'
import type { IconName } from '#ui/icon-names.ts'

const drawings = new Map<IconName, string>()

function drawingOf(name: IconName): string {
  let drawing = drawings.get(name)
  if (drawing === undefined) {
    const svg = readFileSync(join(root, 'node_modules/lucide-static/icons', `${name}.svg`), 'utf8')
    drawing = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>')).replaceAll(/\n\s*/g, '')
    drawings.set(name, drawing)
  }
  return drawing
}

/** A small drawing beside a word. It is never alone, so a reader of the screen passes over it. */
export function Icon({ name, size = 'medium' }: { name: IconName; size?: 'small' | 'medium' | 'large' | undefined }) {
  return (
    <svg className={size === 'medium' ? 'icon' : `icon icon-${size}`} viewBox="0 0 24 24" aria-hidden="true" dangerouslySetInnerHTML={{ __html: drawingOf(name) }} />
  )
}
