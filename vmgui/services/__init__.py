"""What a user can do, one file or folder per feature; asyncio, no Qt."""
