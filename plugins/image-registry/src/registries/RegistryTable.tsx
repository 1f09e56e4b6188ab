import { useState } from 'react';
import { useRouteRef } from '@backstage/core-plugin-api';
import Chip from '@material-ui/core/Chip';
import Link from '@material-ui/core/Link';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import TableSortLabel from '@material-ui/core/TableSortLabel';
import StarIcon from '@material-ui/icons/Star';
import WarningIcon from '@material-ui/icons/Warning';
import {
  ProviderDescriptor,
  Registry,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  StateLabel,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { Link as RouterLink, useNavigate } from 'react-router-dom';
import { rootRouteRef } from '../routes';
import { imageRegistryPageTranslationRef } from '../translation';
import { BudgetText } from './BudgetText';
import { GrantsText } from './GrantsText';
import { RegistryStatusLabel } from './RegistryStatusLabel';
import { useStatusText } from './useStatusText';

const useStyles = makeStyles(theme => ({
  table: {
    '& th, & td': { wordBreak: 'normal' },
    '& thead th': { whiteSpace: 'nowrap' },
  },
  row: { cursor: 'pointer' },
  name: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    minWidth: 140,
    overflowWrap: 'anywhere',
  },
  address: { overflowWrap: 'anywhere', minWidth: 160 },
  message: {
    color: theme.palette.text.secondary,
    fontSize: '0.8rem',
    maxWidth: 320,
    overflowWrap: 'anywhere',
  },
}));

type Column = 'name' | 'kind' | 'address' | 'status' | 'usedBy';

interface RegistryTableProps {
  registries: Registry[];
  providers: ProviderDescriptor[];
}

/** The connected registries; a row opens one. */
export function RegistryTable({ registries, providers }: RegistryTableProps) {
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const statusText = useStatusText();
  const root = useRouteRef(rootRouteRef)();
  const navigate = useNavigate();
  const [sort, setSort] = useState<{ column: Column; descending: boolean }>({
    column: 'name',
    descending: false,
  });
  const kind = (registry: Registry) =>
    providers.find(({ id }) => id === registry.provider)?.title ??
    registry.provider;

  const values: Record<Column, (registry: Registry) => string | number> = {
    name: registry => registry.name,
    kind,
    address: registry => registry.address,
    status: registry => registry.status.state,
    usedBy: registry => registry.usedBy ?? 0,
  };
  const sorted = [...registries].sort((one, other) => {
    const order = compare(values[sort.column](one), values[sort.column](other));
    return sort.descending ? -order : order;
  });
  const sortable = (column: Column) => (
    <TableCell
      sortDirection={
        sort.column === column && (sort.descending ? 'desc' : 'asc')
      }
    >
      <TableSortLabel
        active={sort.column === column}
        direction={sort.descending && sort.column === column ? 'desc' : 'asc'}
        onClick={() =>
          setSort({
            column,
            descending: sort.column === column && !sort.descending,
          })
        }
      >
        {t(`registries.column.${column}`)}
      </TableSortLabel>
    </TableCell>
  );

  return (
    <TableContainer>
      <Table className={classes.table} aria-label={t('page.tab.registries')}>
        <TableHead>
          <TableRow>
            {sortable('name')}
            {sortable('kind')}
            {sortable('address')}
            <TableCell>{t('registries.column.for')}</TableCell>
            {sortable('status')}
            {sortable('usedBy')}
          </TableRow>
        </TableHead>
        <TableBody>
          {sorted.map(registry => {
            const to = `${root}/registries/${registry.id}`;
            return (
              <TableRow
                key={registry.id}
                hover
                className={classes.row}
                onClick={() => navigate(to)}
              >
                <TableCell component="th" scope="row" role="rowheader">
                  <span className={classes.name}>
                    {registry.isDefault && (
                      <StarIcon
                        fontSize="small"
                        titleAccess={t('registries.default')}
                      />
                    )}
                    <Link
                      component={RouterLink}
                      to={to}
                      onClick={(event: React.MouseEvent) =>
                        event.stopPropagation()
                      }
                    >
                      {registry.name}
                    </Link>
                  </span>
                </TableCell>
                <TableCell>{kind(registry)}</TableCell>
                <TableCell className={classes.address}>
                  <AddressText registry={registry} />
                </TableCell>
                <TableCell>
                  <GrantsText grants={registry.grants} />
                </TableCell>
                <TableCell>
                  <RegistryStatusLabel status={registry.status} />
                  {registry.source === 'config' && (
                    <>
                      {' '}
                      <Chip
                        size="small"
                        variant="outlined"
                        label={t('registries.readOnly')}
                      />
                    </>
                  )}
                  {registry.budget && (
                    <div className={classes.message}>
                      <BudgetText budget={registry.budget} />
                    </div>
                  )}
                  {registry.status.state !== 'connected' && (
                    <div className={classes.message}>
                      {statusText(registry.status)}
                    </div>
                  )}
                </TableCell>
                <TableCell>{registry.usedBy ?? '–'}</TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

/** The address without https, and a warning where nothing protects it. */
export function AddressText({ registry }: { registry: Registry }) {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const plain = registry.address.startsWith('http:');
  return (
    <>
      {registry.address.replace(/^https?:\/\//, '')}
      {registry.namespace && `/${registry.namespace}`}
      {(plain || !registry.tls.verify) && (
        <div>
          <StateLabel icon={WarningIcon} tone="warning">
            {plain ? t('registries.noTls') : t('registries.tlsUnverified')}
          </StateLabel>
        </div>
      )}
    </>
  );
}

function compare(one: string | number, other: string | number): number {
  return typeof one === 'number' && typeof other === 'number'
    ? one - other
    : String(one).localeCompare(String(other));
}
