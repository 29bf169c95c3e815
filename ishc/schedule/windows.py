"""A task for the Windows Task Scheduler, as the XML file that it imports."""

from datetime import date
from xml.etree import ElementTree as ET

from ishc.schedule.asked import Asked

_SPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
BEGIN = date(2026, 1, 1)  # the scheduler asks for a first day; any past one will do


def files(asked: Asked) -> dict[str, bytes]:
    """Write the task: name → content, in the encoding that ``schtasks`` reads."""
    return {f"{asked.name}.xml": _task(asked).encode("utf-16")}


def steps(asked: Asked) -> list[str]:
    """Give the commands that put it to work."""
    return [
        f"schtasks /Create /TN {asked.name} /XML {asked.name}.xml",
        f"schtasks /Run /TN {asked.name}",
        f"schtasks /Query /TN {asked.name} /V /FO LIST",
    ]


def _task(asked: Asked) -> str:
    ET.register_namespace("", _SPACE)
    task = _under(None, "Task")
    task.set("version", "1.2")
    info = _under(task, "RegistrationInfo")
    _under(info, "Description", f"ISHC Collect: nightly, {asked.root.name}")
    trigger = _under(_under(task, "Triggers"), "CalendarTrigger")
    _under(trigger, "StartBoundary", f"{BEGIN}T{asked.at:%H:%M}:00")
    _under(trigger, "Enabled", "true")
    _under(_under(trigger, "ScheduleByDay"), "DaysInterval", "1")
    principal = _under(_under(task, "Principals"), "Principal")
    principal.set("id", "Author")
    # runs while the person is signed in or the screen is locked; no password is stored
    _under(principal, "LogonType", "InteractiveToken")
    _under(principal, "RunLevel", "LeastPrivilege")
    settings = _under(task, "Settings")
    for name, value in _settings(asked):
        _under(settings, name, value)
    actions = _under(task, "Actions")
    actions.set("Context", "Author")
    execute = _under(actions, "Exec")
    _under(execute, "Command", str(asked.program))
    _under(execute, "Arguments", "nightly")
    _under(execute, "WorkingDirectory", str(asked.root))
    ET.indent(task)
    body = ET.tostring(task, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-16"?>\n{body}\n'.replace("\n", "\r\n")


def _settings(asked: Asked) -> list[tuple[str, str]]:
    minutes = int(asked.limit.total_seconds() // 60)
    return [
        ("MultipleInstancesPolicy", "IgnoreNew"),
        ("DisallowStartIfOnBatteries", "false"),
        ("StopIfGoingOnBatteries", "false"),
        ("StartWhenAvailable", "true"),  # after the computer was off
        ("RunOnlyIfNetworkAvailable", "true"),
        ("WakeToRun", "false"),
        ("ExecutionTimeLimit", f"PT{minutes}M"),
        ("Priority", "7"),
    ]


def _under(parent: ET.Element | None, name: str, text: str | None = None) -> ET.Element:
    tag = f"{{{_SPACE}}}{name}"
    element = ET.Element(tag) if parent is None else ET.SubElement(parent, tag)
    element.text = text
    return element
