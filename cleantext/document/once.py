"""A property worked out when first asked for, and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class once(Generic[T]):  # noqa: N801 - stands where `property` would
    """What `functools.cached_property` does, without the lock that it takes in Python 3.11.

    An article has some thirty views of a microsecond or two each, and the lock doubles that. Two threads may work
    a view out twice, with the same result.
    """

    def __init__(self, work: Callable[[Any], T]) -> None:
        """Decorate a method that takes nothing but the object."""
        self.work = work
        self.name = work.__name__
        self.__doc__ = work.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> once[T]: ...

    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> once[T] | T:
        """Work it out; from then on the object's own attribute is found first."""
        if instance is None:
            return self
        found = instance.__dict__[self.name] = self.work(instance)
        return found
