import type { Say } from '#platform/words.ts'
import { LineChart, type ChartBand } from '#ui/line-chart.tsx'
import { Table } from '#ui/table.tsx'
import type { HistoryModel } from '../../explain/show-history.ts'

/** The last values of one measure over time, with the same numbers in a table (D7). It draws and claims no trend. */
export function HistoryChart({ model, say }: { model: HistoryModel; say: Say }) {
  const columns = { when: say('explain.history.day'), value: say('explain.history.value') }
  if (model.points.length < 2) {
    return <Table caption={model.title} columns={[{ key: 'when', words: columns.when }, { key: 'value', words: columns.value, isNumber: true }]} rows={model.rows.map((row, index) => ({ key: String(index), cells: { when: row.day, value: row.value } }))} />
  }
  return (
    <div className="rec-history">
      <LineChart
        title={model.title} summary={model.summary} columns={columns} band={model.band ? bandOf(model.band) : undefined}
        points={model.points.map(point => ({ at: new Date(point.time), value: point.number, words: point.isNow && model.unit ? `${point.value} ${model.unit}` : point.value, when: point.day }))}
      />
      {model.notDrawn.length > 0 && <p className="rec-not-drawn">{say('explain.history.not-drawn', { values: model.notDrawn.join(' ') })}</p>}
    </div>
  )
}

function bandOf(band: NonNullable<HistoryModel['band']>): ChartBand {
  return { low: band.low ?? undefined, high: band.high ?? undefined, lowWords: band.lowWords ?? undefined, highWords: band.highWords ?? undefined, words: band.words }
}
