-- A row of a list that comes back may propose something of a duty that stands in the list: to change it, or to take it out.

alter table duty_drafts add column proposes text check (proposes in ('change', 'withdraw'));
alter table duty_drafts add constraint duty_drafts_propose_of_a_duty check (proposes is null or duty_id is not null);
