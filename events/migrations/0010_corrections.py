"""Corrections: their rank in the order of entry, and what readers' files do not contain yet."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0007_replay_build_parts")]

    operations = [
        migrations.CreateModel(
            name="ReplayDue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("known_at", models.DateTimeField()),
                (
                    "conflict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replay_due",
                        to="events.conflict",
                    ),
                ),
            ],
            options={
                "verbose_name": "publication to build",
                "verbose_name_plural": "publications to build",
            },
        ),
        migrations.AddField(
            "change", "entry", models.BigIntegerField(editable=False, null=True)
        ),
        migrations.AddIndex(
            "change",
            models.Index(
                condition=models.Q(("kind", "statement"), _negated=True),
                fields=["conflict", "-recorded_at", "-id"],
                name="change_corrections",
            ),
        ),
    ]
