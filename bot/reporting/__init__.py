"""From a year's stored updates to a report model; standard library only, nothing is drawn here."""
