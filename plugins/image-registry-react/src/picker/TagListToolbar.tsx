import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { TagSort } from '@slipway/backstage-plugin-image-registry-common';
import { imageRegistryTranslationRef, useTranslate } from '../translation';
import { SearchField } from './SearchField';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(2),
    marginBottom: theme.spacing(1),
  },
  sort: { minWidth: 200 },
}));

interface TagListToolbarProps {
  search: string;
  sort: TagSort;
  pushTime: boolean;
  onSearch(search: string): void;
  onSort(sort: TagSort): void;
}

/** Search and sort of a list of tags. */
export function TagListToolbar(props: TagListToolbarProps) {
  const { search, sort, pushTime, onSearch, onSort } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryTranslationRef);
  const sorts: TagSort[] = pushTime
    ? ['pushed-desc', 'pushed-asc', 'natural-desc', 'natural-asc']
    : ['natural-desc', 'natural-asc'];

  return (
    <div className={classes.root}>
      <SearchField
        label={t('picker.searchTags')}
        value={search}
        onChange={onSearch}
      />
      <TextField
        select
        className={classes.sort}
        size="small"
        variant="outlined"
        label={t('picker.sort')}
        id="image-tags-sort"
        SelectProps={{ labelId: 'image-tags-sort-label' }}
        InputLabelProps={{ id: 'image-tags-sort-label' }}
        value={sort}
        onChange={event => onSort(event.target.value as TagSort)}
      >
        {sorts.map(value => (
          <MenuItem key={value} value={value}>
            {t(`picker.sort.${value}`)}
          </MenuItem>
        ))}
      </TextField>
    </div>
  );
}
