import { Knex } from 'knex';
import { ConfiguredRegistryFields } from './RegistryStore';
import { nameKey, RegistryRow, toColumns } from './rows';

/**
 * Makes the rows of app-config's registries equal to it. Whoever starts
 * second with the same configuration changes nothing.
 */
export async function mirrorRegistries(
  transaction: Knex.Transaction,
  registries: ConfiguredRegistryFields[],
): Promise<void> {
  const rows: RegistryRow[] = await transaction('registries').select();
  await markRemoved(transaction, registries);
  const defaultConfigured = registries.some(registry => registry.isDefault);
  if (defaultConfigured) {
    await transaction('registries')
      .where({ is_default: true })
      .whereNotIn(
        'id',
        registries.filter(each => each.isDefault).map(each => each.id),
      )
      .update({ is_default: false });
  }
  for (const registry of registries) {
    await mirrorOne(transaction, registry, rows, defaultConfigured);
  }
  await chooseDefault(transaction);
}

async function markRemoved(
  transaction: Knex.Transaction,
  registries: ConfiguredRegistryFields[],
): Promise<void> {
  await transaction('registries')
    .where({ source: 'config', removed_at: null })
    .whereNotIn(
      'id',
      registries.map(registry => registry.id),
    )
    .update({ removed_at: Date.now(), is_default: false });
}

async function mirrorOne(
  transaction: Knex.Transaction,
  registry: ConfiguredRegistryFields,
  rows: RegistryRow[],
  defaultConfigured: boolean,
): Promise<void> {
  const before = rows.find(row => row.id === registry.id);
  const name = freeName(registry, rows);
  const columns = toColumns({ ...registry, name });
  const now = Date.now();
  if (!before) {
    const row = {
      id: registry.id,
      ...columns,
      source: 'config',
      status_state: 'unknown',
      version: 1,
      created_at: now,
      updated_at: now,
    };
    // Another replica may start with the same app-config at this moment.
    await transaction('registries').insert(row).onConflict('id').ignore();
    return;
  }
  const same =
    before.removed_at === null &&
    Object.entries(columns).every(
      ([column, value]) =>
        column === 'is_default' ||
        isSameValue(before[column as keyof RegistryRow], value),
    );
  // Without a default in app-config a person's choice stays.
  const isDefault = defaultConfigured
    ? registry.isDefault
    : Boolean(before.is_default);
  await transaction('registries')
    .where({ id: registry.id })
    .update(
      same
        ? { is_default: isDefault }
        : {
            ...columns,
            is_default: isDefault,
            removed_at: null,
            status_state: 'unknown',
            status_message: null,
            status_checked_at: null,
            status_steps: null,
            version: before.version + 1,
            updated_at: now,
          },
    );
}

/** SQLite gives booleans as 0 and 1. */
function isSameValue(
  stored: RegistryRow[keyof RegistryRow],
  wanted: string | boolean | null,
): boolean {
  return typeof wanted === 'boolean'
    ? Boolean(stored) === wanted
    : stored === wanted;
}

/** A name taken by a registry of the database is not worth failing the start. */
function freeName(
  registry: ConfiguredRegistryFields,
  rows: RegistryRow[],
): string {
  const taken = (name: string) =>
    rows.some(row => row.id !== registry.id && row.name_key === nameKey(name));
  return taken(registry.name)
    ? `${registry.name} (${registry.id}, app-config)`
    : registry.name;
}

async function chooseDefault(transaction: Knex.Transaction): Promise<void> {
  const present = await transaction('registries')
    .where({ is_default: true })
    .first('id');
  if (present) {
    return;
  }
  const oldest = await transaction('registries')
    .whereNull('removed_at')
    .orderBy(['created_at', 'id'])
    .first('id');
  if (oldest) {
    await transaction('registries')
      .where({ id: oldest.id })
      .update({ is_default: true });
  }
}
