"""The tools of the image panel, one file each."""
