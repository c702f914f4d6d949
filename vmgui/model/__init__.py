"""What things are: frozen dataclasses and enums, units in the names; errors."""
