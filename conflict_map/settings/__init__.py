"""Settings: `base` holds what is common; `development`, `production` and `test` each add to it."""
