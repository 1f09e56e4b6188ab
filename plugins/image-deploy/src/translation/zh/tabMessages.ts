import { tabMessages as english } from '../tabMessages';

export const tabMessages: Record<keyof typeof english, string> = {
  'tab.title': '部署',
  'tab.loading': '正在加载运行状态',
  'tab.loadFailed': '无法加载运行状态',
  'action.cancel': '取消',
  'right.deniedOwner':
    '只有 {{component}} 的所有者 {{owners}} 可以执行此操作，请联系他们或门户管理员。',
  'right.denied':
    '只有 {{component}} 的所有者可以执行此操作，但它没有所有者，请联系门户管理员。',
  'empty.title': '未找到 {{name}} 的工作负载',
  'empty.searched': '已在 {{clusters}} 中搜索 {{searched}}。',
  'empty.noCluster': '没有集群响应，因此无法搜索。',
  'empty.label': '为工作负载及其 Pod 添加此标签后，它会自动出现在这里：',
  'empty.labelName': '标签',
  'empty.create': '从镜像创建',
};
