import { ReactNode, useEffect, useRef } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useTranslate } from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { PagePlace } from './usePages';

const useStyles = makeStyles(theme => ({
  list: { '&:focus': { outline: 'none' } },
  outdated: { opacity: 0.6 },
  pages: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'center',
    gap: theme.spacing(1),
    paddingTop: theme.spacing(1),
    '& [aria-disabled="true"]': {
      color: theme.palette.text.disabled,
      cursor: 'not-allowed',
    },
  },
}));

interface PagedListProps {
  label: string;
  place: PagePlace;
  /** The list is ordered by time. */
  byTime?: boolean;
  /** What is shown is of another page than was asked for. */
  outdated?: boolean;
  /** The rows of the page. */
  children: ReactNode;
}

/**
 * One page of a list with the way to the others below it. Whoever turns the
 * page is led to its beginning, with the keyboard's focus.
 */
export function PagedList(props: PagedListProps) {
  const { label, place, byTime, outdated = false, children } = props;
  const { from, back, next } = place;
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const list = useRef<HTMLDivElement>(null);
  const turned = useRef(false);

  useEffect(() => {
    // Filters lead to the first page, too, and keep the focus.
    if (turned.current) {
      turned.current = false;
      list.current?.focus();
    }
  }, [from]);

  const turn = (lead: () => void) => () => {
    turned.current = true;
    lead();
  };
  const isWhole = !back && !next && from === 1 && !outdated;
  return (
    <>
      <div
        ref={list}
        className={[classes.list, outdated && classes.outdated]
          .filter(Boolean)
          .join(' ')}
        role="group"
        aria-label={label}
        aria-busy={outdated}
        tabIndex={-1}
      >
        {children}
      </div>
      {!isWhole && (
        <nav
          className={classes.pages}
          aria-label={`${t('paging.label')}: ${label}`}
        >
          <PageButton onTurn={back && turn(back)}>
            {t(byTime ? 'paging.newer' : 'paging.back')}
          </PageButton>
          <Rows place={place} />
          <PageButton onTurn={next && turn(next)}>
            {t(byTime ? 'paging.older' : 'paging.next')}
          </PageButton>
        </nav>
      )}
    </>
  );
}

/** Without a page to turn to it stays: its place and the focus do, too. */
function PageButton(props: { onTurn?: () => void; children: ReactNode }) {
  const { onTurn, children } = props;
  return (
    <Button size="small" aria-disabled={onTurn === undefined} onClick={onTurn}>
      {children}
    </Button>
  );
}

function Rows({ place }: { place: PagePlace }) {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { from, to, total } = place;
  const rows = { from: String(from), to: String(to) };
  return (
    <Typography variant="body2" component="div" role="status">
      {total === undefined
        ? t('paging.rows', rows)
        : t('paging.rowsOf', { ...rows, total: String(total) })}
    </Typography>
  );
}
