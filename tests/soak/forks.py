"""Processes of their own for what a soak kills, forked from one that has everything imported."""

import multiprocessing

FORKS = multiprocessing.get_context("forkserver")
# one list for all: the process from which the others come is started once
FORKS.set_forkserver_preload(
    ["tests.soak.child", "tests.soak.reconcile_kills", "tests.soak.night_child"]
)
