import { operationMessages as english } from '../operationMessages';

export const operationMessages: Record<keyof typeof english, string> = {
  'menu.restart': '重启…',
  'menu.stop': '停止…',
  'menu.start': '启动…',
  'menu.pullSecret': '拉取凭据…',
  'menu.noRegistry': '没有已连接的镜像仓库提供其镜像。',
  'menu.edit': '编辑…',
  'menu.manifest': '清单（Manifest）',
  'menu.kubectl': '用 kubectl 回滚',
  'operate.restart': '重启',
  'operate.stop': '停止',
  'operate.start': '启动',
  'operate.restartTitle': '重启 {{workload}}？',
  'operate.stopTitle': '停止 {{workload}}？',
  'operate.startTitle': '启动 {{workload}}？',
  'operate.restartExplanation':
    '按其更新策略，用同一镜像的新 Pod 替换其所有 Pod。',
  'operate.stopExplanation':
    '其所有 Pod 将结束，在有人重新启动之前不再提供服务。副本数会被记住。',
  'operate.startExplanation': '恢复到停止之前的副本数。',
  'operate.restartFailed': '未能重启',
  'operate.stopFailed': '未能停止',
  'operate.startFailed': '未能启动',
  'manifest.failed': '无法读取清单',
  'kubectl.close': '关闭',
  'kubectl.explanation':
    '请在 kubectl 指向 {{cluster}} 的终端中运行。门户会将其记为门户之外的更改。',
};
