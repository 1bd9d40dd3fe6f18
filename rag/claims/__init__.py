"""What sentences claim, read and compared: the parts of the check in rag.checking."""
