import {
  Sidebar,
  SidebarGroup,
  SidebarItem,
  SidebarSpace,
} from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type {
  NavContentComponentProps,
  NavContentNavItem,
} from '@backstage/plugin-app-react';
import MenuIcon from '@material-ui/icons/Menu';
import { appTranslationRef } from '../translations/translation';

/**
 * Names of pages in the person's language, short enough for the sidebar. The
 * framework knows one title of a page, in one language.
 */
const names = {
  'page:catalog': 'navigation.catalog',
  'page:image-registry': 'navigation.registries',
  'page:image-registry/create': 'navigation.createFromImage',
  'page:notifications': 'navigation.notifications',
  'page:user-settings': 'navigation.settings',
} as const;

function isNamed(id: string): id is keyof typeof names {
  return Object.hasOwn(names, id);
}

function NavigationItem({ node, title, icon, href }: NavContentNavItem) {
  const { t } = useTranslationRef(appTranslationRef);
  const { id } = node.spec;
  const text = isNamed(id) ? t(names[id]) : title;
  return <SidebarItem icon={() => icon} to={href} text={text} />;
}

/** Pages of all plugins above, the person's own pages at the bottom. */
export function Navigation(props: NavContentComponentProps) {
  const { t } = useTranslationRef(appTranslationRef);
  const items = props.navItems.withComponent(NavigationItem);
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
