import { previewMessages as english } from '../previewMessages';

export const previewMessages: Record<keyof typeof english, string> = {
  'promote.button': '部署 {{environment}} 中的 {{image}}',
  'compare.failed': '无法读取期间的内容',
  'preview.refused': '集群拒绝此变更，原文如下：',
  'preview.clusterSays': '集群提示：{{warning}}',
  'pullSecret.title': '让这些 Pod 能够拉取',
  'pullSecret.explanation':
    '将 {{registry}} 的登录凭据作为 Secret 放入 Kubernetes 命名空间 {{namespace}} 并保持更新。',
  'pullSecret.attach': '由谁使用',
  'pullSecret.serviceAccount': '其服务账号的所有新 Pod；正在运行的保持不变',
  'pullSecret.workload': '仅此工作负载；其 Pod 将立即被替换',
  'pullSecret.confirm': '放入',
  'pullSecret.failed': '未能放入拉取凭据',
  'check.fix': '修复…',
  'check.manifest': '镜像仓库放行',
  'check.quota': '配额',
  'check.server': '集群',
  'owners.undone':
    '只有在其清单来源处做同样的修改，您的部署才会保留。除非有人同意，此处不会自动部署。',
  'owners.manageDespite': '仍然从门户部署',
  'others.add': '同时更改 {{container}}…',
  'others.container': '容器 {{container}}',
  'others.initContainer': '初始化容器 {{container}}',
  'others.remove': '保持 {{container}} 不变',
};
