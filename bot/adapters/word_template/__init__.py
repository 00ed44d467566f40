"""An agency's own Word template: checked, rendered in a limited process, previewed."""
