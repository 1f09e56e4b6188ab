/** The instant at which a day (`2026-11-21`) begins here, some days later. */
export function startOfDay(
  day: string | undefined,
  later = 0,
): string | undefined {
  const date = day ? new Date(`${day}T00:00:00`) : undefined;
  if (!date || Number.isNaN(date.getTime())) {
    return undefined;
  }
  date.setDate(date.getDate() + later);
  return date.toISOString();
}
