-- Whoever attends works in the section; of each corrected activity one row was corrected too.
insert into attendance (org_id, activity_id, pid, version, status, note, recorded_idx, superseded_idx)
  select 1, a.id, p.pid, v, case when v = 2 then 'excused-leave' when (a.n + j) % 9 = 0 then 'excused-duty' else 'present' end, null,
      case v when 1 then :next + a.n else :next + :activities + a.n / 20 end,
      case when v = 1 and j = 0 and a.corrected then :next + :activities + a.n / 20 else 9223372036854775807 end
    from bench.activities a cross join lateral generate_series(0, a.attending - 1) j
    cross join generate_series(1, 2) v join bench.people p on p.d = a.d and p.k = (bench.pick(35, a.n, 51) + j) % 51
   where a.attending > 0 and (v = 1 or (a.corrected and j = 0)) order by a.n;
