"""A small page of text for the tests of commands."""

PAGE = """Quay live

Thursday 2 May 2024

10:30 British Summer Time

Third boat lost

Three boats have sunk in the harbour, the harbour master Ann Lee said.

09:10 British Summer Time

Boats lost

Two boats have sunk in the harbour.
"""
