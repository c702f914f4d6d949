"""What a selected machine or host is and does: overview pages."""
