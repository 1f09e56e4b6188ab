import { ReactNode } from 'react';
import { Theme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import Skeleton from '@material-ui/lab/Skeleton';
import CheckIcon from '@material-ui/icons/Check';
import {
  ByteSize,
  DigestText,
  ScanLabel,
  StateLabel,
  TimeAgo,
  useErrorText,
} from '../components';
import { imageRegistryTranslationRef, useTranslate } from '../translation';
import { TagRow } from './groupByDigest';
import { ReadImage } from './ImageReader';
import { TagRows } from './useTagRows';
import { VirtualColumn } from './VirtualTable';

/** The columns for which there is data and for which the window has room. */
export function useTagColumns(
  rows: TagRow[],
  known: TagRows,
): VirtualColumn<TagRow>[] {
  const t = useTranslate(imageRegistryTranslationRef);
  const wide = useMediaQuery((theme: Theme) => theme.breakpoints.up('md'));
  const medium = useMediaQuery((theme: Theme) => theme.breakpoints.up('sm'));
  const { readImages } = known;
  const pushed = rows.some(row => row.pushedAt);

  const cell = (draw: (row: TagRow) => ReactNode) => (row: TagRow) =>
    <TagCell reading={known.reading(row)}>{draw(known.row(row))}</TagCell>;
  const columns: Array<VirtualColumn<TagRow> & { shown: boolean }> = [
    {
      id: 'digest',
      title: t('picker.column.digest'),
      width: 190,
      shown: medium && (readImages || rows.some(row => row.digest)),
      render: cell(
        ({ digest }) => digest && <DigestText key={digest} digest={digest} />,
      ),
    },
    {
      id: 'time',
      title: pushed ? t('picker.column.pushed') : t('picker.column.created'),
      width: 130,
      shown: pushed || readImages,
      render: cell(row => {
        const time = pushed ? row.pushedAt : row.createdAt;
        return time && <TimeAgo time={time} />;
      }),
    },
    {
      id: 'size',
      title: t('picker.column.size'),
      width: 90,
      shown: medium && (readImages || rows.some(row => row.size !== undefined)),
      render: cell(
        ({ size }) => size !== undefined && <ByteSize bytes={size} />,
      ),
    },
    {
      id: 'platforms',
      title: t('picker.column.platforms'),
      width: 210,
      shown: wide && (readImages || rows.some(row => row.platforms.length > 0)),
      render: cell(({ platforms }) => {
        const names = platforms.join(', ');
        return names && <span title={names}>{names}</span>;
      }),
    },
    {
      id: 'scan',
      title: t('picker.column.scan'),
      width: 150,
      shown: medium && rows.some(row => row.scan),
      render: ({ scan }) => (scan ? <ScanLabel scan={scan} /> : '–'),
    },
    {
      id: 'signed',
      title: t('picker.column.signed'),
      // Room for cosign and notation side by side.
      width: 160,
      shown: wide && rows.some(row => row.signatures),
      render: ({ signatures = [] }) =>
        signatures.length > 0 ? (
          <StateLabel icon={CheckIcon} tone="ok">
            {signatures.join(', ')}
          </StateLabel>
        ) : (
          '–'
        ),
    },
  ];
  return columns.filter(column => column.shown);
}

/** What is known, a grey bar while it is read, a dash when it can't be told. */
function TagCell(props: { reading?: ReadImage; children: ReactNode }) {
  const { reading, children } = props;
  const errorText = useErrorText();
  if (children || !reading) {
    return <>{children}</>;
  }
  if (reading.state === 'waiting') {
    return <Skeleton width="70%" />;
  }
  return (
    <span
      title={reading.state === 'failed' ? errorText(reading.error) : undefined}
    >
      –
    </span>
  );
}
