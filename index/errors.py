"""Every error Presstime raises for its user: one base, and a child for each thing that can be put right."""


class PresstimeError(Exception):
    """Base of every error that names a value seen and the next action."""


class SourceError(PresstimeError):
    """A source cannot be read: missing, empty, binary, too large, or in no known format."""


class UnavailableError(SourceError):
    """A server answered something else than its page: `status`, and how long it asks to be left alone, or None."""

    def __init__(self, message: str, status: int, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after_s = retry_after_s


class ZoneError(PresstimeError):
    """A time zone name that no zone database knows, or that means several zones."""


class TimeError(PresstimeError):
    """A time given by the user cannot be understood."""


class StoreError(PresstimeError):
    """The store cannot be opened, read or written."""


class EncoderMismatchError(StoreError):
    """The store was made with another encoder or another dimension."""


class ModelError(PresstimeError):
    """A model cannot be found or loaded."""


class ServerError(PresstimeError):
    """A model server named by the user does not answer, or answers nonsense."""


class QuestionError(PresstimeError):
    """A question, or a line of a question file, cannot be put."""


class BusyError(PresstimeError):
    """Too many questions are waiting to be answered."""
