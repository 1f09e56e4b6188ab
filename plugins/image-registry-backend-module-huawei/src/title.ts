/** As errors begin, and as the kind is called where it is chosen. */
export const TITLE = 'Huawei Cloud SWR';
