"""Jobs in, the part of a Python file out that is the same for Airflow, Dagster and Prefect: what is called, and how."""

from __future__ import annotations

from string import Template

from briefing.engines.job import MOST_DELAY, STOP_SECONDS, TRY_AGAIN, Job, Order, plain_cron

# Values come in as Python literals, so that no path can end a string. The file has to stand alone: briefing need not
# be installed where the engine is.
CALL = Template('''\
COMMAND = $command
CONFIG = $config
FOLDER = $folder
TRY_AGAIN = $try_again  # what may work later; every other exit code but 0 is for good
STOP_SECONDS = $stop  # how long a run that is stopped may take to end well
MOST_DELAY = $most_delay

# Environment variables with secrets, which have to be set where the runs are started.
VARIABLES = $variables

# at: the night is named by its date; None: it is asked what is due, of a profile with several slots a day, or that
# skips missed nights, or makes up for all of them.
# retries: enough for all tries that the ledger allows. It is the ledger that ends them, with exit code 1.
PROFILES = {
$profiles}
EARLY = timedelta(minutes=90)  # on the night whose clock jumps over the profile's time, some engines are an hour early


def night_of(settings, planned):
    """Date and time in UTC of the night: the latest whose time had come, or nearly, when the run was planned."""
    zone, at = ZoneInfo(settings["zone"]), time.fromisoformat(settings["at"])
    planned = datetime.fromtimestamp(planned.timestamp(), timezone.utc)  # engines bring types of their own
    day = planned.astimezone(zone).date() + timedelta(days=1)
    while True:
        begins = datetime.combine(day, at, tzinfo=zone).astimezone(timezone.utc)
        if begins <= planned + EARLY:
            return day, begins
        day -= timedelta(days=1)


def arguments(profile, planned):
    """What briefing is called with; waits where it is too early."""
    if PROFILES[profile]["at"] is None:
        return ["run", profile, "--due", "--config", CONFIG]
    day, begins = night_of(PROFILES[profile], planned)
    wait = max(0.0, (begins - datetime.now(timezone.utc)).total_seconds())
    if wait:
        print(f"waits {wait:.0f} s: the night of {day} begins at {begins:%H:%M} UTC", flush=True)
    sleep(wait)
    return ["run", profile, "--slot", day.isoformat(), "--config", CONFIG]


def call(profile, planned):
    """Run one night and print what it says; its exit code. A stop is passed on to it."""
    command = [*COMMAND, *arguments(profile, planned)]
    print("$$ " + shlex.join(command), flush=True)
    try:
        process = subprocess.Popen(
            command,
            cwd=FOLDER,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
    except OSError as e:
        print(e, flush=True)
        return 127
    with process:
        try:
            for line in process.stdout:
                print(line, end="", flush=True)
            return process.wait()
        except BaseException:
            process.terminate()
            try:
                process.communicate(timeout=STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
            raise


def again(code):
    """Whether to try once more: it may work later, or was killed and goes on from what is stored."""
    return code == TRY_AGAIN or code < 0
''')


def call(order: Order, engine: str) -> str:
    """Constants, profiles and the function that runs one night."""
    place = order.place
    return CALL.substitute(
        command=repr([str(word) for word in place.command]),
        config=repr(str(place.config)),
        folder=repr(str(place.folder)),
        try_again=TRY_AGAIN,
        stop=STOP_SECONDS,
        most_delay=MOST_DELAY,
        variables=repr(list(order.variables)),
        profiles="".join(f"    {job.name!r}: {_settings(job, engine)!r},\n" for job in order.jobs),
    )


def _settings(job: Job, engine: str) -> dict[str, object]:
    return {
        "cron": plain_cron(job, engine),
        "zone": job.when.zone,
        "at": job.at,
        "retries": job.retries,
        "delay": job.delay,
    }
