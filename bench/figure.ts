/** One measured figure beside its limit. A ratio of 1 is at the limit; `isBetterHigh` says which side is good. */
export type Figure = {
  name: string
  value: number
  unit: string
  limit: number
  goal?: number
  isBetterHigh: boolean
  /** What bounds it, where that was looked at. */
  note?: string
}
export type Measured = Figure & { ratio: number; isWithin: boolean }

export function judge(figure: Figure): Measured {
  const ratio = figure.isBetterHigh ? figure.value / figure.limit : figure.limit === 0 ? Number(figure.value === 0) : figure.limit / figure.value
  return { ...figure, ratio: Math.round(ratio * 100) / 100, isWithin: figure.isBetterHigh ? figure.value >= figure.limit : figure.value <= figure.limit }
}

const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })

export function table(figures: readonly Measured[]): string {
  const rows = figures.map(figure => [
    figure.isWithin ? '✔' : '✖', figure.name, `${number.format(figure.value)} ${figure.unit}`,
    `${figure.isBetterHigh ? '≥' : '≤'} ${number.format(figure.limit)}${figure.goal === undefined ? '' : ` (goal ${number.format(figure.goal)})`}`, `×${figure.ratio}`, figure.note ?? '',
  ])
  const widths = [0, 1, 2, 3, 4].map(column => Math.max(...rows.map(row => row[column]!.length)))
  return rows.map(row => row.map((cell, column) => (column < 5 ? cell.padEnd(widths[column]!) : cell)).join('  ').trimEnd()).join('\n')
}
