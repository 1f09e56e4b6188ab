import Link from '@material-ui/core/Link';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import {
  Delivery,
  ImageEventRecord,
  Registry,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ReasonText,
  TimeAgo,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { OutcomeLabel } from './OutcomeLabel';

/** Events of one delivery that its line names. */
const SHOWN_EVENTS = 2;

const useStyles = makeStyles(theme => ({
  table: {
    '& th, & td': { wordBreak: 'normal' },
    '& thead th': { whiteSpace: 'nowrap' },
  },
  row: { cursor: 'pointer' },
  text: { overflowWrap: 'anywhere', minWidth: 160 },
  reason: { color: theme.palette.text.secondary, fontSize: '0.8rem' },
}));

interface DeliveryTableProps {
  deliveries: Delivery[];
  registries: Registry[];
  onOpen(delivery: Delivery): void;
}

/** The webhook log; a row opens its delivery. */
export function DeliveryTable(props: DeliveryTableProps) {
  const { deliveries, registries, onOpen } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  return (
    <TableContainer>
      <Table
        className={classes.table}
        size="small"
        aria-label={t('page.tab.webhook-log')}
      >
        <TableHead>
          <TableRow>
            <TableCell>{t('log.time')}</TableCell>
            <TableCell>{t('log.registry')}</TableCell>
            <TableCell>{t('log.event')}</TableCell>
            <TableCell>{t('log.outcome')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {deliveries.map(delivery => (
            <TableRow
              key={delivery.id}
              hover
              className={classes.row}
              onClick={() => onOpen(delivery)}
            >
              <TableCell component="th" scope="row" role="rowheader">
                <Link
                  component="button"
                  variant="body2"
                  onClick={(event: React.MouseEvent) => {
                    event.stopPropagation();
                    onOpen(delivery);
                  }}
                >
                  <TimeAgo time={delivery.receivedAt} />
                </Link>
              </TableCell>
              <TableCell>
                {registries.find(({ id }) => id === delivery.registryId)
                  ?.name ?? delivery.registryId}
              </TableCell>
              <TableCell className={classes.text}>
                {delivery.events.slice(0, SHOWN_EVENTS).map(event => (
                  <EventText key={event.id} event={event} />
                ))}
                {delivery.events.length === 0 && t('log.noEvent')}
                {delivery.events.length > SHOWN_EVENTS &&
                  t('log.moreEvents', {
                    total: String(delivery.events.length - SHOWN_EVENTS),
                  })}
              </TableCell>
              <TableCell className={classes.text}>
                <OutcomeLabel outcome={delivery.outcome} />
                {delivery.reason && (
                  <div className={classes.reason}>
                    <ReasonText reason={delivery.reason} />
                  </div>
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

/** `push apps/web : v1.3.0`. */
export function EventText({ event }: { event: ImageEventRecord }) {
  const t = useTranslate(imageRegistryPageTranslationRef);
  return (
    <div>
      {t(`eventKind.${event.kind}`)} {event.repository}
      {event.tag && ` : ${event.tag}`}
    </div>
  );
}
