/** Settings of the embedded server that differ by use. */
export interface ServerSettings {
  socketDir: string
  port: number
  logDir: string
  connections: number
  /** False gives up all safety against a crash for speed: only for databases of tests. */
  durable: boolean
}

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`

/**
 * Text of postgresql.conf for an office machine of 4 GiB: no TCP port, small write-ahead log, two parallel workers. The
 * server's log keeps neither statements nor values: terse messages, and errors of a statement go to its caller only.
 */
export function serverSettings(settings: ServerSettings): string {
  const rows: Record<string, string | number> = {
    listen_addresses: quote(''),
    unix_socket_directories: quote(settings.socketDir),
    unix_socket_permissions: quote('0700'),
    port: settings.port,
    max_connections: settings.connections,
    shared_buffers: quote('112MB'),
    work_mem: quote('16MB'),
    maintenance_work_mem: quote('64MB'),
    effective_cache_size: quote('1GB'),
    random_page_cost: 1.1,
    jit: 'off',
    max_worker_processes: 4,
    max_parallel_workers: 2,
    max_parallel_workers_per_gather: 1,
    io_workers: 2,
    autovacuum_worker_slots: 2,
    autovacuum_max_workers: 2,
    wal_level: 'minimal',
    max_wal_senders: 0,
    min_wal_size: quote('48MB'),
    max_wal_size: quote('256MB'),
    fsync: settings.durable ? 'on' : 'off',
    full_page_writes: settings.durable ? 'on' : 'off',
    synchronous_commit: settings.durable ? 'on' : 'off',
    idle_in_transaction_session_timeout: quote('5min'),
    datestyle: quote('iso, ymd'),
    timezone: quote('UTC'),
    log_timezone: quote('UTC'),
    lc_messages: quote('C'),
    default_text_search_config: quote('pg_catalog.simple'),
    logging_collector: 'on',
    log_directory: quote(settings.logDir),
    log_filename: quote('postgres-%a.log'),
    log_file_mode: '0600',
    log_truncate_on_rotation: 'on',
    log_rotation_age: quote('1d'),
    log_rotation_size: 0,
    log_line_prefix: quote('%m [%p] '),
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
  }
  return `${Object.entries(rows)
    .map(([name, value]) => `${name} = ${value}`)
    .join('\n')}\n`
}

/** Text of pg_hba.conf: whoever can enter the private socket folder may connect; nobody else can. */
export const hostAccess = 'local all all trust\n'
