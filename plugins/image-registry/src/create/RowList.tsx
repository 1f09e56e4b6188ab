import { ReactNode } from 'react';
import Button from '@material-ui/core/Button';
import IconButton from '@material-ui/core/IconButton';
import { makeStyles } from '@material-ui/core/styles';
import AddIcon from '@material-ui/icons/Add';
import DeleteIcon from '@material-ui/icons/Delete';
import { useTranslate } from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    gap: theme.spacing(1),
    alignItems: 'start',
    padding: theme.spacing(1.5, 0),
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
  },
}));

interface RowListProps<T> {
  rows: T[];
  /** What one row is called, with its number: "Port 2". */
  rowName(index: number): string;
  addLabel: string;
  onAdd(): void;
  onRemove(index: number): void;
  children(row: T, index: number): ReactNode;
}

/** Rows of fields that are added and removed. */
export function RowList<T>(props: RowListProps<T>) {
  const { rows, rowName, addLabel, onAdd, onRemove, children } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  return (
    <div>
      <ul className={classes.list}>
        {rows.map((row, index) => (
          // Rows have no id; they are only appended and removed.
          // eslint-disable-next-line react/no-array-index-key
          <li key={index} className={classes.row} aria-label={rowName(index)}>
            {children(row, index)}
            <IconButton
              size="small"
              aria-label={t('create.remove', { what: rowName(index) })}
              onClick={() => onRemove(index)}
            >
              <DeleteIcon />
            </IconButton>
          </li>
        ))}
      </ul>
      <Button
        size="small"
        color="primary"
        startIcon={<AddIcon aria-hidden />}
        onClick={onAdd}
      >
        {addLabel}
      </Button>
    </div>
  );
}

/** A list with one row changed. */
export function withRow<T>(rows: T[], index: number, changes: Partial<T>): T[] {
  return rows.map((row, at) => (at === index ? { ...row, ...changes } : row));
}
