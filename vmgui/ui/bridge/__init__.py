"""From service notifications to batched Qt signals, on the GUI thread."""
