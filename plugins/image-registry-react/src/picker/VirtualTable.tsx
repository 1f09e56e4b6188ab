import { KeyboardEvent, ReactNode, useEffect, useRef, useState } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { observeElementRect, useVirtualizer } from '@tanstack/react-virtual';

/** Height of a row in px; fixed, so that any place of the list is reached at once. */
const ROW_HEIGHT = 48;
/** Height of the list at most, in px. */
const LIST_HEIGHT = 480;
/** Least width of the first column, in px. */
const MAIN_WIDTH = 160;
/** Width of a column that doesn't tell its own, in px. */
const COLUMN_WIDTH = 120;
/** Rows before the end at which the next page is asked for. */
const LOAD_AHEAD = 20;

const useStyles = makeStyles(theme => ({
  scroller: { maxHeight: LIST_HEIGHT, overflow: 'auto' },
  table: { tableLayout: 'fixed', width: '100%' },
  head: {
    backgroundColor: theme.palette.background.paper,
    whiteSpace: 'nowrap',
    padding: theme.spacing(1),
  },
  row: {
    height: ROW_HEIGHT,
    cursor: 'pointer',
    '&:hover, &:focus-within': { backgroundColor: theme.palette.action.hover },
  },
  cell: {
    padding: theme.spacing(0, 1),
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
  },
  main: {
    '& button': {
      maxWidth: '100%',
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      verticalAlign: 'middle',
      // A telephone has room for two lines of a long name, not for one.
      [theme.breakpoints.down('xs')]: {
        display: '-webkit-box',
        WebkitBoxOrient: 'vertical',
        WebkitLineClamp: 2,
        whiteSpace: 'normal',
        overflowWrap: 'anywhere',
        textAlign: 'left',
      },
    },
  },
  spacer: { padding: 0, border: 0 },
}));

/** A column of a {@link VirtualTable}. */
export interface VirtualColumn<T> {
  id: string;
  title: ReactNode;
  /** In px. */
  width?: number;
  render(row: T): ReactNode;
}

interface VirtualTableProps<T> {
  label: string;
  rows: T[];
  rowKey(row: T): string;
  /**
   * The first column. It is drawn with a button, which the arrow keys move
   * between and Enter presses.
   */
  renderMain(row: T, button: MainButtonProps): ReactNode;
  mainTitle: ReactNode;
  columns: VirtualColumn<T>[];
  /** Rows in all, also those not loaded yet. */
  totalRows?: number;
  onOpen(row: T): void;
  onNearEnd(): void;
  /** The rows in sight are others than before. */
  onView?(rows: T[]): void;
}

/** What the button of a row's first column must be given. */
export interface MainButtonProps {
  tabIndex: number;
  'data-row': number;
  onFocus(): void;
  onClick(event: React.MouseEvent): void;
}

/**
 * A table of any length that draws only the rows in sight.
 */
export function VirtualTable<T>(props: VirtualTableProps<T>) {
  const { label, rows, rowKey, renderMain, mainTitle, columns } = props;
  const { totalRows, onOpen, onNearEnd, onView } = props;
  const classes = useStyles();
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
    // Before it is laid out the list has no height; rows are drawn all the same.
    observeElementRect: (instance, report) =>
      observeElementRect(instance, ({ width, height }) =>
        report({ width, height: height || LIST_HEIGHT }),
      ),
  });
  const items = virtualizer.getVirtualItems();
  const before = items.length > 0 ? items[0].start : 0;
  const after =
    items.length > 0
      ? virtualizer.getTotalSize() - items[items.length - 1].end
      : 0;

  const lastIndex = items.length > 0 ? items[items.length - 1].index : 0;
  const nearEnd = rows.length > 0 && lastIndex >= rows.length - LOAD_AHEAD;
  useEffect(() => {
    if (nearEnd) {
      onNearEnd();
    }
  });

  const { startIndex = 0, endIndex = -1 } = virtualizer.range ?? {};
  useEffect(() => {
    onView?.(rows.slice(startIndex, endIndex + 1));
  }, [onView, rows, startIndex, endIndex]);

  const { active, setActive, onKeyDown } = useArrowKeys({
    count: rows.length,
    scroller,
    scrollTo: index => virtualizer.scrollToIndex(index),
  });

  return (
    <TableContainer ref={scroller} className={classes.scroller}>
      <Table
        stickyHeader
        size="small"
        className={classes.table}
        // In a narrow window the list scrolls sideways instead of losing names.
        style={{ minWidth: MAIN_WIDTH + widthOf(columns) }}
        aria-label={label}
        aria-rowcount={totalRows ?? -1}
      >
        <TableHead>
          <TableRow>
            <TableCell className={classes.head}>{mainTitle}</TableCell>
            {columns.map(column => (
              <TableCell
                key={column.id}
                className={classes.head}
                style={{ width: column.width ?? COLUMN_WIDTH }}
              >
                {column.title}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody onKeyDown={onKeyDown}>
          {before > 0 && <Spacer height={before} columns={columns.length} />}
          {items.map(({ index }) => {
            const row = rows[index];
            return (
              <TableRow
                key={rowKey(row)}
                className={classes.row}
                onClick={() => onOpen(row)}
                aria-rowindex={index + 2}
              >
                <TableCell
                  component="th"
                  scope="row"
                  role="rowheader"
                  className={`${classes.cell} ${classes.main}`}
                >
                  {renderMain(row, {
                    'data-row': index,
                    tabIndex: index === active ? 0 : -1,
                    onFocus: () => setActive(index),
                    onClick: event => {
                      event.stopPropagation();
                      onOpen(row);
                    },
                  })}
                </TableCell>
                {columns.map(column => (
                  <TableCell key={column.id} className={classes.cell}>
                    {column.render(row)}
                  </TableCell>
                ))}
              </TableRow>
            );
          })}
          {after > 0 && <Spacer height={after} columns={columns.length} />}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function widthOf(columns: Array<{ width?: number }>): number {
  return columns.reduce((sum, { width = COLUMN_WIDTH }) => sum + width, 0);
}

function Spacer({ height, columns }: { height: number; columns: number }) {
  const classes = useStyles();
  return (
    <tr aria-hidden style={{ height }}>
      <td className={classes.spacer} colSpan={columns + 1} />
    </tr>
  );
}

/** Moves the focus between the rows' buttons; one of them is in the tab order. */
function useArrowKeys(options: {
  count: number;
  scroller: React.RefObject<HTMLElement>;
  scrollTo(index: number): void;
}) {
  const { count, scroller, scrollTo } = options;
  const [active, setActive] = useState(0);
  const wanted = useRef<number>();

  useEffect(() => {
    const button = scroller.current?.querySelector<HTMLElement>(
      `[data-row="${wanted.current}"]`,
    );
    if (button) {
      wanted.current = undefined;
      button.focus();
    }
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const target = nextRow(event.key, active, count);
    if (target === undefined) {
      return;
    }
    event.preventDefault();
    wanted.current = target;
    scrollTo(target);
    setActive(target);
  };
  return {
    active: Math.min(active, Math.max(0, count - 1)),
    setActive,
    onKeyDown,
  };
}

/** Rows that Page Up and Page Down move by. */
const PAGE_ROWS = 9;

function nextRow(
  key: string,
  active: number,
  count: number,
): number | undefined {
  const steps: Record<string, number> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + PAGE_ROWS,
    PageUp: active - PAGE_ROWS,
    Home: 0,
    End: count - 1,
  };
  return key in steps
    ? Math.min(count - 1, Math.max(0, steps[key]))
    : undefined;
}
