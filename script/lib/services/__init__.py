"""Private PostgreSQL and Redis, and whatever runs beside them.

    python script/lib/services [--test] [--server] [--prepare] [--demo] [--] COMMAND...

Brings up what DATABASE_URL and REDIS_URL do not name already, runs the command with both set, and
takes the services down again unless somebody else still uses them. Only the standard library is
needed, and psycopg2 and environ for a look at the database.

Everything is agreed on through advisory locks, which the system lets go of when a process dies, however
it dies: `users` is held shared by each process that needs the services, so the last one out can tell
that it is the last; `control` is held while services go up or down; `prepare` while migrating;
`server` by the one server that a data directory can have.

From the bottom up: `telling`, `locks`, `signals` and `processes` know nothing of the rest; `owner` and
`home` say as whom and where the services run; `cluster`, `postgres` and `redis` are the services;
`session` holds them up; `database`, `stamps` and `prepare` fill the database; `server` and `run` see
to the command; `commandline` puts it all together.
"""
