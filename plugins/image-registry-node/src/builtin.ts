/**
 * Parts of Node that are loaded when they are first needed. Imported, they
 * would be most of what a short process that lists tags over plain http
 * loads: together 7 MiB and 30 ms.
 */
export const builtin = {
  crypto: () => process.getBuiltinModule('node:crypto'),
  tls: () => process.getBuiltinModule('node:tls'),
};
