import {
  Sidebar,
  SidebarGroup,
  SidebarItem,
  SidebarSpace,
} from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { NavContentComponentProps } from '@backstage/plugin-app-react';
import MenuIcon from '@material-ui/icons/Menu';
import { appTranslationRef } from '../translations/translation';

/** Pages of all plugins above, the person's own pages at the bottom. */
export function Navigation(props: NavContentComponentProps) {
  const { t } = useTranslationRef(appTranslationRef);
  const items = props.navItems.withComponent(item => (
    <SidebarItem icon={() => item.icon} to={item.href} text={item.title} />
  ));
  const notifications = items.take('page:notifications');
  const settings = items.take('page:user-settings');
  return (
    <Sidebar>
      <SidebarGroup label={t('navigation.menu')} icon={<MenuIcon />}>
        {items.take('page:catalog')}
        {items.rest({ sortBy: 'title' })}
      </SidebarGroup>
      <SidebarSpace />
      {notifications}
      {settings}
    </Sidebar>
  );
}
