"""The check before publication: what would cost an agency its score, found in the report while it can be mended."""
