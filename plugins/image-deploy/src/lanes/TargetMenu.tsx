import { MouseEvent, useState } from 'react';
import { useRouteRef } from '@backstage/core-plugin-api';
import IconButton from '@material-ui/core/IconButton';
import ListItemText from '@material-ui/core/ListItemText';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import MoreIcon from '@material-ui/icons/MoreHoriz';
import { Target } from '@slipway/backstage-plugin-image-registry-common';
import { useTranslate } from '@slipway/backstage-plugin-image-registry-react';
import { useNavigate } from 'react-router-dom';
import { workloadActionsOf } from '../operations/workloadActionsOf';
import { createFromImageRouteRef } from '../routes';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { Panel } from '../tab/useTabLocation';
import { imageDeployTranslationRef } from '../translation';
import { lastReturn } from './lastReturn';
import { TargetObstacles } from './useTargetObstacles';

interface Item {
  /** Opens beside the tab; absent for what has a page. */
  panel?: Panel;
  /** Address of its page. */
  page?: string;
  label: string;
  /** Why it cannot be chosen. */
  obstacle?: string;
}

/** What is done more rarely to a target. */
export function TargetMenu(props: {
  target: Target;
  /** Names the target for people who cannot see where the button stands. */
  label: string;
  obstacles: TargetObstacles;
}) {
  const { target, label, obstacles } = props;
  const t = useTranslate(imageDeployTranslationRef);
  const { entityRef, location, rollouts } = useDeploymentsContext();
  const navigate = useNavigate();
  const createPage = useRouteRef(createFromImageRouteRef);
  const [anchor, setAnchor] = useState<HTMLElement>();
  const items: Item[] = [
    {
      panel: 'hold',
      label: t('menu.hold'),
      obstacle: target.hold ? t('menu.alreadyHeld') : obstacles.hold,
    },
    { panel: 'pods', label: t('menu.pods') },
    { panel: 'auto-deploy', label: t('menu.autoDeploy') },
    ...workloadActionsOf(target).map(action => ({
      panel: action,
      label: t(`menu.${action}`),
      obstacle: obstacles.operate,
    })),
    {
      panel: 'pull-secret',
      label: t('menu.pullSecret'),
      obstacle: target.registryId ? obstacles.deploy : t('menu.noRegistry'),
    },
    // Of others the portal knows too little to keep what they rely on.
    ...(createPage && target.madeFromImage
      ? [
          {
            page: `${createPage()}?${new URLSearchParams({
              edit: target.key,
              component: entityRef,
            })}`,
            label: t('menu.edit'),
            obstacle: obstacles.operate,
          },
        ]
      : []),
    { panel: 'manifest', label: t('menu.manifest') },
    {
      panel: 'kubectl',
      label: t('menu.kubectl'),
      obstacle: lastReturn(rollouts, target.key)
        ? undefined
        : t('card.nothingToReturnTo'),
    },
  ];
  const choose = ({ panel, page }: Item) => {
    if (page) {
      navigate(page);
    }
    if (panel) {
      location.open(panel, { targetKey: target.key });
    }
  };
  return (
    <>
      <IconButton
        size="small"
        aria-label={t('menu.more', { target: label })}
        aria-haspopup="menu"
        aria-expanded={Boolean(anchor)}
        onClick={(event: MouseEvent<HTMLElement>) =>
          setAnchor(event.currentTarget)
        }
      >
        <MoreIcon />
      </IconButton>
      <Menu
        anchorEl={anchor}
        open={Boolean(anchor)}
        onClose={() => setAnchor(undefined)}
      >
        {items.map(item => (
          <MenuItem
            key={item.panel ?? item.page}
            aria-disabled={item.obstacle !== undefined}
            onClick={() => {
              if (item.obstacle === undefined) {
                setAnchor(undefined);
                choose(item);
              }
            }}
          >
            <ListItemText
              primary={item.label}
              secondary={item.obstacle}
              primaryTypographyProps={{
                variant: 'body2',
                color: item.obstacle ? 'textSecondary' : 'initial',
              }}
              secondaryTypographyProps={{ style: { whiteSpace: 'normal' } }}
              style={{ maxWidth: 320 }}
            />
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
