"""What is the matter with the files on this computer, told in the window."""
