"""A large import has its tables analysed before it folds, which only their owner may do: by a function of the owner's."""

from django.db import migrations

MAKE = """
    CREATE FUNCTION events_analyse_record() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    BEGIN
        ANALYZE events_change, events_changeplace, events_span;
    END $$;
    REVOKE ALL ON FUNCTION events_analyse_record() FROM PUBLIC
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0013_made_at_the_desk")]

    operations = [migrations.RunSQL(MAKE, "DROP FUNCTION events_analyse_record()")]
