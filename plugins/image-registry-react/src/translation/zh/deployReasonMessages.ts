import { deployReasonMessages as english } from '../deployReasonMessages';

export const deployReasonMessages: Record<keyof typeof english, string> = {
  'reason.comparison-listing-incomplete': 'Tag 列表不完整：{{why}}',
  'reason.comparison-no-order':
    '镜像仓库未提供两者的推送时间，且其 Tag 属于不同种类，因此无法得知期间的内容',
  'reason.comparison-cut': '期间另有 {{rest}} 个较旧的 Tag 未列出',
  'reason.comparison-unread':
    '目前无法从镜像仓库读取 {{image}}，因此没有其信息',
  'reason.platforms-cover':
    '{{image}}：可在这些 Pod 可能运行的全部 {{count}} 个节点上运行',
  'reason.platforms-some':
    '镜像支持 {{image}}，但这些 Pod 可能运行的部分节点是 {{nodes}}',
  'reason.platforms-none':
    '镜像支持 {{image}}，但这些 Pod 可能运行的所有节点都是 {{nodes}}',
  'reason.not-checked': '未知：{{detail}}',
  'reason.manifest-given': '镜像仓库允许集群获取',
  'reason.manifest-refused': '镜像仓库目前不允许集群获取：{{detail}}',
  'reason.pull-anonymous': '从 {{registry}} 拉取无需登录',
  'reason.cluster-allows': '集群允许门户写入',
  'reason.cluster-denies':
    '门户（{{user}}）在命名空间 {{namespace}} 中缺少权限：{{what}}',
  'reason.quota-has-room': '还可容纳一个 Pod',
  'reason.argo-cd-would-undo': 'Argo CD 应用 {{name}} 会撤销此操作',
  'reason.flux-would-undo': 'Flux 对象 {{name}} 会撤销此操作',
  'reason.gitops-would-undo': '{{title}} 会撤销此操作',
};
