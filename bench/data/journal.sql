-- Talks: numbers of a month without persons.
insert into talks (org_id, id, version, kind, shape, month, number, audience, opening, withdrawn, recorded_idx)
  select 1, bench.id(40, n), 1, case n % 3 when 0 then 'group-summons' when 1 then 'summons' else 'reminder' end, case n % 3 when 0 then 'group' else 'number' end,
      (2021 + n / 12 % 5) || '-' || lpad((1 + n % 12)::text, 2, '0'), 1 + bench.pick(41, n, 30), case when n % 3 > 0 then 'staff' end, false, false, :next + n
    from generate_series(0, :talks - 1) n;
-- One entry per version, five entries per act. Their envelopes are stubs: nothing that is measured on this bureau opens them.
insert into acts (org_id, id, verb, by_account_id, by_pid, first_idx, entries)
  select 1, bench.id(50, n), 'bench.load', bench.id(11, n % 50000), bench.id(3, n % 50000), 5 * n, least(5, :size - 5 * n)
    from generate_series(0::bigint, (:size - 1) / 5) n;
insert into journal_entries (org_id, idx, at, act_id, env)
  select 1, n, timestamptz '2021-01-01 00:00:00+00' + n * interval '0.1 second', bench.id(50, n / 5), '\x7b7d' from generate_series(0::bigint, :size - 1) n;
insert into journal_heads (org_id, size, last_at) values (1, :size, '2025-12-31 16:00:00+00');
