#!/usr/bin/env python
"""Django's command line for the control tracker."""

import os
import sys

# What only the owner of the tables may do; everything else goes as the application's own role.
OWNERS = {"migrate", "application_role"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conflict_map.settings.development")
    if sys.argv[1:2] and sys.argv[1] in OWNERS:
        os.environ["AS_OWNER"] = "1"
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
