import { imagesMessages as english } from '../imagesMessages';

export const imagesMessages: Record<keyof typeof english, string> = {
  'images.source': '镜像来源：',
  'images.sourceOf': '查看哪个镜像',
  'images.origin.catalog': '来自 catalog-info.yaml',
  'images.origin.chosen': '由人选择',
  'images.origin.inferred': '根据运行内容得知',
  'images.change': '更改',
  'images.changeTitle': '镜像来自哪里？',
  'images.fromCatalog':
    '由 catalog-info.yaml 中的注解 image-registry/repository 决定，请在那里修改。',
  'images.runningIn': '运行于',
  'images.deploy': '部署…',
  'deployImage.title': '部署到哪个组件？',
  'deployImage.text':
    '随后在该组件的部署页选择位置，并查看将发生的变更和阻碍。',
  'deployImage.component': '组件',
  'deployImage.helper': '仅列出您可以部署的组件。',
  'deployImage.more': '仅列出您可以部署的组件，输入名称可查找更多。',
  'deployImage.loading': '正在查找组件…',
  'deployImage.none': '未找到您可以部署的组件。',
  'deployImage.typeName': '前面的组件您都无权部署，请输入名称查找其他组件。',
  'deployImage.using': '自动部署使用此镜像名称',
  'deployImage.others': '其他组件',
  'deployImage.goOn': '继续',
  'images.noSource': '尚未指定 {{name}} 的镜像来源',
  'images.noSourceHelper':
    '请选择镜像，或在 catalog-info.yaml 中添加注解 image-registry/repository。',
  'images.notConnected': '没有已连接的镜像仓库提供 {{host}}',
  'images.notConnectedHelper':
    '管理员可以在“镜像仓库”页面连接它；也可以选择已连接镜像仓库中的镜像。',
  'images.useThis': '使用此镜像',
  'images.choose': '选择镜像来源',
  'card.title': '最新镜像',
  'card.open': '全部镜像',
  'card.noSource': '尚未指定镜像来源。',
};
