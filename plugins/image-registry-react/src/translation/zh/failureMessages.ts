import { failureMessages as english } from '../failureMessages';

export const failureMessages: Record<keyof typeof english, string> = {
  'reason.registry-name-not-found': '无法解析镜像仓库的名称：{{detail}}',
  'reason.registry-does-not-answer': '镜像仓库没有响应：{{detail}}',
  'reason.registry-timed-out': '镜像仓库响应超时：{{detail}}',
  'reason.registry-certificate-untrusted': '镜像仓库的证书不受信任：{{detail}}',
  'reason.registry-protocol-mismatch': 'http 与 https 混用：{{detail}}',
  'reason.registry-address-forbidden': '不允许访问该地址：{{detail}}',
  'reason.registry-login-refused': '镜像仓库拒绝了登录：{{detail}}',
  'reason.registry-right-missing': '该账户在镜像仓库中没有此权限：{{detail}}',
  'reason.registry-knows-no-such': '镜像仓库中不存在：{{detail}}',
  'reason.registry-limits-requests': '镜像仓库限制了请求次数：{{detail}}',
  'reason.registry-does-not-offer': '镜像仓库不提供此功能：{{detail}}',
  'reason.registry-fails-to-answer': '镜像仓库自身出错：{{detail}}',
  'reason.registry-answer-unreadable': '镜像仓库返回的内容无法识别：{{detail}}',
  'reason.registry-locked':
    '已锁定：其凭据由密钥“{{key}}”加密，而 imageRegistry.encryption.keys 中没有该密钥',
  'reason.registry-removed': '已不在 app-config 中',
  'reason.cluster-does-not-answer': '集群没有响应：{{detail}}',
  'reason.cluster-login-refused': '集群拒绝了门户的登录：{{detail}}',
  'reason.cluster-right-missing': '门户在集群中没有此权限：{{detail}}',
  'reason.cluster-knows-no-such': '集群中不存在：{{detail}}',
  'reason.cluster-field-owned': '该字段由其他工具管理：{{detail}}',
  'reason.cluster-object-changed': '读取之后对象已被更改：{{detail}}',
  'reason.cluster-has-newer': '更新的发布已写入：{{detail}}',
  'reason.cluster-refuses-change': '集群拒绝此更改：{{detail}}',
  'reason.cluster-limits-requests': '集群限制了请求次数：{{detail}}',
  'reason.cluster-fails-to-answer': '集群自身出错：{{detail}}',
  'reason.cluster-says': '集群返回：{{detail}}',
  'reason.cluster-late': '集群 {{cluster}} 没有及时响应。',
  'reason.cluster-later-than': '集群 {{cluster}} 在 {{seconds}} 秒内没有响应。',
  'reason.cluster-certificate-untrusted':
    '集群 {{cluster}} 的证书不受信任：请配置其 CA（{{error}}）。',
  'reason.cluster-certificate-expired': '集群 {{cluster}} 的证书已过期。',
  'reason.cluster-certificate-of-other':
    '集群 {{cluster}} 的证书属于另一个名称。',
  'reason.cluster-name-unknown': 'DNS 无法解析集群 {{cluster}} 的地址。',
  'reason.cluster-refuses-connections': '集群 {{cluster}} 拒绝连接。',
  'reason.cluster-connection-failed': '连接集群 {{cluster}} 失败。',
  'reason.cluster-connection-failed-by':
    '连接集群 {{cluster}} 失败（{{error}}）。',
  'reason.cluster-sign-in-failed': '登录集群 {{cluster}} 失败：{{detail}}',
  'reason.cluster-answers-no-json':
    '集群 {{cluster}} 返回的不是 JSON；其地址是 API 服务器的地址吗？',
  'reason.cluster-not-https': '此集群的地址不是 https，因此不会向其发送令牌。',
  'reason.cluster-not-inside':
    '已设置 imageRegistry.kubernetes.inCluster，但后端并未运行在集群中。',
  'reason.cluster-without-token':
    '配置中没有此集群的 serviceAccountToken，因此只能查看。',
  'reason.cluster-sign-in-impossible':
    '无法以 {{provider}} 登录，因此此集群只能查看：{{detail}}',
  'reason.cluster-needs-module':
    "以 {{provider}} 登录需要一个未安装在此门户中的模块，因此此集群只能查看。运维人员可在后端中添加：backend.add(import('{{module}}'));",
  'reason.cluster-of-browser-session':
    '以 {{provider}} 登录使用浏览器会话中的令牌，后台任务没有该令牌，因此此集群只能查看。',
  'reason.cluster-sign-in-unknown':
    '后台任务无法以 {{provider}} 登录，因此此集群只能查看。',
  'reason.kubeconfig-unreadable': '无法读取 kubeconfig：{{detail}}',
  'reason.kubeconfig-impersonates':
    '其 kubeconfig 要求模拟其他用户，门户不会这样做；请为它指定单独的服务账号。',
  'reason.change-not-taken-up': '集群尚未处理上一次更改。',
  'reason.container-exited':
    '容器 {{container}} 已结束，退出码为 {{exitCode}}。',
  'reason.container-out-of-memory':
    '容器 {{container}} 因内存不足被终止（退出码 {{exitCode}}）。',
  'reason.pod-container-exited':
    '{{word}}：容器 {{container}} 已结束，退出码为 {{exitCode}}。',
  'reason.pod-container-out-of-memory':
    '{{word}}：容器 {{container}} 因内存不足被终止（退出码 {{exitCode}}）。',
};
