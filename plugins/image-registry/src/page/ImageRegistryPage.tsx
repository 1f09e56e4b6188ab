import { Content, Header, Page } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { Link, Route, Routes, useLocation } from 'react-router-dom';
import { useTranslate } from '@slipway/backstage-plugin-image-registry-react';
import { ActivityTab } from '../activity';
import { EnvironmentsTab } from '../environments';
import { RegistriesTab } from '../registries';
import { RegistryPage } from '../registry';
import { rootRouteRef } from '../routes';
import { imageRegistryPageTranslationRef } from '../translation';
import { WebhookLogTab } from '../webhookLog';

const useStyles = makeStyles(theme => ({
  tabs: {
    gridArea: 'pageSubheader',
    // Otherwise a page that scrolls squeezes the tabs.
    overflow: 'visible',
    minHeight: 'auto',
    minWidth: 0,
    backgroundColor: theme.palette.background.paper,
    paddingLeft: theme.spacing(2),
  },
}));

/** Paths below the page, in the order of the tabs. */
const tabs = ['registries', 'environments', 'activity', 'webhook-log'] as const;

/**
 * The page of platform engineers: registries, environments, activity, webhook
 * log.
 */
export function ImageRegistryPage() {
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const root = useRouteRef(rootRouteRef)();
  const { pathname } = useLocation();
  const active =
    tabs.find(tab => pathname.startsWith(`${root}/${tab}`)) ?? 'registries';

  return (
    <Page themeId="tool">
      <Header title={t('page.title')} subtitle={t('page.subtitle')} />
      <Tabs
        className={classes.tabs}
        value={active}
        indicatorColor="primary"
        variant="scrollable"
        scrollButtons="auto"
        component="nav"
        aria-label={t('page.title')}
      >
        {tabs.map(tab => (
          <Tab
            key={tab}
            value={tab}
            label={t(`page.tab.${tab}`)}
            component={Link}
            to={tab === 'registries' ? root : `${root}/${tab}`}
          />
        ))}
      </Tabs>
      <Content>
        <Routes>
          <Route path="/registries/:registryId/*" element={<RegistryPage />} />
          <Route path="/environments" element={<EnvironmentsTab />} />
          <Route path="/activity" element={<ActivityTab />} />
          <Route path="/webhook-log" element={<WebhookLogTab />} />
          <Route path="*" element={<RegistriesTab />} />
        </Routes>
      </Content>
    </Page>
  );
}
