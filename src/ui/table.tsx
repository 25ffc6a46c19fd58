import type { ReactNode } from 'react'

export type Column = { key: string; words: string; isNumber?: boolean | undefined; isLabelHidden?: boolean | undefined }
export type TableRow = { key: string; cells: Readonly<Record<string, ReactNode>>; isCurrent?: boolean | undefined }

/**
 * Rows and columns; the first column names its row. On a phone each row becomes a short list of its own,
 * except with `isWide`, where the table scrolls sideways. The roles stay what they are when CSS turns the boxes around.
 */
export function Table({ caption, isCaptionHidden, columns, rows, isWide }: {
  caption: string
  isCaptionHidden?: boolean | undefined
  columns: readonly Column[]
  rows: readonly TableRow[]
  isWide?: boolean | undefined
}) {
  const table = (
    <table role="table" className={isWide ? 'table' : 'table table-stacks'}>
      <caption className={isCaptionHidden ? 'unseen' : undefined}>{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(column => (
            <th key={column.key} role="columnheader" scope="col" className={column.isNumber ? 'number' : undefined}>
              {column.isLabelHidden ? <span className="unseen">{column.words}</span> : column.words}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">{rows.map(row => <Line key={row.key} row={row} columns={columns} />)}</tbody>
    </table>
  )
  return isWide ? <div className="table-scrolls" role="region" aria-label={caption} tabIndex={0}>{table}</div> : table
}

function Line({ row, columns }: { row: TableRow; columns: readonly Column[] }) {
  return (
    <tr role="row" aria-current={row.isCurrent || undefined}>
      {columns.map((column, index) => {
        const className = column.isNumber ? 'number' : undefined
        const label = column.isLabelHidden ? undefined : column.words
        return index === 0
          ? <th key={column.key} role="rowheader" scope="row" className={className}>{row.cells[column.key]}</th>
          : <td key={column.key} role="cell" data-label={label} className={className}>{row.cells[column.key]}</td>
      })}
    </tr>
  )
}
