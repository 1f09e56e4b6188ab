export type { ImagePickerProps, PickedImage } from './ImagePickerProps';
