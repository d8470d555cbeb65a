"""One item that quotes two sources is two reports: what it relays is part of what makes a report itself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0021_actors_on_known_axis")]

    operations = [
        migrations.RemoveConstraint(model_name="report", name="report_once"),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                fields=["source", "url", "title", "published", "relays"],
                name="report_once",
                nulls_distinct=False,
            ),
        ),
    ]
