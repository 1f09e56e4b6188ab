import { createTranslationMessages } from '@backstage/core-plugin-api/alpha';
import { appTranslationRef } from './translation';

/** Chinese words of the portal itself. */
export default createTranslationMessages({
  ref: appTranslationRef,
  full: true,
  messages: {
    'navigation.menu': '菜单',
    'navigation.catalog': '目录',
    'navigation.registries': '镜像仓库',
    'navigation.createFromImage': '创建',
    'navigation.notifications': '通知',
    'navigation.settings': '设置',
    'layout.language': '语言',
    'people.label': '人员',
    'people.title': '您想以谁的身份登录？',
    'people.description':
      '这是开发环境的门户：选择一个人即可，无需密码。商店的三个组件归 Team Shop 所有。',
    'people.remembered':
      '关闭此标签页或退出登录之前，选择一直有效。另一个标签页可以使用其他身份。',
    'people.signInAs': '以 {{name}} 登录',
    'people.may': '可以：',
    'people.mayNot': '不可以：',
    'people.admin.role': '门户管理员',
    'people.admin.registries': '连接镜像仓库、命名环境、创建 Webhook',
    'people.admin.everything': '部署并更改所有组件',
    'people.owner.role': 'Team Shop 成员',
    'people.owner.deploy': '部署和回滚 web、api、worker',
    'people.owner.policies': '编写它们的自动构建策略，设置和解除锁定',
    'people.owner.registries': '更改镜像仓库或环境',
    'people.owner2.role': 'Team Shop 的另一名成员',
    'people.owner2.same': '拥有与 Olivia Owner 相同的权限',
    'people.owner2.second': '用于演示两人同时部署的情形',
    'people.outsider.role': 'Team Other 成员',
    'people.outsider.read': '查看镜像仓库、镜像和运行状态',
    'people.outsider.deploy': '部署或更改商店的任何内容',
    'failed.title': '登录未成功',
    'failed.hint': '刚启动时，后端可能还需要几秒钟。',
    'failed.retry': '重试',
    'failed.chooseAgain': '选择其他人',
    'missingProvider.title': '此门户尚未配置登录方式',
    'missingProvider.description':
      '开发登录已关闭。请由门户的运维人员配置认证提供方：app-config.production.yaml 中的注释列出了三个步骤。',
  },
});
