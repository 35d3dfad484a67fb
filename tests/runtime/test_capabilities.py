"""What runners say they can do (execution.md, section 2.6)."""

from __future__ import annotations

from dataclasses import fields

from hypergraph.runtime.runners.base import RunnerCapabilities


def test_xe12_by_default_a_runner_supports_cycles_only() -> None:
    said = {
        field.name: getattr(RunnerCapabilities(), field.name)
        for field in fields(RunnerCapabilities)
    }
    assert said == {
        "supports_cycles": True,
        "supports_async_nodes": False,
        "supports_streaming": False,
        "returns_coroutine": False,
        "supports_interrupts": False,
    }


def test_xe12_every_field_can_be_overridden_and_changed() -> None:
    names = [field.name for field in fields(RunnerCapabilities)]
    for value in (True, False):
        capabilities = RunnerCapabilities(**dict.fromkeys(names, value))
        assert all(getattr(capabilities, name) is value for name in names)
    capabilities.supports_cycles = True
    assert capabilities.supports_cycles
