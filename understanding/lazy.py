"""An attribute worked out when first asked for and then kept; without the lock that functools takes each time."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Owner = TypeVar("Owner")
Value = TypeVar("Value")


class lazy(Generic[Owner, Value]):  # noqa: N801  a decorator, written like property
    def __init__(self, work: Callable[[Owner], Value]) -> None:
        self.work = work
        self.name = work.__name__
        self.__doc__ = work.__doc__

    @overload
    def __get__(self, owner: None, kind: type[Owner]) -> "lazy[Owner, Value]": ...

    @overload
    def __get__(self, owner: Owner, kind: type[Owner]) -> Value: ...

    def __get__(self, owner: Any, kind: Any) -> Any:
        if owner is None:
            return self
        value = self.work(owner)
        # through __dict__ every attribute of the owner would be read more slowly from then on
        setattr(owner, self.name, value)
        return value
