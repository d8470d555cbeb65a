"""Procfile, Dockerfile and docker-compose.yml start the same site. No container engine is needed."""

import ast
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OWN = ("web", "worker", "beat")


def instructions() -> list[tuple[str, str]]:
    text = (ROOT / "Dockerfile").read_text()
    text = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip()]
    return [(word.upper(), rest.strip()) for word, _, rest in (li.partition(" ") for li in lines)]


def procfile() -> dict[str, list[str]]:
    lines = [line.partition(":") for line in (ROOT / "Procfile").read_text().splitlines() if line]
    return {name: shlex.split(command) for name, _, command in lines}


def image_environment() -> dict[str, str]:
    words = [w for name, rest in instructions() if name == "ENV" for w in shlex.split(rest)]
    return dict(word.split("=", 1) for word in words)


def required_by(settings: str) -> set[str]:
    """The variables that settings read without a default: `env("X")`, `env.list("X")`."""
    tree = ast.parse((ROOT / "conflict_map/settings" / settings).read_text())
    found = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or any(k.arg == "default" for k in node.keywords):
            continue
        function = node.func
        name = function.value if isinstance(function, ast.Attribute) else function
        if isinstance(name, ast.Name) and name.id == "env" and len(node.args) == 1:
            found.add(ast.literal_eval(node.args[0]))
    return found


def read_by(settings: str) -> set[str]:
    return set(
        re.findall(
            r'env(?:\.\w+)?\(\s*"(\w+)"', (ROOT / "conflict_map/settings" / settings).read_text()
        )
    )


def test_the_procfile_and_compose_start_the_same_commands() -> None:
    assert procfile() == {name: SERVICES[name]["command"] for name in OWN}


def test_the_image_starts_the_web_process_by_itself() -> None:
    (command,) = [rest for name, rest in instructions() if name == "CMD"]
    assert ast.literal_eval(command) == procfile()["web"]


def test_the_image_does_not_run_as_root() -> None:
    users = [rest for name, rest in instructions() if name == "USER"]
    names = [name for name, _ in instructions()]
    assert users == ["tracker"]
    assert names.index("USER") < len(names) - 1 - names[::-1].index("CMD")
    assert "RUN" not in names[names.index("USER") :]
    assert all("user" not in SERVICES[name] for name in OWN)


def test_the_image_uses_production_settings_and_the_locked_requirements() -> None:
    assert image_environment()["DJANGO_SETTINGS_MODULE"] == "conflict_map.settings.production"
    installs = [rest for name, rest in instructions() if name == "RUN" and "pip install" in rest]
    assert installs
    assert all("--require-hashes" in rest for rest in installs)


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_service_has_a_health_check(name: str) -> None:
    check = SERVICES[name]["healthcheck"]
    # A service that does one thing and ends has its exit code instead.
    ends = [
        needs[name]["condition"]
        for service in SERVICES.values()
        if name in (needs := service.get("depends_on", {}))
    ]
    if check.get("disable"):
        assert ends
        assert set(ends) == {"service_completed_successfully"}
    else:
        assert check["test"][0] in {"CMD", "CMD-SHELL"}
        assert {"interval", "timeout", "retries"} <= check.keys()


@pytest.mark.parametrize("name", OWN)
def test_each_part_of_the_site_waits_for_what_it_needs(name: str) -> None:
    conditions = {needed: how["condition"] for needed, how in SERVICES[name]["depends_on"].items()}
    assert conditions == {
        "db": "service_healthy",
        "redis": "service_healthy",
        "migrate": "service_completed_successfully",
    }


def test_what_must_outlive_a_container_is_in_named_volumes() -> None:
    used = {v.split(":")[0] for service in SERVICES.values() for v in service.get("volumes", [])}
    assert used == set(COMPOSE["volumes"])
    data = image_environment()["TRACKER_DATA_DIR"]
    assert all(f"data:{data}" in SERVICES[name]["volumes"] for name in OWN)


def test_images_are_pinned_to_a_tag() -> None:
    stages = {
        rest.split(" AS ")[1] for name, rest in instructions() if name == "FROM" and " AS " in rest
    }
    images = {rest.split()[0] for name, rest in instructions() if name == "FROM"} - stages
    images |= {service["image"] for service in SERVICES.values()}
    for image in images:
        _, _, tag = image.partition(":")
        assert tag, image
        assert tag != "latest", image


@pytest.mark.parametrize("name", [*OWN, "migrate"])
def test_the_site_gets_every_variable_that_production_requires(name: str) -> None:
    assert required_by("production.py") == {"SECRET_KEY", "ALLOWED_HOSTS"}
    given = SERVICES[name]["environment"]
    missing = required_by("production.py") | required_by("base.py") | {"DATABASE_URL", "REDIS_URL"}
    assert missing <= given.keys()


def test_an_unset_secret_stops_compose_with_a_reason() -> None:
    for key in ("SECRET_KEY", "ALLOWED_HOSTS"):
        assert SERVICES["web"]["environment"][key].startswith(f"${{{key}:?")
    assert "${APPLICATION_PASSWORD:?" in SERVICES["web"]["environment"]["DATABASE_URL"]
    assert "${POSTGRES_PASSWORD:?" in SERVICES["migrate"]["environment"]["MIGRATE_DATABASE_URL"]
    assert SERVICES["db"]["environment"]["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")


@pytest.mark.parametrize("name", OWN)
def test_what_serves_does_not_know_the_owner_of_the_tables(name: str) -> None:
    given = SERVICES[name]["environment"]
    assert "MIGRATE_DATABASE_URL" not in given
    assert not any("POSTGRES_PASSWORD" in value for value in given.values())


def test_private_and_contained_roles_have_one_name() -> None:
    cluster = (ROOT / "script/lib/services/cluster.py").read_text()
    role = SERVICES["web"]["environment"]["DATABASE_URL"].split("//")[1].split(":")[0]
    assert f'"{role}"' in cluster


def read_by_gunicorn() -> set[str]:
    text = (ROOT / "gunicorn.conf.py").read_text()
    return set(re.findall(r'os\.environ\.get\("(\w+)"', text))


def test_compose_passes_only_what_is_read() -> None:
    known = read_by("base.py") | read_by("production.py") | read_by_gunicorn()
    assert set(SERVICES["web"]["environment"]) <= known


def test_every_choice_of_an_operator_can_be_made_in_containers() -> None:
    """But for what the image settles, the owner's business, and the broker, which is the one beside."""
    settled = {"STATIC_BUNDLES", "CELERY_BROKER_URL", "MIGRATE_DATABASE_URL", "AS_OWNER"}
    settled |= image_environment().keys()
    choices = (read_by("base.py") | read_by("production.py") | read_by_gunicorn()) - settled
    assert {"READERS_S3_REGION", "WEB_WORKERS"} <= choices <= SERVICES["web"]["environment"].keys()


def test_a_choice_that_is_left_empty_is_none() -> None:
    """As compose passes what .env does not fill in."""
    given = {
        name: "" for name, text in SERVICES["web"]["environment"].items() if text.endswith(":-}")
    }
    given |= {
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "localhost",
        "READERS_S3_BUCKET": "bucket",
        "PATH": os.environ["PATH"],
    }
    asked = (
        "from conflict_map.settings import production as s;"
        "o = s.STORAGES['readers']['OPTIONS'];"
        "print([o['region_name'], o['default_acl'], o['endpoint_url'], o['location'], s.TILE_URL,"
        " s.SENTENCE_WORDS_DIR, s.CSRF_TRUSTED_ORIGINS, s.REPLAY_KEEP_DAYS])"
    )
    said = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=ROOT,
        env=given,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "[None, None, None, '', '', '', [], 7]"


def test_the_example_names_every_variable_of_compose_and_holds_no_secret() -> None:
    asked = set(re.findall(r"(?<!\$)\$\{(\w+)", (ROOT / "docker-compose.yml").read_text()))
    lines = [
        li
        for li in (ROOT / ".env.example").read_text().splitlines()
        if li and not li.startswith("#")
    ]
    example = dict(line.split("=", 1) for line in lines)
    assert asked - {"LOG_LEVEL"} <= example.keys()
    assert {example[k] for k in ("SECRET_KEY", "POSTGRES_PASSWORD", "APPLICATION_PASSWORD")} == {""}


def test_private_and_contained_postgresql_are_set_alike() -> None:
    private = (ROOT / "script/lib/services/postgres.py").read_text()
    contained = [w for w in SERVICES["db"]["command"] if "=" in w]
    assert contained
    for setting in contained:
        name, _, value = setting.partition("=")
        assert f'"{name}": "{value}"' in private


def test_the_ports_of_image_compose_and_health_checks_agree() -> None:
    port = image_environment()["PORT"]
    assert SERVICES["web"]["ports"] == [f"127.0.0.1:${{PORT:-{port}}}:{port}"]
    (check,) = [rest for name, rest in instructions() if name == "HEALTHCHECK"]
    assert check.endswith('CMD ["python", "conflict_map/health.py"]')
    assert SERVICES["web"]["healthcheck"]["test"] == ["CMD", "python", "conflict_map/health.py"]
    assert [rest for name, rest in instructions() if name == "EXPOSE"] == [port]


def test_secrets_and_state_stay_out_of_the_image() -> None:
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".env", ".git", ".local", ".venv", "node_modules"} <= set(ignored)
