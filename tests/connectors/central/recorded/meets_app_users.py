"""App users: the keys of phones, and the forms that they get."""

from connectors.servers.central import app_users
from connectors.servers.central.app_users import AppUser
from tests.connectors.central.recorded.scene import KEY, Scene

OK = 200


def listed(scene: Scene) -> None:
    found = app_users.app_users(scene.server)
    told = [(each["id"], each["displayName"], each["token"] or "") for each in scene.told]
    assert [(each.id, each.name, each.token) for each in found] == told
    assert KEY not in repr(found)


def made(scene: Scene) -> None:
    name = scene.now["request"]["json"]["displayName"]
    found = scene.reads(lambda: app_users.add(scene.server, name))
    scene.as_recorded()
    if found is not None:
        assert (found.id, found.name, found.token) == (scene.told["id"], name, KEY)
        address = app_users.phone_url(scene.server, found)
        project = scene.now["request"]["path"].removesuffix("/app-users").removeprefix("/v1/")
        assert address == f"{scene.url}/v1/key/{KEY}/{project}"


def assigned(scene: Scene, form: str) -> None:
    found = app_users.assigned(scene.server, form)
    assert found == {each["actorId"] for each in scene.told}


def assign(scene: Scene, form: str, user: str) -> None:
    app_users.assign(scene.server, form, AppUser(int(user), "Máy 1", KEY))


def revoked(scene: Scene) -> None:
    app_users.revoke(scene.server, AppUser(60, "Máy 1", KEY))
    assert scene.status == OK
