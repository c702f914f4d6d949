"""Changes of machines: what was before, and how it comes back."""
