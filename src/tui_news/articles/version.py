"""Which reader of pages this is. Stored pages that an older one read are read again, offline (`services.rereading`)."""

EXTRACTOR = 5  # grows whenever the same page would give a better story
