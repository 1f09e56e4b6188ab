/**
 * Puts a text on the clipboard, also where the browser has no clipboard API
 * (portals on plain http).
 */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const field = document.createElement('textarea');
  field.value = text;
  field.style.position = 'fixed';
  field.style.opacity = '0';
  // Inside an open dialog the focus may not leave the dialog.
  const parent = document.querySelector('[role="dialog"]') ?? document.body;
  parent.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
}
