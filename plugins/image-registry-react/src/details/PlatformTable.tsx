import Radio from '@material-ui/core/Radio';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { PlatformImage } from '@slipway/backstage-plugin-image-registry-common';
import { ByteSize, DigestText, formatPlatform, TimeAgo } from '../components';
import { imageRegistryTranslationRef, useTranslate } from '../translation';

const useStyles = makeStyles(theme => ({
  cell: { padding: theme.spacing(0.5, 1), whiteSpace: 'nowrap' },
}));

interface PlatformTableProps {
  platforms: PlatformImage[];
  selected: number;
  onSelect(index: number): void;
}

/** The platforms of an image; one is chosen to show its layers below. */
export function PlatformTable(props: PlatformTableProps) {
  const { platforms, selected, onSelect } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryTranslationRef);
  const several = platforms.length > 1;
  return (
    <TableContainer>
      <Table size="small" aria-label={t('image.platforms')}>
        <TableHead>
          <TableRow>
            <TableCell className={classes.cell}>
              {t('image.platform')}
            </TableCell>
            <TableCell className={classes.cell}>{t('image.imageId')}</TableCell>
            <TableCell className={classes.cell}>{t('image.digest')}</TableCell>
            <TableCell className={classes.cell}>{t('image.size')}</TableCell>
            <TableCell className={classes.cell}>{t('image.created')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {platforms.map((platform, index) => {
            const name = platform.platform
              ? formatPlatform(platform.platform)
              : t('word.unknown');
            return (
              <TableRow
                key={platform.digest}
                selected={several && index === selected}
              >
                <TableCell
                  className={classes.cell}
                  component="th"
                  scope="row"
                  role="rowheader"
                >
                  {several && (
                    <Radio
                      size="small"
                      color="primary"
                      checked={index === selected}
                      onChange={() => onSelect(index)}
                      name="platform"
                      inputProps={{ 'aria-label': name }}
                    />
                  )}
                  {name}
                </TableCell>
                <TableCell className={classes.cell}>
                  {platform.imageId && <DigestText digest={platform.imageId} />}
                </TableCell>
                <TableCell className={classes.cell}>
                  <DigestText digest={platform.digest} />
                </TableCell>
                <TableCell className={classes.cell}>
                  {platform.size !== undefined && (
                    <ByteSize bytes={platform.size} />
                  )}
                </TableCell>
                <TableCell className={classes.cell}>
                  {platform.createdAt && <TimeAgo time={platform.createdAt} />}
                </TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
