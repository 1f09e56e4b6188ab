import { refusalMessages as english } from '../refusalMessages';

export const refusalMessages: Record<keyof typeof english, string> = {
  'reason.not-allowed': '您没有 {{permission}} 权限，请联系门户管理员',
  'reason.not-allowed-on':
    '您对 {{entityRef}} 没有 {{permission}} 权限，请联系其所有者或门户管理员',
  'reason.not-allowed-on-registry':
    '您对镜像仓库 {{id}} 没有 {{permission}} 权限，请联系门户管理员',
  'reason.only-owners-may':
    '只有 {{entityRef}} 的所有者可以执行此操作；其所有者为 {{owners}}',
  'reason.no-such-registry': '没有镜像仓库 {{id}}',
  'reason.no-such-component': '没有组件 {{entityRef}}',
  'reason.no-such-environment': '没有环境 {{id}}',
  'reason.no-such-endpoint': '没有 Webhook 端点 {{id}}',
  'reason.no-such-delivery': '没有 Webhook 调用记录 {{id}}',
  'reason.no-such-policy': '没有策略 {{id}}',
  'reason.no-such-rollout': '没有发布 {{id}}',
  'reason.no-such-hold': '没有锁定 {{id}}',
  'reason.no-such-kind': '没有类型“{{id}}”；已安装的有 {{known}}',
  'reason.no-such-pull-secret': '门户没有保存这个拉取凭据',
  'reason.no-repository-for-you':
    '{{registry}} 中没有可供您使用的镜像 {{repository}}',
  'reason.registry-from-config':
    '{{registry}} 定义在 app-config（imageRegistry.registries.{{id}}）中，请在那里更改',
  'reason.registry-in-use':
    '{{registry}} 正被使用：{{users}}（共 {{count}} 处）',
  'reason.registry-is-default':
    '{{registry}} 是默认镜像仓库；请先将其他镜像仓库设为默认',
  'reason.registry-changed': '镜像仓库期间已被更改或删除；请重新加载后再次更改',
  'reason.registry-name-taken': '已有名为“{{name}}”的镜像仓库',
  'reason.default-taken': '另一个镜像仓库刚刚成为默认，请重试',
  'reason.default-from-config':
    'app-config 将 {{registry}} 设为默认；请在那里更改 imageRegistry.registries',
  'reason.no-encryption-key':
    '无法保存凭据：没有配置加密密钥。请在 app-config 中设置 imageRegistry.encryption.keys',
  'reason.source-from-catalog':
    'catalog-info.yaml 已指定镜像来源；请更改其中的注解',
  'reason.no-webhooks': '{{registry}} 没有 Webhook',
  'reason.no-webhook-api':
    '{{vendor}} 没有创建 Webhook 的 API；请按说明中的步骤操作',
  'reason.secrets-in-use':
    '此端点的两个密钥都在使用，其中一个将会失效；请为此 Webhook 单独创建一个端点',
  'reason.endpoint-from-config': '此端点来自 app-config，请在那里更改其密钥',
  'reason.repository-not-granted':
    '{{entityRef}} 不能使用 {{registry}} 的 {{repository}}',
  'reason.image-not-granted-to':
    '{{registry}} 的 {{repository}} 没有授权给 {{owner}}',
  'reason.image-not-served':
    '没有已连接的镜像仓库提供 {{image}}，因此没有它的登录凭据',
  'reason.pull-login-unneeded':
    '从 {{registry}} 拉取无需登录，因此没有内容需要放入命名空间',
  'reason.pull-secret-removed': '拉取凭据期间已被删除',
  'reason.registry-needs-no-login': '该镜像仓库已不再需要登录',
  'reason.policy-needs-consent':
    '镜像字段由 {{owners}} 管理；请先选择“由门户管理此镜像”',
  'reason.agree-on-lane': '需要先有人在部署页上同意门户仍在此部署',
  'reason.policy-exists': '此容器已有自动部署策略，请更改该策略',
  'reason.policy-changed-meanwhile': '期间有人更改了此策略，请重新加载',
  'reason.policy-off': '此策略已关闭',
  'reason.no-listing-waits': '此镜像没有丢失 Tag 的列表需要确认',
  'reason.approval-of-other-digest':
    '您看到的是 {{seen}}，而将要部署的是 {{asked}}',
  'reason.no-approval-asked': '此发布不需要批准',
  'reason.only-waiting-approved':
    '只能批准或拒绝等待中的发布；此发布已经继续进行',
  'reason.approval-time-passed': '批准的期限已过',
  'reason.rejected-already': '您已经拒绝过',
  'reason.image-not-there': '{{image}} 已不在其镜像仓库中',
  'reason.image-not-there-but':
    '{{image}} 已不在其镜像仓库中；此前在此健康运行且仍存在的最新镜像是 {{version}}（{{digest}}）',
  'reason.return-not-healthy': '{{digest}} 在此发布之前没有在此健康运行过',
  'reason.return-unknown': '不知道此发布之前运行的是哪个镜像，因此无法回滚',
  'reason.nothing-left': '此发布没有留下任何内容，或已不再保留',
  'reason.held-by-other-component': '此目标仍属于另一个组件，并由它锁定',
  'reason.tag-was-moved':
    'Tag {{tag}} 已移动：您看到的是 {{seen}}，现在是 {{now}}',
  'reason.no-emergency-group': '{{place}} 没有指定可以紧急部署的群组',
  'reason.not-in-emergency-group':
    '只有 {{group}} 的成员可以在 {{environment}} 紧急部署',
  'reason.component-not-frozen': '{{entityRef}} 的部署没有被冻结',
  'reason.not-frozen': '部署没有被冻结',
  'reason.being-made': '同一组件正在创建中',
  'reason.resume-other-component':
    '中途停止的是 {{entityRef}}；请继续完成它，或重新开始',
  'reason.place-in-no-environment':
    '{{place}} 不属于任何环境；需要有一个包含此命名空间的环境列出其所有者或系统',
  'reason.place-not-listed':
    '环境 {{environment}} 没有列出 {{wanted}}，因此不会在 {{place}} 中创建其内容',
  'reason.places-overlap': '位置不能重叠：{{detail}}',
  'reason.environment-changed-meanwhile': '期间有人更改了此环境，请重新加载',
  'reason.environment-name-taken': '已有环境 {{name}}',
  'reason.target-not-of-component':
    '{{cluster}} 中的 {{kind}} {{namespace}}/{{name}} 没有属于 {{entityRef}} 的容器 {{container}}',
  'reason.target-not-yours': '此目标不属于该组件',
  'reason.rollout-never-began': '此发布从未开始，因此没有可回滚的内容',
  'reason.only-unwritten-cancelled':
    '只能取消排队中、等待中或尚未写入的发布；此发布已经继续进行',
  'reason.deploy-with-consent': '如确需如此，请同意后再部署',
  'reason.key-of-other-deploy':
    '此 Idempotency-Key 已用于另一次部署，请使用新的',
  'reason.key-of-other-component':
    '此 Idempotency-Key 已用于另一个组件，请使用新的',
  'reason.no-such-target': '没有目标 {{target}}',
  'reason.held-already': '已被 {{author}} 锁定：{{reason}}',
  'reason.not-writable': '不可写入',
  'reason.nothing-begun': '没有以 {{id}} 开始的创建',
  'reason.alibaba-trigger-made':
    '容器镜像服务控制台 › 镜像仓库 › {{repositories}} › 触发器 › {{name}}',
  'reason.tencent-trigger-made':
    '容器镜像服务控制台 › 触发器 › {{namespaces}} › {{name}}',
  'reason.huawei-trigger-made':
    'SWR 控制台 › 触发器 › {{namespaces}} › {{name}}',
  'reason.quay-notifications-made':
    '{{location}}（以及另外 {{count}} 个镜像仓库）',
};
