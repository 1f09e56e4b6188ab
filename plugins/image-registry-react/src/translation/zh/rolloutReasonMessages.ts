import { rolloutReasonMessages as english } from '../rolloutReasonMessages';

export const rolloutReasonMessages: Record<keyof typeof english, string> = {
  'reason.target-gone': '工作负载或其容器已不存在，请部署到现有的工作负载',
  'reason.container-gone':
    '工作负载中已没有容器 {{container}}，请部署到现有的容器',
  'reason.namespace-terminating':
    'Kubernetes 命名空间 {{namespace}} 正在删除，无法在其中部署',
  'reason.image-refused-by-policy':
    '{{pod}}：镜像仓库的策略拒绝该镜像。{{detail}}',
  'reason.changed-outside': '镜像在此期间被门户之外更改：{{image}}',
  'reason.registry-failed': '无法查询镜像仓库：{{message}}',
  'reason.internal-retry': '门户遇到意外故障，正在重试',
  'reason.image-exists': '镜像存在于 {{registry}}',
  'reason.not-an-image': '这是 {{kind}}，无法运行',
  'reason.tag-moved': '您看到的是 {{seen}}；该 Tag 现在指向 {{now}}',
  'reason.tag-confirmed': '以 {{digest}} 部署',
  'reason.platforms': '{{platforms}}',
  'reason.cluster-unreachable': '集群 {{cluster}} 无响应，将重试',
  'reason.unauthenticated': '集群 {{cluster}} 不接受门户的登录，将重试',
  'reason.stale': '{{cluster}} 中的工作负载在此期间已变更，将重新读取',
  'reason.rate-limited': '集群 {{cluster}} 限制了请求，将重试',
  'reason.server-error': '集群 {{cluster}} 响应出错，将重试',
  'reason.paused': 'Deployment 已暂停：恢复之前不会有任何变化',
  'reason.old-pod-kept':
    'Kubernetes 在替换 {{pod}} 之前会一直等它就绪，而它仍是旧镜像且未就绪。删除该 Pod，它便会以此镜像启动。',
  'reason.replicas-updating': '{{wanted}} 个 Pod 中有 {{updated}} 个为新版本',
  'reason.old-replicas-left': '仍有 {{old}} 个旧版本 Pod',
  'reason.replicas-not-ready': '{{desired}} 个 Pod 中有 {{ready}} 个就绪',
  'reason.replicas-not-available':
    '{{desired}} 个 Pod 中有 {{available}} 个就绪时间足够长',
  'reason.image-pull-throttled': '{{pod}}：镜像仓库限制了拉取。{{detail}}',
  'reason.image-pull-held-back':
    '{{pod}}：镜像仓库暂时不放行该镜像。{{detail}}',
  'reason.image-pull-denied': '{{pod}}：镜像仓库拒绝拉取。{{detail}}',
  'reason.registry-unreachable': '{{pod}}：节点无法访问镜像仓库。{{detail}}',
  'reason.image-platform-missing':
    '{{pod}}：镜像没有适合该节点的平台。{{detail}}',
  'reason.image-not-found': '{{pod}}：镜像在镜像仓库中不存在。{{detail}}',
  'reason.image-name-invalid': '{{pod}}：镜像名无效。{{detail}}',
  'reason.image-pull-failed': '{{pod}}：无法拉取镜像。{{detail}}',
  'reason.crash-looping': '{{pod}} 已崩溃 {{restarts}} 次：{{detail}}',
  'reason.container-failed': '{{pod}} 异常退出：{{detail}}',
  'reason.out-of-memory':
    '{{pod}} 因内存不足被终止（重启 {{restarts}} 次）：{{detail}}',
  'reason.unschedulable': '没有适合 {{pod}} 的节点：{{detail}}',
  'reason.container-config-error': '{{pod}} 的配置不完整：{{detail}}',
  'reason.container-create-error': '无法创建 {{pod}} 的容器：{{detail}}',
  'reason.container-start-error': '{{pod}} 的容器无法启动：{{detail}}',
  'reason.evicted': '{{pod}} 被节点驱逐：{{detail}}',
  'reason.pod-not-running': '{{pod}} 未运行，{{reason}}：{{detail}}',
  'reason.registry-refuses-for-now':
    '{{pod}}：镜像仓库暂时拒绝拉取，放行后将自动继续。{{detail}}',
  'reason.configuration-missing':
    '{{pod}} 在等待 {{kind}} “{{name}}”：{{detail}}',
  'reason.volume-not-ready':
    '{{pod}} 在等待存储卷或网络，{{reason}}：{{detail}}',
  'reason.probe-failing': '{{pod}} 的 {{probe}} 探针失败：{{detail}}',
  'reason.image-platform-mismatch':
    '{{pod}} 的程序与节点的架构不符：{{detail}}',
  'reason.image-reverted': '{{title}} 已将镜像改回 {{image}}',
  'reason.image-replaced-by': '{{title}} 将镜像改为 {{image}}',
  'reason.rollout-paused': 'Rollout 已暂停，等待继续发布。{{detail}}',
  'reason.rollout-promoting': 'Argo Rollouts 正在发布新版本。{{detail}}',
  'reason.rollout-aborted': 'Argo Rollouts 已中止发布。{{detail}}',
  'reason.rollout-degraded': 'Argo Rollouts 认为此次发布异常。{{detail}}',
  'reason.soaking': '正常，观察 {{span}}，至 {{until}}',
  'reason.restart-budget-exceeded':
    '新 Pod 已重启 {{restarts}} 次，最多允许 {{budget}} 次',
  'reason.health-deadline-exceeded': '{{span}} 内未恢复正常：{{detail}}',
  'reason.no-progress': '{{span}} 内没有任何进展：{{detail}}',
  'reason.never-stayed-healthy': '未能持续正常 {{span}}：{{detail}}',
  'reason.registry-refused-too-long':
    '镜像仓库拒绝该镜像已达 {{span}}：{{detail}}',
  'reason.registry-scans': '等待中：{{registry}} 正在扫描',
  'reason.registry-holds-back': '等待中：{{registry}} 暂时不放行该镜像',
  'reason.registry-throttles': '等待中：{{registry}} 正在限流',
  'reason.registry-fails': '等待中：{{registry}} 响应出错',
  'reason.returning': '正在回滚到 {{image}}',
  'reason.return-written': '已重新写入 {{image}}',
  'reason.returned': '已回到 {{image}}',
  'reason.returned-not-started': '已回到 {{image}}，工作负载启动时生效',
  'reason.nothing-to-return-to':
    '未回滚：没有其他在此正常运行过且仍然存在的镜像',
  'reason.no-image-to-return-to':
    '在此正常运行过的较早镜像在镜像仓库中均已不存在',
  'reason.return-failed':
    '回滚到 {{image}} 也失败了：{{detail}} 工作负载当前设置为 {{set}}。',
  'reason.return-interrupted': '回滚到 {{image}} 期间有人部署了其他镜像',
  'reason.held-after-return': '{{failed}} 失败，已回滚到 {{image}}',
};
