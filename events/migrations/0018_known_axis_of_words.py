"""The audit rows of what answers are told in are dated by the clock, under the known axis's lock: so that what was
the case at an instant is settled before it is told (docs/decisions/0014-words-of-then.md).
"""

from django.db import migrations

# The key of the lock is ledger.known's; its second half is the conflict, or 0 for what all conflicts share.
MAKE = """
    CREATE FUNCTION events_date_on_known_axis() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_ARGV[0] = 'conflict' THEN
            PERFORM pg_advisory_xact_lock_shared(1802399607, NEW.conflict_id::integer);
        ELSIF TG_ARGV[0] = 'all' OR NEW.pgh_label <> 'insert' THEN
            PERFORM pg_advisory_xact_lock_shared(1802399607, 0);
        END IF;
        NEW.pgh_created_at := clock_timestamp();
        RETURN NEW;
    END $$;
    CREATE TRIGGER on_known_axis BEFORE INSERT ON events_placeevent
        FOR EACH ROW EXECUTE FUNCTION events_date_on_known_axis('conflict');
    CREATE TRIGGER on_known_axis BEFORE INSERT ON events_placenameevent
        FOR EACH ROW EXECUTE FUNCTION events_date_on_known_axis('all');
    -- nothing is told of a source or a report before a Change cites it, so that making one need not wait
    CREATE TRIGGER on_known_axis BEFORE INSERT ON events_sourceevent
        FOR EACH ROW EXECUTE FUNCTION events_date_on_known_axis('altered');
    CREATE TRIGGER on_known_axis BEFORE INSERT ON events_reportevent
        FOR EACH ROW EXECUTE FUNCTION events_date_on_known_axis('altered');
    CREATE INDEX events_placeevent_known ON events_placeevent (conflict_id, pgh_created_at)
"""
UNMAKE = """
    DROP INDEX events_placeevent_known;
    DROP TRIGGER on_known_axis ON events_placeevent;
    DROP TRIGGER on_known_axis ON events_placenameevent;
    DROP TRIGGER on_known_axis ON events_sourceevent;
    DROP TRIGGER on_known_axis ON events_reportevent;
    DROP FUNCTION events_date_on_known_axis()
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0017_open_unclear")]

    operations = [migrations.RunSQL(MAKE, UNMAKE)]
