"""What a rule asks of a word by itself, answered once for each form of a word.

An article has two thousand words and some hundreds of forms; a thousand articles have hardly more.
A rule that looks for words of a class goes through a sentence at the price of a look-up a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = TypeVar("Answer")
REMEMBERED: Final = 50_000
"""Forms remembered: a text of made-up words must not fill the memory."""


class ByForm(dict[str, Answer], Generic[Answer]):
    """A function of a word that remembers its answers: ``ByForm(ask)[word] == ask(word)``.

    The function must depend on nothing but the word.
    """

    __slots__ = ("_ask",)

    def __init__(self, ask: Callable[[str], Answer]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, word: str) -> Answer:
        if len(self) >= REMEMBERED:
            self.clear()
        answer = self[word] = self._ask(word)
        return answer
