"""Locks a backup with a passphrase or a key, in the format of ``age`` (age-encryption.org).

A backup is a tar of two members, so that any ``age`` program opens it too: ``key.age``, the key of
this one backup locked with the passphrase, and ``content.age``, the rest locked with that key. With
a key of one's own (``age1…``) there is only the second.
"""

from dataclasses import dataclass
from typing import IO

import pyrage
from pyrage import passphrase as with_passphrase
from pyrage import x25519

SHORTEST = 12  # letters; a passphrase is tried at the speed of the finder's machine


@dataclass(frozen=True, slots=True)
class Lock:
    """How a new backup is locked.

    Args:
        key: the passphrase-locked key, to be stored beside; None with a key of one's own.
        identity: a key made for this one backup, with which it is read back; with a key of one's
            own it is forgotten then.
        recipient: the owner of that key.
    """

    key: bytes | None
    identity: x25519.Identity
    recipient: x25519.Recipient | None = None

    def encrypt(self, source: IO[bytes], target: IO[bytes]) -> None:
        """Lock a stream."""
        known = [self.identity.to_public(), *([self.recipient] if self.recipient else [])]
        pyrage.encrypt_io(source, target, known)


class WrongKeyError(Exception):
    """The passphrase or key does not open this backup, or it was changed."""


def lock_with_passphrase(words: str) -> Lock:
    """Make a key for one backup and lock it with a passphrase."""
    identity = x25519.Identity.generate()
    return Lock(with_passphrase.encrypt(str(identity).encode(), words), identity)


def lock_for(recipient: str) -> Lock:
    """Lock for the owner of a key.

    Raises:
        WrongKeyError: it is not written like ``age1…``.
    """
    try:
        return Lock(None, x25519.Identity.generate(), x25519.Recipient.from_str(recipient))
    except pyrage.RecipientError as error:
        raise WrongKeyError from error


def open_with_passphrase(key: bytes, words: str) -> x25519.Identity:
    """Get the key of a backup by its passphrase.

    Raises:
        WrongKeyError: it is another one.
    """
    try:
        return x25519.Identity.from_str(with_passphrase.decrypt(key, words).decode())
    except (pyrage.DecryptError, pyrage.IdentityError, UnicodeDecodeError) as error:
        raise WrongKeyError from error


def own_key(written: str) -> x25519.Identity:
    """Read a key of one's own, a line ``AGE-SECRET-KEY-1…`` among comments.

    Raises:
        WrongKeyError: there is none.
    """
    lines = [each.strip() for each in written.splitlines()]
    found = [each for each in lines if each and not each.startswith("#")]
    try:
        return x25519.Identity.from_str(found[0])
    except (IndexError, pyrage.IdentityError) as error:
        raise WrongKeyError from error


def decrypt(source: IO[bytes], target: IO[bytes], identity: x25519.Identity) -> None:
    """Open a stream.

    Raises:
        WrongKeyError: it was locked for another key, or is damaged.
    """
    try:
        pyrage.decrypt_io(source, target, [identity])
    except pyrage.DecryptError as error:
        raise WrongKeyError from error
    except OSError as error:
        if error.errno is not None:  # the disk's; a changed byte has no number
            raise
        raise WrongKeyError from error
