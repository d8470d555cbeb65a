"""What a build was made of, so that the next one makes only what has changed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0005_whole_war_indexes")]

    operations = [
        migrations.AddField("replaybuild", "parts", models.JSONField(default=dict)),
    ]
